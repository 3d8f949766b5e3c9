import Crypto
import Foundation

/// The public key of a ledger, in the text form of C2SP signed-note: `name+hash+base64`, where hash is the key's id in hexadecimal and
/// base64 holds the byte 0x01 (Ed25519) and the 32 bytes of the key.
public struct VerifierKey: Sendable {
    /// Whose key it is; also the origin that its heads state.
    public let name: String
    let key: Curve25519.Signing.PublicKey

    /// Bytes of a name.
    public static let longestName = 200

    init(name: String, key: Curve25519.Signing.PublicKey) throws(HeadError) {
        guard !name.isEmpty, name.utf8.count <= Self.longestName,
            name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "+") })
        else { throw .name(name) }
        self.name = name
        self.key = key
    }

    /// Reads a key's text.
    /// - Throws: ``HeadError/key(_:)`` or ``HeadError/name(_:)``.
    public init(_ text: String) throws(HeadError) {
        // Base64 may hold "+" too, so only the first two divide.
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw .key("expected name+hash+base64") }
        guard let bytes = StrictBase64.bytes(String(parts[2])), bytes.count == 33 else {
            throw .key("expected 33 bytes in base64 after the second \"+\"")
        }
        guard bytes[0] == Self.algorithm else { throw .key("signature type \(bytes[0]), expected 1 (Ed25519)") }
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes.dropFirst()) else {
            throw .key("the 32 bytes are not an Ed25519 key")
        }
        try self.init(name: String(parts[0]), key: key)
        guard Hexadecimal.text(id) == parts[1] else {
            throw .key("the key's id is \(Hexadecimal.text(id)), and the text says \(parts[1])")
        }
    }

    static let algorithm: UInt8 = 1

    /// SHA-256(name || 0x0A || 0x01 || key), the first four bytes.
    var id: [UInt8] {
        let bytes = Array(name.utf8) + [0x0A, Self.algorithm] + key.rawRepresentation
        return Array(bytes.withUnsafeBytes { TreeHash.plain($0) }.bytes.prefix(4))
    }

    /// `name+hash`: what a DSSE envelope calls the key.
    var label: String { "\(name)+\(Hexadecimal.text(id))" }

    /// The key's text, without a line's end.
    public var text: String { "\(label)+\(StrictBase64.text([Self.algorithm] + key.rawRepresentation))" }

    func isValid(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        signature.count == 64 && key.isValidSignature(Data(signature), for: Data(message))
    }
}

/// Base64 (RFC 4648, 4) that has one spelling only: with its padding, without unused bits, without line ends.
enum StrictBase64 {
    static func text(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

    static func bytes(_ text: String) -> [UInt8]? {
        guard let data = Data(base64Encoded: text), data.base64EncodedString() == text else { return nil }
        return Array(data)
    }
}

/// Why a key or a signed head cannot be used.
public enum HeadError: Error, Equatable, Sendable {
    /// A name is 1 to 200 characters of ASCII without spaces and "+".
    case name(String)
    /// The text is no verifier key: what is wrong with it.
    case key(String)
    /// The 32 bytes of a private key were expected.
    case privateKey
    /// The note is not a signed head: what was expected.
    case malformed(String)
    /// The head is another ledger's.
    case origin(found: String, expected: String)
    /// The head is signed with another key.
    case otherKey(found: String, expected: String)
    /// The signature does not fit.
    case signature
}

extension HeadError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .name(let name): "\"\(name)\" is no name for a key: expected 1 to 200 characters of ASCII without spaces and \"+\""
        case .key(let detail): "no verifier key: \(detail)"
        case .privateKey: "no private key: expected 32 bytes"
        case .malformed(let detail): "no signed head: \(detail)"
        case .origin(let found, let expected): "the head is of \"\(found)\", expected \"\(expected)\""
        case .otherKey(let found, let expected): "signed with \(found), expected \(expected)"
        case .signature: "the signature does not fit what is signed"
        }
    }
}
