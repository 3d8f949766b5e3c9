/// The image in RAM with its journal in non-volatile memory.
///
/// A command stages what it changes and commits it: the change is durable before it is visible, and it is all there or not at all.
struct ImageStore<Memory: NonVolatileMemory>: Sendable {
    /// The image as last committed.
    private(set) var bytes: [UInt8]
    private(set) var memory: Memory
    let layout: ImageLayout
    private var generation: UInt32
    private var journalSize: Int
    private var journalCount: UInt32
    /// What follows the journal in memory is not a whole record: only a fresh image may be written.
    private var mustReplace: Bool
    private var record = JournalRecord()
    private var overflowed = false
    /// The image before several commands that are one step; nil outside of them.
    private var before: [UInt8]?
    /// How much of the record is in `bytes` already.
    private var joined = 0
    /// How large the record may grow.
    private var room = JournalRecord.largestSize

    init(memory: Memory) throws(CardImageError) {
        let image: CardImage
        do {
            image = try CardImage(try ImageStore.read(memory))
        }
        self.memory = memory
        bytes = image.bytes
        layout = image.layout
        generation = image.generation
        journalSize = image.journalSize
        journalCount = image.journalCount
        mustReplace = image.endsInCutRecord
    }

    private static func read(_ memory: Memory) throws(CardImageError) -> [UInt8] {
        do {
            return try memory.contents()
        } catch {
            throw .memory(error)
        }
    }

    /// Stages new bytes for a place. Bytes that are already there are not written again. Patches between two commits must not
    /// overlap.
    mutating func stage(_ new: borrowing Span<UInt8>, at offset: Int) {
        guard offset >= 0, offset <= bytes.count - new.count else {
            overflowed = true
            return
        }
        var first = 0
        while first < new.count, bytes[offset + first] == new[first] { first += 1 }
        guard first < new.count else { return }
        var last = new.count - 1
        while bytes[offset + last] == new[last] { last -= 1 }
        if !record.patch(new.extracting(first...last), at: offset + first, room: room) { overflowed = true }
    }

    /// Stages a big-endian number of `size` (1 to 8) bytes.
    mutating func stage(_ number: UInt64, size: Int, at offset: Int) {
        let bytes: InlineArray<8, UInt8> = .init { index in
            UInt8(truncatingIfNeeded: number >> UInt64(8 * max(size - 1 - index, 0)))
        }
        stage(bytes.span.extracting(first: size), at: offset)
    }

    /// Stages one byte repeated.
    mutating func stage(repeating byte: UInt8, count: Int, at offset: Int) {
        stage([UInt8](repeating: byte, count: count).span, at: offset)
    }

    /// Makes what was staged durable, then visible. On an error nothing has changed.
    ///
    /// Between ``begin(reserving:)`` and ``conclude()`` it is visible at once, and durable with everything else.
    mutating func commit() throws(NonVolatileMemoryError) {
        if before != nil { return try join() }
        defer {
            record.removeAll()
            overflowed = false
        }
        guard !overflowed else { throw .full }
        guard !record.isEmpty else { return }
        if mustReplace || journalSize + record.bytes.count > journalLimit {
            var next = CardImage.bare(bytes, generation: generation &+ 1, layout: layout)
            record.apply(to: &next.bytes, sealed: false)
            mustReplace = true
            try memory.replace(next.encoded)
            mustReplace = false
            bytes = next.bytes
            generation = next.generation
            journalSize = 0
            journalCount = 0
        } else {
            record.seal(generation: generation, index: journalCount)
            mustReplace = true
            try memory.append(record.bytes)
            mustReplace = false
            record.apply(to: &bytes, sealed: true)
            journalSize += record.bytes.count
            journalCount &+= 1
        }
    }

    // MARK: Several commands as one step

    /// From here on what is committed is one step: durable as a whole, in one record of the journal, or not at all.
    ///
    /// - Parameter reserve: bytes of that record that only ``useReserve()`` gives free.
    mutating func begin(reserving reserve: Int) {
        before = bytes
        joined = record.bytes.count
        room = JournalRecord.largestSize - reserve
    }

    mutating func useReserve() { room = JournalRecord.largestSize }

    /// Makes the step durable. On an error nothing of it has happened.
    mutating func conclude() throws(NonVolatileMemoryError) {
        let former = before
        before = nil
        room = JournalRecord.largestSize
        do throws(NonVolatileMemoryError) {
            try commit()
        } catch {
            if let former { bytes = former }
            throw error
        }
    }

    private mutating func join() throws(NonVolatileMemoryError) {
        defer { overflowed = false }
        guard !overflowed else {
            record.remove(from: joined)
            throw .full
        }
        record.apply(to: &bytes, from: joined)
        joined = record.bytes.count
    }

    /// The journal may grow to the image's own size before the image is rewritten, so that rewriting costs at most one byte more
    /// for each byte of journal.
    private var journalLimit: Int { max(bytes.count, 4_096) }

    /// The image as it stands.
    var image: CardImage { CardImage.bare(bytes, generation: generation, layout: layout) }
}

extension CardImage {
    static func bare(_ bytes: [UInt8], generation: UInt32, layout: ImageLayout) -> CardImage {
        CardImage(bytes: bytes, generation: generation, layout: layout)
    }

    private init(bytes: [UInt8], generation: UInt32, layout: ImageLayout) {
        self.bytes = bytes
        self.generation = generation
        self.layout = layout
    }
}
