import Crypto
import Foundation

/// A bearer secret: 32 random bytes as 43 characters of base64url (RFC 4648, 5) after a prefix. Only its SHA-256 is ever stored.
struct Secret {
    let text: String

    /// How many characters follow the prefix.
    static let length = 43

    static func random(prefix: String) -> Secret {
        let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
        let base64 = bytes.base64EncodedString().replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
        return Secret(text: prefix + base64.prefix(length))
    }

    /// A secret as somebody presents it; nil when it cannot be one, so that nothing long is ever hashed or looked up.
    init?(presented text: String, prefix: String) {
        guard text.hasPrefix(prefix), text.utf8.count == prefix.utf8.count + Self.length else { return nil }
        self.text = text
    }

    private init(text: String) { self.text = text }

    // The secret has 256 random bits: a slow hash would protect nothing more, and finding a row by digest leaks only the digest.
    var digest: [UInt8] { Array(SHA256.hash(data: Data(text.utf8))) }
}
