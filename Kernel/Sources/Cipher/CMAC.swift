/// AES-CMAC: a tag of up to sixteen bytes over a message of any length (RFC 4493; NIST SP 800-38B).
///
/// One key may serve for messages of different lengths. It must not also serve for CBC or CCM.
public struct CMAC<Cipher: BlockCipher>: Sendable {
    @usableFromInline let cipher: Cipher
    /// K1, for a message that ends with a whole block (RFC 4493, 2.3).
    @usableFromInline let whole: Block
    /// K2, for a message that ends with a part of a block, or is empty.
    @usableFromInline let padded: Block

    @inlinable
    public init(_ cipher: Cipher) {
        self.cipher = cipher
        whole = Self.doubled(cipher.encrypt(.zero))
        padded = Self.doubled(whole)
    }

    @inlinable
    public init(key: Block) {
        self.init(Cipher(key: key))
    }

    /// The whole tag. Who needs a shorter one takes its first bytes (NIST SP 800-38B, 6.2).
    @inlinable
    public func tag(_ message: [UInt8]) -> Block { tag(message.span) }

    /// The whole tag. Who needs a shorter one takes its first bytes (NIST SP 800-38B, 6.2).
    @inlinable
    public func tag(_ message: borrowing Span<UInt8>) -> Block {
        let count = message.count
        var chain = Block.zero
        var offset = 0
        while count - offset > Block.size {
            chain = cipher.encrypt(chain ^ Block(message, at: offset))
            offset += Block.size
        }
        var last = Block(message, at: offset)
        if count - offset == Block.size {
            last ^= whole
        } else {
            last[count - offset] = 0x80
            last ^= padded
        }
        return cipher.encrypt(chain ^ last)
    }

    /// Whether `tag` is the beginning of the message's tag.
    ///
    /// The time this takes does not tell how many bytes of a forged tag were right. A tag of no bytes, or of more than sixteen, is
    /// wrong.
    @inlinable
    public func verify(_ tag: [UInt8], over message: [UInt8]) -> Bool {
        guard tag.count >= 1 && tag.count <= Block.size else { return false }
        let expected = self.tag(message)
        var difference: UInt8 = 0
        for index in 0..<tag.count { difference |= tag[index] ^ expected[index] }
        return difference == 0
    }

    /// Times x in GF(2^128), most significant bit first.
    @inlinable
    static func doubled(_ block: Block) -> Block {
        // The mask instead of a branch: the key decides about it.
        let carry = 0 &- (block.high >> 63)
        return Block(high: block.high << 1 | block.low >> 63, low: block.low << 1 ^ carry & 0x87)
    }
}
