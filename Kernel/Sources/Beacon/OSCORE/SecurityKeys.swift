import Cipher
import Wire

/// The secret part of a security context: what a card is personalised with.
public struct SecurityKeys: Equatable, Sendable {
    /// The Common IV, 13 bytes.
    public let commonIV: CCMNonce
    /// The key of what this endpoint sends.
    public let sender: Block
    /// The key of what this endpoint receives.
    public let recipient: Block

    /// How many bytes `bytes` has.
    public static var size: Int { CCMNonce.size + 2 * Block.size }

    public init(commonIV: CCMNonce, sender: Block, recipient: Block) {
        self.commonIV = commonIV
        self.sender = sender
        self.recipient = recipient
    }

    /// Reads what `bytes` gave; nil when there are more or fewer than 45.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == SecurityKeys.size, let commonIV = CCMNonce(exactly: [UInt8](bytes.prefix(CCMNonce.size))) else {
            return nil
        }
        self.init(
            commonIV: commonIV, sender: Block(bytes, at: CCMNonce.size), recipient: Block(bytes, at: CCMNonce.size + Block.size))
    }

    /// The Common IV, the sender's key and the recipient's key.
    public var bytes: [UInt8] { commonIV.bytes + sender.bytes + recipient.bytes }

    /// The same keys as the other endpoint has them.
    public var mirrored: SecurityKeys { SecurityKeys(commonIV: commonIV, sender: recipient, recipient: sender) }

    /// Derives the keys of the endpoint `sender` that talks to `recipient` (RFC 8613, 3.2.1) for AES-CCM-16-64-128 and HKDF-SHA-256.
    ///
    /// - Returns: nil when the key derivation gave fewer bytes than it was asked for.
    public static func derive(
        masterSecret: [UInt8], masterSalt: [UInt8], idContext: [UInt8]? = nil, sender: EndpointIdentifier,
        recipient: EndpointIdentifier,
        using derivation: some KeyDerivation
    ) -> SecurityKeys? {
        func bytes(_ id: EndpointIdentifier?, _ type: [UInt8], _ length: Int) -> [UInt8] {
            let info = info(id: id, idContext: idContext, type: type, length: length)
            return derivation.hkdfSHA256(secret: masterSecret, salt: masterSalt, info: info, length: length)
        }
        let key: [UInt8] = [0x4B, 0x65, 0x79]
        guard let senderKey = Block(exactly: bytes(sender, key, Block.size)),
            let recipientKey = Block(exactly: bytes(recipient, key, Block.size)),
            let commonIV = CCMNonce(exactly: bytes(nil, [0x49, 0x56], CCMNonce.size))
        else { return nil }
        return SecurityKeys(commonIV: commonIV, sender: senderKey, recipient: recipientKey)
    }

    /// The `info` of the derivation: [id, id_context, alg_aead, type, L] in CBOR, where the Common IV's id is empty.
    static func info(id: EndpointIdentifier?, idContext: [UInt8]?, type: [UInt8], length: Int) -> [UInt8] {
        var writer = CBORWriter(capacity: 32)
        writer.array(5)
        writer.bytes(id?.bytes ?? [])
        if let idContext { writer.bytes(idContext) } else { writer.null() }
        writer.uint(OSCOREExchange.algorithm)
        writer.text(utf8: type)
        writer.uint(UInt64(max(0, length)))
        return writer.bytes
    }
}
