import Cipher

extension SecurityKeys {
    /// The key under which an estate signs policy documents for a card: derived from the card's master secret as OSCORE's keys are (RFC
    /// 8613, 3.2.1), with the type "Policy", and with the master salt as it is, no responder's index behind it. Whoever holds a
    /// responder's keys alone can't derive it.
    ///
    /// - Returns: nil when the key derivation gave fewer bytes than it was asked for.
    public static func policyKey(
        of card: CardNumber, masterSecret: [UInt8], masterSalt: [UInt8], using derivation: some KeyDerivation
    ) -> Block? {
        // "Policy"
        let type: [UInt8] = [0x50, 0x6F, 0x6C, 0x69, 0x63, 0x79]
        let info = info(id: card.identifier, idContext: nil, type: type, length: Block.size)
        return Block(exactly: derivation.hkdfSHA256(secret: masterSecret, salt: masterSalt, info: info, length: Block.size))
    }
}
