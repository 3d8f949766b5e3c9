@testable import EUICC

/// Stands for ECDSA: eight FNV-1a hashes over the key and the message. It is no signature, but it depends on every byte of both.
struct TestSignatures: SignatureVerifier, SignatureMaker {
    static func signature(key: [UInt8], message: [UInt8]) -> [UInt8] {
        var signature: [UInt8] = []
        for round in 0..<UInt8(8) {
            var hash: UInt64 = 0xcbf2_9ce4_8422_2325
            func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
            mix(round)
            for byte in key { mix(byte) }
            for byte in message { mix(byte) }
            for shift in stride(from: 56, through: 0, by: -8) { signature.append(UInt8(truncatingIfNeeded: hash >> UInt64(shift))) }
        }
        return signature
    }

    func verify(signature: [UInt8], of message: [UInt8], with key: PublicKey) -> Bool {
        signature == TestSignatures.signature(key: key.point, message: message)
    }

    func sign(_ message: [UInt8]) -> [UInt8]? { TestSignatures.signature(key: Array("eUICC".utf8), message: message) }
}
