/// A reply of a mail server (RFC 5321, 4.2).
struct SMTPReply: Equatable, Sendable {
    var code: Int
    /// The text of each line, without the code.
    var lines: [String]

    /// On one line, as it may stand in a log.
    var text: String { Quoted.text("\(code) \(lines.joined(separator: " "))") }

    /// The service's keywords in an answer to EHLO, in capitals, with their parameters (4.1.1.1).
    var keywords: [String: [String]] {
        var keywords: [String: [String]] = [:]
        for line in lines.dropFirst() {
            let words = line.uppercased().split(separator: " ").map(String.init)
            if let first = words.first { keywords[first, default: []] += words.dropFirst() }
        }
        return keywords
    }
}

/// Puts replies together from what arrives.
struct SMTPReplyReader: Sendable {
    /// Bytes of a line; 512 by RFC 5321, 4.5.3.1.5, and some servers say more.
    static let lineLimit = 2_048
    static let lineCount = 128

    private var line: [UInt8] = []
    private var code: Int?
    private var lines: [String] = []

    /// Whether a reply has begun and not ended.
    var isInside: Bool { !line.isEmpty || code != nil }

    /// Takes what arrived. A client that never pipelines is owed one reply at a time, so anything behind a complete one is refused:
    /// before TLS somebody else could have put it there.
    ///
    /// - Returns: a reply when it is complete.
    mutating func take(_ bytes: [UInt8]) throws(AlertFailure) -> SMTPReply? {
        for (index, byte) in bytes.enumerated() {
            guard byte == UInt8(ascii: "\n") else {
                guard line.count < Self.lineLimit else { throw AlertFailure("the mail server's reply has a line that is too long") }
                line.append(byte)
                continue
            }
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            let isLast = try takeLine()
            line = []
            guard isLast, let code else { continue }
            guard index == bytes.count - 1 else { throw AlertFailure("the mail server says more than it was asked") }
            defer { (self.code, lines) = (nil, []) }
            return SMTPReply(code: code, lines: lines)
        }
        return nil
    }

    /// "250-SIZE 1000" or "250 OK"; a bare "250" ends a reply as well.
    private mutating func takeLine() throws(AlertFailure) -> Bool {
        let digits = line.prefix(3)
        guard digits.count == 3, digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            throw AlertFailure("what answers is not a mail server: \(Quoted.bytes(line, limit: 60))")
        }
        let value = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        guard (200...599).contains(value), value == code ?? value else {
            throw AlertFailure("the mail server's reply has no meaning: \(Quoted.bytes(line, limit: 60))")
        }
        let mark = line.count > 3 ? line[3] : UInt8(ascii: " ")
        guard mark == UInt8(ascii: " ") || mark == UInt8(ascii: "-") else {
            throw AlertFailure("the mail server's reply has no meaning: \(Quoted.bytes(line, limit: 60))")
        }
        guard lines.count < Self.lineCount else { throw AlertFailure("the mail server's reply has too many lines") }
        code = value
        lines.append(Quoted.bytes(line.dropFirst(4), limit: Self.lineLimit))
        return mark == UInt8(ascii: " ")
    }
}
