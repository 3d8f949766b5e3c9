/// A 13-byte CCM nonce, held as its first eight bytes and its last five.
public struct CCMNonce: Equatable, Sendable {
    /// Bytes 0 to 7, big-endian.
    public let high: UInt64
    /// Bytes 8 to 12, big-endian, in the low 40 bits; the others are zero.
    public let low: UInt64

    /// How many bytes a nonce has.
    public static var size: Int { 13 }

    /// Only the low 40 bits of `low` count.
    @inlinable
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low & 0xFF_FFFF_FFFF
    }

    /// The nonce made of exactly these thirteen bytes, or nil when there are more or fewer.
    public init?(exactly bytes: [UInt8]) {
        guard bytes.count == CCMNonce.size else { return nil }
        let block = Block(bytes)
        self.init(high: block.high, low: block.low >> 24)
    }

    /// The thirteen bytes, first byte first.
    public var bytes: [UInt8] { [UInt8](Block(high: high, low: low << 24).bytes.prefix(CCMNonce.size)) }

    @inlinable
    public static func ^ (left: CCMNonce, right: CCMNonce) -> CCMNonce {
        CCMNonce(high: left.high ^ right.high, low: left.low ^ right.low)
    }
}

/// Why a sealed message was not opened.
public enum CCMError: Error, Equatable, Sendable {
    /// There are fewer bytes than the tag alone has.
    case shorterThanTag(length: Int)
    /// The message is longer than the two-byte length field of this CCM can say.
    case tooLong(length: Int)
    /// The tag does not fit the key, the nonce, the data or the message. It does not say which, and cannot know.
    case notAuthentic
}

/// AES-CCM-16-64-128: CCM with a 13-byte nonce, a 2-byte length and an 8-byte tag (RFC 3610 with L = 2 and M = 8; NIST SP 800-38C;
/// COSE algorithm 10, RFC 9053, 4.2).
///
/// A nonce must never be used twice with one key: the caller answers for it. Messages and additional data have at most 65,279 bytes (the
/// largest additional data that the two-byte length of RFC 3610, 2.2 can say).
public struct CCM<Cipher: BlockCipher>: Sendable {
    @usableFromInline let cipher: Cipher

    /// The tag's length in bytes (M).
    @inlinable public static var tagLength: Int { 8 }
    /// The longest message, and the longest additional data, in bytes.
    @inlinable public static var limit: Int { 0xFEFF }

    @inlinable
    public init(_ cipher: Cipher) {
        self.cipher = cipher
    }

    @inlinable
    public init(key: Block) {
        self.init(Cipher(key: key))
    }

