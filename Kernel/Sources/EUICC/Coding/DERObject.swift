import Wire

/// A data object of a command, with its place in it.
struct DERObject: Equatable, Sendable {
    /// The most data objects read from one list.
    static let most = 64

    let tag: UInt32
    let value: ArraySlice<UInt8>
    /// Tag, length and value as they came: what a signature covers.
    let whole: ArraySlice<UInt8>

    /// All data objects in a part of a command.
    static func all(in bytes: ArraySlice<UInt8>) throws(CommandError) -> [DERObject] {
        var objects: [DERObject] = []
        var reader = ByteReader(Array(bytes))
        while true {
            let start = reader.offset
            let object: BERTLV?
            do throws(TLVError) { object = try reader.berTLV() } catch { throw .coding(error) }
            guard let object else { return objects }
            guard objects.count < most else { throw .tooManyObjects(offset: bytes.startIndex + start) }
            let base = bytes.startIndex
            objects.append(
                DERObject(
                    tag: object.tag, value: bytes[base + object.range.lowerBound..<base + object.range.upperBound],
                    whole: bytes[base + start..<base + object.range.upperBound]))
        }
    }

    /// The one data object that a command is.
    static func command(_ bytes: [UInt8]) throws(CommandError) -> DERObject {
        let objects = try all(in: bytes[...])
        guard let first = objects.first, objects.count == 1 else { throw .notOneObject(offset: objects.first?.whole.endIndex ?? 0) }
        return first
    }

    /// The data objects that this one is made of.
    func children() throws(CommandError) -> [DERObject] { try DERObject.all(in: value) }

    func refusal() -> CommandError { .value(tag: tag, offset: value.startIndex) }

    /// The value as an INTEGER of up to eight bytes.
    func integer() throws(CommandError) -> Int64 {
        guard let first = value.first, value.count <= 8 else { throw refusal() }
        var number: Int64 = first & 0x80 != 0 ? -1 : 0
        for byte in value { number = number << 8 | Int64(byte) }
        return number
    }

    /// The value as a BOOLEAN; DER has FF for true, but some tools send 01.
    func boolean() throws(CommandError) -> Bool {
        guard let first = value.first, value.count == 1 else { throw refusal() }
        return first != 0
    }

    /// The value as text in UTF-8 of at most so many bytes.
    func text(most: Int) throws(CommandError) -> [UInt8] {
        guard value.count <= most, UTF8Text.isValid(value) else { throw refusal() }
        return Array(value)
    }

    /// The first eight bits of a BIT STRING; those that are missing are 0.
    func bits() throws(CommandError) -> UInt8 {
        guard let unused = value.first, unused < 8, value.count > 1 || unused == 0 else { throw refusal() }
        guard let first = value.dropFirst().first else { return 0 }
        return value.count == 2 ? first & (0xFF << unused) : first
    }
}

extension [DERObject] {
    func first(_ tag: UInt32) -> DERObject? {
        for object in self where object.tag == tag { return object }
        return nil
    }

    func one(_ tag: UInt32, in parent: UInt32) throws(CommandError) -> DERObject {
        guard let object = first(tag) else { throw .missing(tag: tag, in: parent) }
        return object
    }
}
