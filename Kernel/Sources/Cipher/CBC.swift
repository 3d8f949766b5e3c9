/// Why bytes were neither encrypted nor decrypted.
public enum CBCError: Error, Equatable, Sendable {
    /// Their number is no multiple of sixteen.
    case partialBlock(length: Int)
}

/// Cipher block chaining without padding (NIST SP 800-38A, 6.2).
///
/// It hides a message and does not protect it: whoever can change the ciphertext can change the plaintext. Use it with a checksum.
public struct CBC<Cipher: BlockCipher>: Sendable {
    @usableFromInline let cipher: Cipher

    @inlinable
    public init(_ cipher: Cipher) {
        self.cipher = cipher
    }

    @inlinable
    public init(key: Block) {
        self.init(Cipher(key: key))
    }

    /// The ciphertext of `plaintext`, which is made of whole blocks; no bytes are no blocks.
    ///
    /// - Parameter vector: the initialisation vector.
    /// - Throws: `partialBlock` when the number of bytes is no multiple of sixteen.
    @inlinable
    public func encrypt(_ plaintext: [UInt8], vector: Block) throws(CBCError) -> [UInt8] {
        guard plaintext.count % Block.size == 0 else { throw .partialBlock(length: plaintext.count) }
        var output: [UInt8] = []
        output.reserveCapacity(plaintext.count)
        var chain = vector
        var offset = 0
        while offset < plaintext.count {
            chain = cipher.encrypt(chain ^ Block(plaintext, at: offset))
            for index in 0..<Block.size { output.append(chain[index]) }
            offset += Block.size
        }
        return output
    }
}

extension CBC where Cipher: BlockDecipher {
    /// The plaintext of `ciphertext`, which is made of whole blocks; no bytes are no blocks.
    ///
    /// - Parameter vector: the initialisation vector that was used to encrypt.
    /// - Throws: `partialBlock` when the number of bytes is no multiple of sixteen.
    @inlinable
    public func decrypt(_ ciphertext: [UInt8], vector: Block) throws(CBCError) -> [UInt8] {
        guard ciphertext.count % Block.size == 0 else { throw .partialBlock(length: ciphertext.count) }
        var output: [UInt8] = []
        output.reserveCapacity(ciphertext.count)
        var chain = vector
        var offset = 0
        while offset < ciphertext.count {
            let block = Block(ciphertext, at: offset)
            let plain = cipher.decrypt(block) ^ chain
            for index in 0..<Block.size { output.append(plain[index]) }
            chain = block
            offset += Block.size
        }
        return output
    }
}