    /// The ciphertext of `plaintext` followed by the tag over it and over `data`.
    ///
    /// - Throws: `tooLong` when either is longer than `limit`.
    @inlinable
    public func seal(_ plaintext: [UInt8], nonce: CCMNonce, authenticating data: [UInt8]) throws(CCMError) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(plaintext.count + Self.tagLength)
        try seal(plaintext.span, nonce: nonce, authenticating: data.span, to: &output)
        return output
    }

    /// Appends the ciphertext of `plaintext` and the tag over it and over `data` to `output`.
    ///
    /// - Throws: `tooLong` when either is longer than `limit`; then `output` is as it was.
    @inlinable
    public func seal(
        _ plaintext: borrowing Span<UInt8>, nonce: CCMNonce, authenticating data: borrowing Span<UInt8>, to output: inout [UInt8]
    ) throws(CCMError) {
        let count = plaintext.count
        guard count <= Self.limit else { throw .tooLong(length: count) }
        guard data.count <= Self.limit else { throw .tooLong(length: data.count) }
        var chain = start(count: count, nonce: nonce, data: data)
        var counter: UInt64 = 1
        var offset = 0
        while offset < count {
            let block = Block(plaintext, at: offset)
            chain = cipher.encrypt(chain ^ block)
            let sealed = block ^ cipher.encrypt(Self.counterBlock(nonce, counter))
            append(sealed, count: min(Block.size, count - offset), to: &output)
            counter += 1
            offset += Block.size
        }
        append(chain ^ cipher.encrypt(Self.counterBlock(nonce, 0)), count: Self.tagLength, to: &output)
    }

    /// The plaintext of `sealed` (ciphertext and tag), if the tag is right for it and for `data`.
    ///
    /// - Throws: `notAuthentic`, or what is wrong with the length. Nothing of an unauthentic plaintext is given out.
    @inlinable
    public func open(_ sealed: [UInt8], nonce: CCMNonce, authenticating data: [UInt8]) throws(CCMError) -> [UInt8] {
        try open(sealed.span, nonce: nonce, authenticating: data.span)
    }

    /// The plaintext of `sealed` (ciphertext and tag), if the tag is right for it and for `data`.
    ///
    /// - Throws: `notAuthentic`, or what is wrong with the length. Nothing of an unauthentic plaintext is given out.
    @inlinable
    public func open(
        _ sealed: borrowing Span<UInt8>, nonce: CCMNonce, authenticating data: borrowing Span<UInt8>
    ) throws(CCMError) -> [UInt8] {
        let count = sealed.count - Self.tagLength
        guard count >= 0 else { throw .shorterThanTag(length: sealed.count) }
        guard count <= Self.limit else { throw .tooLong(length: sealed.count) }
        guard data.count <= Self.limit else { throw .tooLong(length: data.count) }
        var output: [UInt8] = []
        output.reserveCapacity(count)
        var chain = start(count: count, nonce: nonce, data: data)
        var counter: UInt64 = 1
        var offset = 0
        while offset < count {
            let length = min(Block.size, count - offset)
            let stream = cipher.encrypt(Self.counterBlock(nonce, counter))
            // The last block's key stream must not reach the padding, nor the tag that follows the ciphertext.
            let block = Self.truncated(Block(sealed, at: offset) ^ stream, to: length)
            chain = cipher.encrypt(chain ^ block)
            append(block, count: length, to: &output)
            counter += 1
            offset += Block.size
        }
        let expected = (chain ^ cipher.encrypt(Self.counterBlock(nonce, 0))).high
        // One comparison of whole words: its time does not tell how many bytes of a forged tag were right.
        guard Block(sealed, at: count).high == expected else { throw .notAuthentic }
        return output
    }

    /// The CBC-MAC over the first block B_0 and the additional data (RFC 3610, 2.2).
    @inlinable
    func start(count: Int, nonce: CCMNonce, data: borrowing Span<UInt8>) -> Block {
        let flags: UInt64 = (data.isEmpty ? 0 : 0x40) | UInt64((Self.tagLength - 2) / 2) << 3 | 1
        var chain = cipher.encrypt(Self.block(flags: flags, nonce, trailer: UInt64(truncatingIfNeeded: count)))
        if data.isEmpty { return chain }
        // The data are preceded by their length in two bytes: fourteen of them fit into the first block.
        let head = Block(data, at: 0)
        let length = UInt64(truncatingIfNeeded: data.count)
        let first = Block(high: length << 48 | head.high >> 16, low: head.high << 48 | head.low >> 16)
        chain = cipher.encrypt(chain ^ first)
        var offset = 14
        while offset < data.count {
            chain = cipher.encrypt(chain ^ Block(data, at: offset))
            offset += Block.size
        }
        return chain
    }

    @inlinable
    static func block(flags: UInt64, _ nonce: CCMNonce, trailer: UInt64) -> Block {
        Block(high: flags << 56 | nonce.high >> 8, low: nonce.high << 56 | nonce.low << 16 | trailer)
    }

    @inlinable
    static func counterBlock(_ nonce: CCMNonce, _ counter: UInt64) -> Block {
        block(flags: 1, nonce, trailer: counter)
    }

    /// The block with all bytes after the first `count` set to zero.
    @inlinable
    static func truncated(_ block: Block, to count: Int) -> Block {
        if count >= Block.size { return block }
        if count > 8 { return Block(high: block.high, low: block.low & ~(UInt64.max >> UInt64((count - 8) * 8))) }
        return Block(high: count == 8 ? block.high : block.high & ~(UInt64.max >> UInt64(count * 8)), low: 0)
    }

    @inlinable
    func append(_ block: Block, count: Int, to output: inout [UInt8]) {
        for index in 0..<count { output.append(block[index]) }
    }
}
