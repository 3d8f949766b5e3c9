/// How a packet is protected against change (ETSI TS 102 225, 5.1.1, bits 1 and 2 of SPI1; bits 3 and 4 of SPI2).
public enum IntegrityProtection: UInt8, Equatable, Sendable {
    case none = 0
    /// A checksum without a key. It proves nothing about the sender and is refused here.
    case redundancyCheck = 1
    /// A checksum with a key: AES-CMAC here.
    case cryptographicChecksum = 2
    /// A signature. It is refused here.
    case digitalSignature = 3
}

/// What the receiver does with the counter (ETSI TS 102 225, 5.1.1, bits 4 and 5 of SPI1; the rules are those of 5.1.4).
public enum CounterMode: UInt8, Equatable, Sendable {
    /// There is no counter; its field is ignored.
    case notAvailable = 0
    /// There is a counter, and nobody checks it: it only tells one packet from another.
    case unchecked = 1
    /// The packet is processed only if its counter is higher than the one held.
    case higher = 2
    /// The packet is processed only if its counter is one higher than the one held.
    case oneHigher = 3
}

/// When the receiver answers with a response packet, the proof of receipt (ETSI TS 102 225, 5.1.1, bits 1 and 2 of SPI2).
public enum ProofOfReceipt: UInt8, Equatable, Sendable {
    case none = 0
    case always = 1
    case onError = 2
    /// A value without a meaning: such a packet is refused.
    case reserved = 3
}

/// How the proof of receipt for a short message travels (3GPP TS 31.115, 4.2, bit 6 of SPI2).
public enum ProofRoute: UInt8, Equatable, Sendable {
    /// In the acknowledgement of the message itself, SMS-DELIVER-REPORT: it is free and comes at once.
    case deliverReport = 0
    /// In a message of its own, SMS-SUBMIT, to the address that the command came from.
    case submit = 1
}

/// The security parameter indicator, SPI: what protects a command packet, and what is to protect its answer (ETSI TS 102 225,
/// 5.1.1).
public struct SecurityParameters: Equatable, Sendable {
    public var integrity: IntegrityProtection
    public var isCiphered: Bool
    public var counter: CounterMode
    public var proof: ProofOfReceipt
    public var proofIntegrity: IntegrityProtection
    public var isProofCiphered: Bool
    public var proofRoute: ProofRoute
    /// The reserved bits, as they came. A receiver ignores what they say, but the checksum covers them.
    private let reserved: UInt16

    /// A checksum, ciphering and a counter that must be higher; the answer is always asked for, with checksum and ciphering, in the
    /// acknowledgement: the strongest that this module has.
    public static var full: SecurityParameters { SecurityParameters(spi1: 0x16, spi2: 0x19) }

    public init(
        integrity: IntegrityProtection, isCiphered: Bool, counter: CounterMode, proof: ProofOfReceipt,
        proofIntegrity: IntegrityProtection = .none, isProofCiphered: Bool = false, proofRoute: ProofRoute = .deliverReport
    ) {
        self.integrity = integrity
        self.isCiphered = isCiphered
        self.counter = counter
        self.proof = proof
        self.proofIntegrity = proofIntegrity
        self.isProofCiphered = isProofCiphered
        self.proofRoute = proofRoute
        reserved = 0
    }

    /// The parameters that the two bytes say; every pair of bytes says some.
    public init(spi1: UInt8, spi2: UInt8) {
        integrity = IntegrityProtection(bits: spi1)
        isCiphered = spi1 & 0x04 != 0
        counter = CounterMode(rawValue: spi1 >> 3 & 3) ?? .notAvailable
        proof = ProofOfReceipt(rawValue: spi2 & 3) ?? .reserved
        proofIntegrity = IntegrityProtection(bits: spi2 >> 2)
        isProofCiphered = spi2 & 0x10 != 0
        proofRoute = spi2 & 0x20 == 0 ? .deliverReport : .submit
        reserved = UInt16(spi1 & 0xE0) << 8 | UInt16(spi2 & 0xC0)
    }

    /// The first byte.
    public var spi1: UInt8 {
        integrity.rawValue | (isCiphered ? 0x04 : 0) | counter.rawValue << 3 | UInt8(truncatingIfNeeded: reserved >> 8)
    }

    /// The second byte.
    public var spi2: UInt8 {
        proof.rawValue | proofIntegrity.rawValue << 2 | (isProofCiphered ? 0x10 : 0) | proofRoute.rawValue << 5
            | UInt8(truncatingIfNeeded: reserved)
    }

    /// Whether the command needs a key to be opened.
    var needsKey: Bool { integrity != .none || isCiphered }
    /// Whether the answer, if there is one, needs a key to be sealed.
    var proofNeedsKey: Bool { proof != .none && (proofIntegrity != .none || isProofCiphered) }
}

extension IntegrityProtection {
    init(bits: UInt8) { self = IntegrityProtection(rawValue: bits & 3) ?? .digitalSignature }
}
