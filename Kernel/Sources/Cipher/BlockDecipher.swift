/// A block cipher that can also be run backwards: what CBC decryption needs (NIST SP 800-38A, 6.2).
public protocol BlockDecipher: BlockCipher {
    /// The block that encrypts to this one under the key.
    func decrypt(_ block: Block) -> Block
}
