import Cipher
import Crypto
import CryptoExtras

/// AES-128 by swift-crypto (BoringSSL), for the beacons' AES-CCM: constant time, unlike the portable table implementation.
public struct HostAES: BlockDecipher {
    private let key: SymmetricKey

    public init(key: Block) {
        self.key = SymmetricKey(data: key.bytes)
    }

    public func encrypt(_ block: Block) -> Block {
        var payload = Payload(high: block.high.bigEndian, low: block.low.bigEndian)
        do { try AES.permute(&payload, key: key) } catch {
            preconditionFailure("sixteen bytes and a 128-bit key are always taken")
        }
        return Block(high: UInt64(bigEndian: payload.high), low: UInt64(bigEndian: payload.low))
    }

    public func decrypt(_ block: Block) -> Block {
        var payload = Payload(high: block.high.bigEndian, low: block.low.bigEndian)
        do { try AES.inversePermute(&payload, key: key) } catch {
            preconditionFailure("sixteen bytes and a 128-bit key are always taken")
        }
        return Block(high: UInt64(bigEndian: payload.high), low: UInt64(bigEndian: payload.low))
    }

    /// Sixteen bytes in place, as the collection that `AES.permute` wants. An array would be allocated for every block, and an
    /// `UnsafeMutableBufferPointer` goes through unspecialised generics: both take twice as long as this.
    private struct Payload: MutableCollection, RandomAccessCollection {
        /// The halves as they lie in memory.
        var high: UInt64
        var low: UInt64

        var startIndex: Int { 0 }
        var endIndex: Int { Block.size }

        subscript(index: Int) -> UInt8 {
            get { withUnsafeBytes(of: self) { $0[index] } }
            set { withUnsafeMutableBytes(of: &self) { $0[index] = newValue } }
        }

        mutating func withContiguousMutableStorageIfAvailable<Result>(
            _ body: (inout UnsafeMutableBufferPointer<UInt8>) throws -> Result
        ) rethrows -> Result? {
            try withUnsafeMutableBytes(of: &self) { buffer in
                var bytes = buffer.bindMemory(to: UInt8.self)
                return try body(&bytes)
            }
        }
    }
}
