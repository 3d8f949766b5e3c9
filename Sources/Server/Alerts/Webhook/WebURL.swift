import Foundation

/// An http or https address, taken apart; without a name and a password in it, and without a fragment.
struct WebURL: Equatable, Sendable {
    /// As it was given.
    let text: String
    let isSecure: Bool
    /// Without brackets.
    let host: String
    let port: Int
    /// Percent-encoded, at least "/".
    let path: String
    let query: String?

    /// - Returns: nil when the text is not such an address, or longer than 2,048 bytes.
    init?(_ text: String) {
        guard text.utf8.count <= 2_048, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(), scheme == "http" || scheme == "https",
            parts.user == nil, parts.password == nil, parts.fragment == nil, var host = parts.percentEncodedHost, !host.isEmpty
        else { return nil }
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        guard !host.isEmpty, host.utf8.count <= 253, host.utf8.allSatisfy(Self.isHostByte) else { return nil }
        isSecure = scheme == "https"
        port = parts.port ?? (isSecure ? 443 : 80)
        guard (1...65_535).contains(port) else { return nil }
        self.text = text
        self.host = host
        path = parts.percentEncodedPath.isEmpty ? "/" : parts.percentEncodedPath
        guard path.hasPrefix("/") else { return nil }
        query = parts.percentEncodedQuery
    }

    /// What stands in the Host field (RFC 9110, 7.2).
    var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
    }
    /// Scheme and host alone: paths of webhooks are often secret.
    var origin: String { "\(isSecure ? "https" : "http")://\(authority)" }
    var target: String { query.map { "\(path)?\($0)" } ?? path }
    var isLoopback: Bool { ["localhost", "127.0.0.1", "::1"].contains(host.lowercased()) }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
