/// An entry of the ledger, read from its line.
public struct LedgerEntry: Equatable, Sendable {
    public let at: LedgerTime
    public let author: String
    public let body: CanonicalValue
    public let kind: String
    public let reason: String
    public let subject: String

    /// Reads a line.
    /// - Throws: ``CanonicalError`` where it differs in any byte from what the ledger writes.
    public init(line: [UInt8]) throws(CanonicalError) {
        let result: Result<LedgerEntry, CanonicalError> = line.withUnsafeBytes { buffer in
            do throws(CanonicalError) { return .success(try LedgerEntry(buffer)) } catch { return .failure(error) }
        }
        self = try result.get()
    }

    private init(_ line: UnsafeRawBufferPointer) throws(CanonicalError) {
        var reader = CanonicalReader(line)
        at = try EntryForm.time(&reader)
        try reader.expect(#","author":"#)
        author = try reader.string(building: true)
        try reader.expect(#","body":"#)
        body = try reader.value(building: true)
        try reader.expect(#","kind":"#)
        kind = try reader.string(building: true)
        try reader.expect(#","reason":"#)
        reason = try reader.string(building: true)
        try reader.expect(#","subject":"#)
        subject = try reader.string(building: true)
        try reader.expect("}")
        try reader.end()
        guard case .object = body else { throw .text(offset: 0, expected: "an object as the body") }
    }

    /// What a clock entry says: the time of its predecessor, and its own.
    var clockWentBack: (from: LedgerTime, to: LedgerTime)? {
        guard kind == LedgerDraft.clock, case .object(let members) = body, case .string(let before)? = members["before"],
            case .string(let now)? = members["now"], let from = LedgerTime(before), let to = LedgerTime(now)
        else { return nil }
        return (from, to)
    }
}

/// The form of a line, without anything being built from it: for millions of them.
enum EntryForm {
    static func time(_ reader: inout CanonicalReader) throws(CanonicalError) -> LedgerTime {
        try reader.expect(#"{"at":""#)
        let start = reader.offset
        guard let time = LedgerTime(reading: try reader.take(LedgerTime.length)) else {
            throw .text(offset: start, expected: "a time as 2026-11-23T03:44:07.000Z")
        }
        try reader.expect("\"")
        return time
    }

    /// The entry's time, where the line is canonical.
    static func check(_ line: UnsafeRawBufferPointer) throws(CanonicalError) -> LedgerTime {
        var reader = CanonicalReader(line)
        let at = try time(&reader)
        try reader.expect(#","author":"#)
        _ = try reader.string(building: false)
        try reader.expect(#","body":{"#)
        // The brace was looked at to be sure that the body is an object; it is read once more with it.
        reader.back(1)
        _ = try reader.value(building: false)
        try reader.expect(#","kind":"#)
        _ = try reader.string(building: false)
        try reader.expect(#","reason":"#)
        _ = try reader.string(building: false)
        try reader.expect(#","subject":"#)
        _ = try reader.string(building: false)
        try reader.expect("}")
        try reader.end()
        return at
    }
}
