/// What is to become an entry of the ledger: who did or saw what, to what, and why.
public struct LedgerDraft: Equatable, Sendable {
    /// What kind of thing this is, as "device.moved": ``LedgerLimits/kind`` bytes of a-z, 0-9, "." and "-". "clock" is the ledger's own.
    public var kind: String
    /// Who: a person's name, a token's, or the part of Holdfast that saw it. Not empty, at most ``LedgerLimits/author`` bytes.
    public var author: String
    /// What it is about: a device, a product, a case. Not empty, at most ``LedgerLimits/subject`` bytes.
    public var subject: String
    /// Why; empty for what was observed and not done. At most ``LedgerLimits/reason`` bytes.
    public var reason: String
    /// The particulars. At most ``LedgerLimits/body`` bytes when written.
    public var body: [String: CanonicalValue]

    public init(kind: String, author: String, subject: String, reason: String = "", body: [String: CanonicalValue] = [:]) {
        self.kind = kind
        self.author = author
        self.subject = subject
        self.reason = reason
        self.body = body
    }

    /// The kind of the entries that the ledger writes by itself where the clock went back.
    public static let clock = "clock"

    /// The entry's line at this time: what is stored, hashed and exported.
    /// - Throws: ``LedgerError`` for what is beyond a limit.
    public func line(at time: LedgerTime) throws(LedgerError) -> [UInt8] {
        guard kind != Self.clock else { throw .reservedKind(kind) }
        return try unchecked(at: time)
    }

    func unchecked(at time: LedgerTime) throws(LedgerError) -> [UInt8] {
        guard !kind.isEmpty, kind.utf8.count <= LedgerLimits.kind, kind.utf8.allSatisfy(Self.isOfKind) else { throw .kind(kind) }
        try Self.check("author", author, 1...LedgerLimits.author)
        try Self.check("subject", subject, 1...LedgerLimits.subject)
        try Self.check("reason", reason, 0...LedgerLimits.reason)
        var line: [UInt8] = []
        line.reserveCapacity(256)
        line += #"{"at":""#.utf8
        time.append(to: &line)
        line += #"","author":"#.utf8
        CanonicalValue.append(author, to: &line)
        line += #","body":"#.utf8
        let start = line.count
        do { try CanonicalValue.object(body).append(to: &line, depth: 0) } catch { throw .body(error) }
        guard line.count - start <= LedgerLimits.body else {
            throw .length(field: "body", bytes: line.count - start, limit: LedgerLimits.body)
        }
        line += #","kind":"#.utf8
        CanonicalValue.append(kind, to: &line)
        line += #","reason":"#.utf8
        CanonicalValue.append(reason, to: &line)
        line += #","subject":"#.utf8
        CanonicalValue.append(subject, to: &line)
        line.append(UInt8(ascii: "}"))
        return line
    }

    private static func isOfKind(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    private static func check(_ field: String, _ text: String, _ range: ClosedRange<Int>) throws(LedgerError) {
        let count = text.utf8.count
        guard count >= range.lowerBound else { throw .missing(field: field) }
        guard count <= range.upperBound else { throw .length(field: field, bytes: count, limit: range.upperBound) }
    }
}

/// How much the ledger takes. Bytes are those of UTF-8.
public enum LedgerLimits {
    public static let kind = 64
    public static let author = 200
    public static let subject = 200
    public static let reason = 4_000
    /// Of the body as canonical JSON.
    public static let body = 65_536
    /// Of a whole line: each byte of a text may take six when escaped.
    public static let line = 256 + 6 * (author + subject + reason) + kind + body
    /// Entries that one call may stage.
    public static let batch = 100_000
}
