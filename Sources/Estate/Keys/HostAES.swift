import Cipher
import Crypto
import CryptoExtras

/// AES-128 by swift-crypto (BoringSSL), for the beacons' AES-CCM: constant time, unlike the portable table implementation.
public struct HostAES: BlockCipher {
    private let key: SymmetricKey

    public init(key: Block) {
        self.key = SymmetricKey(data: key.bytes)
    }

    public func encrypt(_ block: Block) -> Block {
        var bytes: (UInt64, UInt64) = (block.high.bigEndian, block.low.bigEndian)
        withUnsafeMutableBytes(of: &bytes) { buffer in
            var payload = UnsafeMutableBufferPointer(rebasing: buffer.bindMemory(to: UInt8.self)[...])
            do { try AES.permute(&payload, key: key) } catch {
                preconditionFailure("sixteen bytes and a 128-bit key are always taken")
            }
        }
        return Block(high: UInt64(bigEndian: bytes.0), low: UInt64(bigEndian: bytes.1))
    }
}
