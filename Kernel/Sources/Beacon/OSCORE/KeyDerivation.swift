/// HKDF with SHA-256 (RFC 5869), which a host supplies: a card is given derived keys and needs no hash.
public protocol KeyDerivation {
    /// `length` bytes (at most 8,160) derived from the secret.
    func hkdfSHA256(secret: [UInt8], salt: [UInt8], info: [UInt8], length: Int) -> [UInt8]
}
