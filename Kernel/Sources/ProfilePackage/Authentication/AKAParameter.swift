/// How an application authenticates (PE-AKAParameter). Numbers of several bytes are big-endian.
public struct AKAParameter: Equatable, Sendable {
    public let configuration: Configuration
    /// How sequence numbers are checked (sqnOptions); ignored with the test algorithm.
    public let sequenceOptions: UInt8
    /// The most by which a sequence number may jump (sqnDelta), without its index.
    public let sequenceDelta: UInt64
    /// How far a sequence number may be behind the highest one (sqnAgeLimit), without its index.
    public let sequenceAgeLimit: UInt64
    /// The sequence numbers to start from (sqnInit), without their indices: always 32, one for each index.
    public let sequenceStart: [UInt64]

    public enum Configuration: Equatable, Sendable {
        case algorithm(Algorithm)
        /// The keys of the application with this AID.
        case mapped(options: UInt8, source: [UInt8])
    }

    /// An algorithm with its keys (AlgoParameter).
    public struct Algorithm: Equatable, Sendable {
        public let identifier: Identifier
        /// As it came (algorithmOptions): the lengths of RES, MAC, CK and IK for TUAK.
        public let options: UInt8
        /// K: 16 bytes, or 32 for TUAK with a 256-bit key.
        public let key: Secret
        /// OPc (16 bytes) for MILENAGE, TOPc (32 bytes) for TUAK; of no meaning for the test algorithm.
        public let operatorCode: Secret
        /// r1 to r5 of MILENAGE (3GPP TS 35.206, 4.1), in bits.
        public let rotations: [UInt8]
        /// c1 to c5 of MILENAGE, 16 bytes each.
        public let constants: [UInt8]
        /// How many authentications there may be in all (authCounterMax); nil for no limit.
        public let authenticationLimit: UInt32?
        /// How often TUAK runs Keccak-f (3GPP TS 35.231, 7.2).
        public let keccakIterations: UInt8

        /// Whether MILENAGE would run with the rotations and constants of TS 35.206, 4.1.
        public var hasStandardConstants: Bool {
            rotations == AKAParameter.defaultRotations && constants == AKAParameter.defaultConstants
        }
    }

    /// Which algorithm (algorithmID).
    public enum Identifier: UInt8, Sendable {
        case milenage = 1
        case tuak = 2
        /// The XOR of 3GPP TS 34.108, 8.1.2.
        case usimTestAlgorithm = 3
    }

    /// The defaults of the standard's ASN.1 module.
    static let defaultDelta: UInt64 = 0x1000_0000
    static let defaultRotations: [UInt8] = [0x40, 0x00, 0x20, 0x40, 0x60]
    static let defaultConstants: [UInt8] = [0, 1, 2, 4, 8].flatMap { last in [UInt8](repeating: 0, count: 15) + [last] }
}

/// How one application authenticates.
public struct ApplicationAuthentication: Equatable, Sendable {
    /// The application's AID.
    public let application: [UInt8]
    public let parameter: AKAParameter
}
