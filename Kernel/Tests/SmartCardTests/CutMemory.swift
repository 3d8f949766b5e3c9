import SmartCard

/// Memory that loses power inside its n-th write, after some bytes of it. ``RecordingMemory`` is for looking at every write afterwards.
struct CutMemory: NonVolatileMemory {
    var stored: [UInt8]
    /// How many writes it does before the power goes; below zero it is gone.
    var writesLeft = Int.max
    /// How much of the write in which the power goes is done. A replacement is done whole or not at all.
    var bytesOfLast = 0
    /// It was only for a moment: later writes are done again.
    var recovers = false

    var isDead: Bool { writesLeft < 0 }

    func contents() throws(NonVolatileMemoryError) -> [UInt8] { stored }

    mutating func append(_ record: [UInt8]) throws(NonVolatileMemoryError) {
        if writesLeft == 0 { stored.append(contentsOf: record.prefix(bytesOfLast)) }
        try write()
        stored.append(contentsOf: record)
    }

    mutating func replace(_ image: [UInt8]) throws(NonVolatileMemoryError) {
        try write()
        stored = image
    }

    private mutating func write() throws(NonVolatileMemoryError) {
        guard writesLeft > 0 else {
            writesLeft = recovers ? .max : -1
            throw .writeFailed
        }
        writesLeft -= 1
    }
}
