/// Up to 256 neighbouring lines, those of one tile, in one piece of memory.
struct LineBlock: Sendable {
    /// The index of the first.
    let start: UInt64
    private(set) var bytes: [UInt8] = []
    /// Where each line ends; -1 after the end of the one before where the line is missing.
    private(set) var ends: [Int] = []
    private var missing: [Bool] = []

    init(start: UInt64) {
        self.start = start
        ends.reserveCapacity(Tile.width)
        missing.reserveCapacity(Tile.width)
    }

    var count: Int { ends.count }
    var isFull: Bool { ends.count == Tile.width }

    mutating func append(_ line: UnsafeRawBufferPointer) {
        // A line that is too long is wrong however it goes on.
        bytes.append(contentsOf: line.prefix(LedgerLimits.line + 1))
        ends.append(bytes.count)
        missing.append(false)
    }

    mutating func appendMissing() {
        ends.append(bytes.count)
        missing.append(true)
    }

    /// What one thread finds out about a block.
    struct Result: Sendable {
        /// nil where the line is missing.
        var leaves: [TreeHash?] = []
        /// The root of a block of 256 without a gap.
        var root: TreeHash?
        /// Lines that are not canonical, by place.
        var malformed: [(place: Int, error: CanonicalError)] = []
        /// Lines that are earlier than the one before without a reason, by place.
        var disordered: [(place: Int, before: LedgerTime, at: LedgerTime)] = []
        /// The first line's time and the line, if it is a clock entry, and the last known time.
        var first: (at: LedgerTime, back: (from: LedgerTime, to: LedgerTime)?)?
        var last: LedgerTime?
    }

    func examine() -> Result {
        var result = Result()
        result.leaves.reserveCapacity(count)
        bytes.withUnsafeBytes { buffer in
            var start = 0
            for place in 0..<count {
                let line = UnsafeRawBufferPointer(rebasing: buffer[start..<ends[place]])
                start = ends[place]
                guard !missing[place] else {
                    result.leaves.append(nil)
                    continue
                }
                result.leaves.append(.leaf(line))
                do throws(CanonicalError) {
                    guard line.count <= LedgerLimits.line else {
                        throw .text(offset: LedgerLimits.line, expected: "at most \(LedgerLimits.line) bytes")
                    }
                    let at = try EntryForm.check(line)
                    if result.last == nil {
                        result.first = (at, back(line))
                    } else if let last = result.last, at < last {
                        let back = back(line)
                        if back?.from != last || back?.to != at { result.disordered.append((place, last, at)) }
                    }
                    result.last = at
                } catch {
                    result.malformed.append((place, error))
                }
            }
        }
        if isFull {
            let whole = result.leaves.compactMap { $0 }
            if whole.count == Tile.width { result.root = Tile.root(whole[...]) }
        }
        return result
    }

    private func back(_ line: UnsafeRawBufferPointer) -> (from: LedgerTime, to: LedgerTime)? {
        (try? LedgerEntry(line: Array(line)))?.clockWentBack
    }
}
