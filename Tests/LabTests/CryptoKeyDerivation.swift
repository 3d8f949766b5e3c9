import Beacon
import Crypto
import Foundation
import Lab

/// HKDF as swift-crypto has it.
struct CryptoKeyDerivation: KeyDerivation {
    func hkdfSHA256(secret: [UInt8], salt: [UInt8], info: [UInt8], length: Int) -> [UInt8] {
        let key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: secret), salt: salt, info: info, outputByteCount: length)
        return key.withUnsafeBytes { Array($0) }
    }
}

extension LabResponder {
    convenience init(_ estate: LabEstate) { self.init(estate, using: CryptoKeyDerivation()) }
}
