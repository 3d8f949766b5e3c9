/// The mail server that takes alerts, who they come from and who gets them.
public struct SMTPSettings: Sendable {
    /// How the connection is protected.
    public enum Security: String, CaseIterable, Sendable {
        /// TLS begins after STARTTLS, and nothing is sent when the server does not offer it (RFC 3207).
        case startTLS = "starttls"
        /// TLS from the first byte (RFC 8314, 3.3).
        case tls
        /// For a relay on the same host or net, without a password.
        case unprotected = "none"
    }

    public static let recipientLimit = 50
    /// Bytes of a user name or a password.
    static let credentialLimit = 512

    let host: String
    let port: Int
    let security: Security
    let from: MailAddress
    let to: [MailAddress]
    let user: String?
    let password: AlertSecret?

    /// - Parameters:
    ///   - server: "mail.example:587", "[2001:db8::1]:25".
    ///   - security: nil for TLS on port 465 and STARTTLS on any other.
    ///   - password: goes over TLS only.
    public init(
        server: String, security: Security? = nil, from: String, to: [String], user: String? = nil, password: AlertSecret? = nil
    ) throws(AlertSettingError) {
        guard let (host, port) = Self.split(server) else {
            throw AlertSettingError("\(Quoted.text(server)) is not a mail server: give HOST:PORT, such as mail.example:587.")
        }
        (self.host, self.port) = (host, port)
        self.security = security ?? (port == 465 ? .tls : .startTLS)
        self.from = try MailAddress(from)
        guard !to.isEmpty else { throw AlertSettingError("Nobody would get the mail: name who does.") }
        guard to.count <= Self.recipientLimit else {
            throw AlertSettingError("That is too many recipients: name at most \(Self.recipientLimit), or a list's address.")
        }
        var recipients: [MailAddress] = []
        for text in to { recipients.append(try MailAddress(text)) }
        self.to = recipients
        guard (user == nil) == (password == nil) else {
            throw AlertSettingError(
                user == nil
                    ? "There is a password for the mail server and no user."
                    : "There is a user for the mail server and no password.")
        }
        guard user == nil || self.security != .unprotected else {
            throw AlertSettingError("A password is not sent without TLS: choose starttls or tls.")
        }
        for bytes in [user.map { Array($0.utf8) }, password?.bytes].compactMap({ $0 }) {
            guard (1...Self.credentialLimit).contains(bytes.count), !bytes.contains(0) else {
                throw AlertSettingError(
                    "The mail server's user and password have 1 to \(Self.credentialLimit) bytes, none of them zero.")
            }
        }
        self.user = user
        self.password = password
    }

    /// "mail.example:587", for people.
    var name: String { "\(host.contains(":") ? "[\(host)]" : host):\(port)" }

    private static func split(_ text: String) -> (String, Int)? {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]), (1...65_535).contains(port)
        else {
            return nil
        }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty, host.utf8.count <= 253, host.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "/") })
        else { return nil }
        return (host, port)
    }
}

/// A mailbox, as it stands in MAIL and RCPT: "ada@example.org".
struct MailAddress: Equatable, Sendable {
    let text: String

    /// Plain addresses only (RFC 5321, 4.1.2: Dot-string "@" Domain): no names, quotes, routes or characters beyond ASCII. Whatever could
    /// end a line or an angle bracket is refused with them.
    init(_ text: String) throws(AlertSettingError) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254, (1...64).contains(parts[0].utf8.count),
            Self.isDotted(parts[0], Self.isAtom),
            Self.isDotted(parts[1], Self.isLabel), !parts[1].hasPrefix("-"), !parts[1].hasSuffix("-")
        else {
            throw AlertSettingError(
                "\(Quoted.text(text)) is not a mail address that can be used: give one such as ada@example.org.")
        }
        self.text = text
    }

    var domain: Substring { text.drop { $0 != "@" }.dropFirst() }

    private static func isDotted(_ text: Substring, _ isPart: (UInt8) -> Bool) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(isPart) }
    }
    private static func isLabel(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "-"):
            true
        default: false
        }
    }
    private static func isAtom(_ byte: UInt8) -> Bool { isLabel(byte) || "!#$%&'*+/=?^_`{|}~".utf8.contains(byte) }
}
