/// A keyed 128-bit block cipher with a 128-bit key, run forwards: AES-128 (FIPS 197).
///
/// Most modes that a card needs (CCM, CMAC, MILENAGE) never decrypt a block; those that do ask for a `BlockDecipher`. A host
/// supplies its vetted, constant-time implementation behind this protocol; `TableAES` is the portable one.
public protocol BlockCipher: Sendable {
    /// Expands the key.
    init(key: Block)

    /// The block encrypted under the key.
    func encrypt(_ block: Block) -> Block
}
