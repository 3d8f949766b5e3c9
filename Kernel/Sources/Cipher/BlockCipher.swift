/// A keyed 128-bit block cipher with a 128-bit key, run forwards: AES-128 (FIPS 197).
///
/// The modes that a card needs (CCM, MILENAGE) never decrypt a block, so there is no inverse. A host supplies its vetted, constant-time
/// implementation behind this protocol; `TableAES` is the portable one.
public protocol BlockCipher: Sendable {
    /// Expands the key.
    init(key: Block)

    /// The block encrypted under the key.
    func encrypt(_ block: Block) -> Block
}
