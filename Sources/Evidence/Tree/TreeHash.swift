import Crypto

/// A hash of the ledger's tree: SHA-256, 32 bytes.
public struct TreeHash: Hashable, Sendable {
    /// Bytes of a hash.
    public static let length = 32

    // Four words in the order of memory: an array for each hash would cost more than the hash.
    private let a: UInt64
    private let b: UInt64
    private let c: UInt64
    private let d: UInt64

    /// - Parameter source: at least ``length`` readable bytes.
    init(reading source: UnsafeRawPointer) {
        a = source.loadUnaligned(as: UInt64.self)
        b = source.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
        c = source.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
        d = source.loadUnaligned(fromByteOffset: 24, as: UInt64.self)
    }

    /// The hash that these 32 bytes are; nil for any other number of bytes.
    public init?(_ bytes: some Sequence<UInt8>) {
        let bytes = Array(bytes)
        guard bytes.count == TreeHash.length else { return nil }
        self = bytes.withUnsafeBytes { buffer in
            // 32 bytes, so the base address is there.
            buffer.baseAddress.map { TreeHash(reading: $0) } ?? .empty
        }
    }

    public var bytes: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: TreeHash.length) { buffer, count in
            store(to: UnsafeMutableRawBufferPointer(buffer))
            count = TreeHash.length
        }
    }

    /// - Parameter target: at least ``length`` bytes.
    func store(to target: UnsafeMutableRawBufferPointer, at offset: Int = 0) {
        target.storeBytes(of: a, toByteOffset: offset, as: UInt64.self)
        target.storeBytes(of: b, toByteOffset: offset + 8, as: UInt64.self)
        target.storeBytes(of: c, toByteOffset: offset + 16, as: UInt64.self)
        target.storeBytes(of: d, toByteOffset: offset + 24, as: UInt64.self)
    }

    private init(_ hasher: SHA256) {
        (a, b, c, d) = hasher.finalize().withUnsafeBytes { buffer in
            func word(_ index: Int) -> UInt64 { buffer.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self) }
            return (word(0), word(1), word(2), word(3))
        }
    }

    /// MTH({}): the hash of an empty tree, SHA-256 of nothing (RFC 9162, 2.1.1).
    public static let empty = TreeHash(SHA256())

    /// SHA-256 of the bytes as they are, for what is not in the tree.
    public static func plain(_ bytes: UnsafeRawBufferPointer) -> TreeHash {
        var hasher = SHA256()
        hasher.update(bufferPointer: bytes)
        return TreeHash(hasher)
    }

    /// SHA-256(0x00 || entry): RFC 9162, 2.1.1.
    public static func leaf(_ entry: [UInt8]) -> TreeHash { entry.withUnsafeBytes { leaf($0) } }

    static func leaf(_ entry: UnsafeRawBufferPointer) -> TreeHash {
        var hasher = SHA256()
        var prefix: UInt8 = 0
        withUnsafeBytes(of: &prefix) { hasher.update(bufferPointer: $0) }
        hasher.update(bufferPointer: entry)
        return TreeHash(hasher)
    }

    /// SHA-256(0x01 || left || right): RFC 9162, 2.1.1.
    public static func node(_ left: TreeHash, _ right: TreeHash) -> TreeHash {
        withUnsafeTemporaryAllocation(byteCount: 1 + 2 * length, alignment: 8) { buffer in
            buffer.storeBytes(of: 1, as: UInt8.self)
            left.store(to: buffer, at: 1)
            right.store(to: buffer, at: 1 + length)
            var hasher = SHA256()
            hasher.update(bufferPointer: UnsafeRawBufferPointer(buffer))
            return TreeHash(hasher)
        }
    }
}

extension TreeHash: CustomStringConvertible {
    /// 64 lower-case hexadecimal digits, as sha256sum prints them.
    public var description: String { Hexadecimal.text(bytes) }
}

/// Lower-case hexadecimal digits.
enum Hexadecimal {
    static func text(_ bytes: [UInt8]) -> String {
        var digits: [UInt8] = []
        digits.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            for digit in [byte >> 4, byte & 15] { digits.append(digit < 10 ? 0x30 + digit : 0x57 + digit) }
        }
        return String(decoding: digits, as: UTF8.self)
    }
}
