import SmartCard

/// Memory that notes every write, so that a test can cut the power inside any of them, and that can fail to write.
struct RecordingMemory: NonVolatileMemory {
    struct Write {
        var before: [UInt8]
        var after: [UInt8]
        var isReplacement: Bool
    }

    private(set) var stored: [UInt8]
    private(set) var writes: [Write] = []
    /// The write, counted from 0, at which it fails, and from which on.
    private let failing: Int?

    init(_ stored: [UInt8], failing: Int? = nil) {
        self.stored = stored
        self.failing = failing
    }

    func contents() throws(NonVolatileMemoryError) -> [UInt8] { stored }

    mutating func append(_ record: [UInt8]) throws(NonVolatileMemoryError) { try write(stored + record, isReplacement: false) }

    mutating func replace(_ image: [UInt8]) throws(NonVolatileMemoryError) { try write(image, isReplacement: true) }

    private mutating func write(_ contents: [UInt8], isReplacement: Bool) throws(NonVolatileMemoryError) {
        if let failing, writes.count >= failing { throw .writeFailed }
        writes.append(Write(before: stored, after: contents, isReplacement: isReplacement))
        stored = contents
    }
}

extension RecordingMemory.Write {
    /// What a power cut inside the write may leave (``NonVolatileMemory``): any number of its first bytes, with zeros after them or
    /// not; of a replacement, all or nothing.
    var remains: [(contents: [UInt8], isWhole: Bool)] {
        if isReplacement { return [(before, false), (after, true)] }
        return (before.count...after.count).flatMap { count -> [(contents: [UInt8], isWhole: Bool)] in
            let part = Array(after.prefix(count))
            if count == after.count { return [(part, true)] }
            let zeros = part + [UInt8](repeating: 0, count: after.count - count)
            // A record that ends in zeros is whole with zeros in their place.
            return [(part, false), (zeros, zeros == after)]
        }
    }
}
