import Beacon
import Cipher
import Resilience

/// New parameters for one card's switching policy, as the estate signs them and the card takes them.
///
/// Format 1, 114 bytes: format (1), card number (5, big-endian), ``Resilience/Parameters/encoded``, and AES-CMAC over all that
/// (RFC 4493; 16 bytes). The document's version is that of the parameters; a card takes only what is above all it ever followed, so
/// a document serves once.
///
/// The signature is symmetric: who can check it can make it. The key is one card's own and serves for nothing else, so a card
/// that is opened betrays itself alone, and a responder, which holds the card's OSCORE keys, can carry documents and not make
/// them. A card has no curves of its own to check a public key's signature with; this is the trust on which management over
/// the air rests as well (ETSI TS 102 225).
public struct PolicyDocument: Equatable, Sendable {
    /// The card that it is for.
    public var card: CardNumber
    public var parameters: Parameters

    /// How many bytes a document has.
    public static let size = headerSize + Parameters.encodedSize + Block.size

    private static let format: UInt8 = 1
    private static let headerSize = 6
    /// Where the parameters have their version.
    private static let versionOffset = headerSize + 8

    public var version: UInt32 { parameters.version }

    public init(card: CardNumber, parameters: Parameters) {
        self.card = card
        self.parameters = parameters
    }

    /// The document with its signature.
    public func signed<Cipher: BlockCipher>(with key: Block, using cipher: Cipher.Type) -> [UInt8] {
        var bytes = [PolicyDocument.format]
        bytes.append(card.value, size: 5)
        bytes.append(contentsOf: parameters.encoded)
        return bytes + CMAC<Cipher>(key: key).tag(bytes).bytes
    }

    /// Reads a document. What it says is looked at only once its signature is right.
    public init<Cipher: BlockCipher>(
        _ bytes: [UInt8], key: Block, using cipher: Cipher.Type
    ) throws(PolicyDocumentError) {
        guard bytes.count == PolicyDocument.size else { throw .wrongLength(expected: PolicyDocument.size, came: bytes.count) }
        let body = Array(bytes.prefix(PolicyDocument.size - Block.size))
        guard CMAC<Cipher>(key: key).verify(Array(bytes.suffix(Block.size)), over: body) else { throw .notAuthentic }
        guard bytes[0] == PolicyDocument.format else { throw .unknownFormat(expected: PolicyDocument.format, came: bytes[0]) }
        guard let card = CardNumber(bytes.number(at: 1, size: 5)),
            let parameters = Parameters(Array(body.dropFirst(PolicyDocument.headerSize)))
        else { throw .parameters }
        self.init(card: card, parameters: parameters)
    }

    /// The version that a document claims, whether it is authentic or not; zero when it is no document.
    static func claimedVersion(_ bytes: [UInt8]) -> UInt32 {
        guard bytes.count == PolicyDocument.size else { return 0 }
        return UInt32(truncatingIfNeeded: bytes.number(at: PolicyDocument.versionOffset, size: 4))
    }
}

/// Why bytes are no policy document.
public enum PolicyDocumentError: Error, Equatable, Sendable {
    case wrongLength(expected: Int, came: Int)
    /// Not signed with this key, or changed since.
    case notAuthentic
    case unknownFormat(expected: UInt8, came: UInt8)
    /// The parameters are none, or break a rule of their own (``Resilience/Parameters/problem``).
    case parameters
}
