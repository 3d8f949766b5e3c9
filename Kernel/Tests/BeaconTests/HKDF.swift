import TestSupport

@testable import Beacon

/// HKDF-SHA-256 (RFC 5869) for tests: a host supplies a vetted one.
struct HKDF: KeyDerivation {
    func hkdfSHA256(secret: [UInt8], salt: [UInt8], info: [UInt8], length: Int) -> [UInt8] {
        let key = SHA256.hmac(key: salt.isEmpty ? [UInt8](repeating: 0, count: 32) : salt, secret)
        var output: [UInt8] = []
        var block: [UInt8] = []
        var counter: UInt8 = 1
        while output.count < length {
            block = SHA256.hmac(key: key, block + info + [counter])
            output += block
            counter += 1
        }
        return Array(output.prefix(length))
    }
}
