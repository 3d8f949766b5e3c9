/// The card's non-volatile memory, supplied by whoever hosts the card: a file, a flash area, a database row, or RAM in a test.
///
/// It holds one image followed by a journal: records appended since, each of them the whole effect of one step of a command. The
/// card appends before it answers and appends only whole records, so the memory needs just two promises:
/// - what ``append(_:)`` was given is durable when it returns; a power cut inside it may leave any number of the record's first
///   bytes, or those bytes followed by zeros;
/// - ``replace(_:)`` is atomic: after a power cut inside it, ``contents()`` is either all of the old or all of the new bytes (on a
///   file system: write another file, flush it, rename it; on flash: the other of two areas).
///
/// A card that is given back the contents after a cut at any byte stands where the last completed step left it.
public protocol NonVolatileMemory: Sendable {
    /// Everything stored: the image last put by ``replace(_:)`` and the records appended since, in order.
    func contents() throws(NonVolatileMemoryError) -> [UInt8]

    /// Adds one record to the end. Returns once it is durable.
    mutating func append(_ record: [UInt8]) throws(NonVolatileMemoryError)

    /// Replaces everything stored by this image, atomically. Returns once it is durable.
    mutating func replace(_ image: [UInt8]) throws(NonVolatileMemoryError)
}

/// Why the memory could not do what the card asked. The card answers 6581 and keeps its former state.
public enum NonVolatileMemoryError: Error, Equatable, Sendable {
    case unreadable
    case writeFailed
    case full
}

/// Non-volatile memory in RAM, for labs and tests: it outlives a card's reset, not the process.
public struct InProcessMemory: NonVolatileMemory {
    private var stored: [UInt8]
    /// How many records were appended since the memory was made.
    public private(set) var appends: UInt64 = 0
    /// How many times the whole image was replaced.
    public private(set) var replacements: UInt64 = 0

    /// A memory that holds these bytes: an encoded ``CardImage``, with records after it or not.
    public init(_ contents: [UInt8]) {
        stored = contents
    }

    public func contents() throws(NonVolatileMemoryError) -> [UInt8] { stored }

    public mutating func append(_ record: [UInt8]) throws(NonVolatileMemoryError) {
        stored.append(contentsOf: record)
        appends += 1
    }

    public mutating func replace(_ image: [UInt8]) throws(NonVolatileMemoryError) {
        stored.removeAll(keepingCapacity: true)
        stored.append(contentsOf: image)
        replacements += 1
    }
}
