/// The least protection that an application accepts, coded as the first byte of an SPI (ETSI TS 102 226, 8.2.1.3.2).
public struct MinimumSecurityLevel: Equatable, Sendable {
    /// The byte: integrity in bits 1 and 2, ciphering in bit 3, counter in bits 4 and 5.
    public let spi1: UInt8

    public init(spi1: UInt8) {
        self.spi1 = spi1
    }

    /// A checksum and a counter that must be higher: whoever has no key changes nothing, and nothing happens twice.
    public static var authentic: MinimumSecurityLevel { MinimumSecurityLevel(spi1: 0x12) }
    /// The same, ciphered.
    public static var confidential: MinimumSecurityLevel { MinimumSecurityLevel(spi1: 0x16) }

    /// Whether these parameters protect as much, field by field. A checksum or counter rule of a higher number protects more, with
    /// one exception: a signature is no substitute for a checksum, as nobody here could check it.
    public func isMet(by parameters: SecurityParameters) -> Bool {
        let least = SecurityParameters(spi1: spi1, spi2: 0)
        guard parameters.integrity.rawValue >= least.integrity.rawValue else { return false }
        if least.integrity == .cryptographicChecksum && parameters.integrity != .cryptographicChecksum { return false }
        if least.isCiphered && !parameters.isCiphered { return false }
        return parameters.counter.rawValue >= least.counter.rawValue
    }
}
