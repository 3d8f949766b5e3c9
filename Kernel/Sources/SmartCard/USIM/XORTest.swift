import Cipher

/// The test algorithm for authentication, which is an exclusive or and protects nothing (3GPP TS 34.108, clause 8.1.2).
///
/// Test equipment and the GSMA's test profiles (TS.48) use it. Whoever sees one answer knows the key: never for a live subscription.
public struct XORTest: Equatable, Sendable {
    /// How long RES is. The standard allows any length from 32 to 128 bits; these are the ones in use.
    public enum ResponseSize: UInt8, Sendable, CaseIterable {
        case bits32 = 0
        case bits64
        case bits128

        /// In bytes.
        public var size: Int { 4 << Int(rawValue) }
    }

    /// The key K.
    public let key: Block
    public let responseSize: ResponseSize

    public init(key: Block, responseSize: ResponseSize = .bits128) {
        self.key = key
        self.responseSize = responseSize
    }
}

extension XORTest: AuthenticationFunctions {
    /// XDOUT: RAND xor K.
    public struct Opening: Sendable {
        let output: Block
    }

    public var codeSize: Int { 8 }

    public func open(_ random: Block) -> Opening { Opening(output: random ^ key) }

    /// f5: bits 24 to 71 of XDOUT.
    public func anonymityKey(_ opening: Opening) -> UInt64 { opening.output.rotated(left: 24).high >> 16 }

    /// f5*, which is f5 (clause 8.1.2.2).
    public func resynchronisationKey(_ opening: Opening) -> UInt64 { anonymityKey(opening) }

    /// f1: the first half of XDOUT xor CDOUT, which is SQN and AMF.
    public func code(_ opening: Opening, sequence: UInt64, management: UInt16) -> AuthenticationParameter {
        AuthenticationParameter(opening.output.high ^ (sequence << 16 | UInt64(management)))
    }

    /// f1*, which is f1 (clause 8.1.2.2).
    public func resynchronisationCode(_ opening: Opening, sequence: UInt64, management: UInt16) -> AuthenticationParameter {
        code(opening, sequence: sequence, management: management)
    }

    /// f2, f3 and f4: the first bits of XDOUT, XDOUT turned by one byte, and by two.
    public func answer(_ opening: Opening) -> AuthenticationAnswer {
        let response =
            switch responseSize {
            case .bits32: AuthenticationParameter(firstHalfOf: opening.output.high)
            case .bits64: AuthenticationParameter(opening.output.high)
            case .bits128: AuthenticationParameter(opening.output)
            }
        return AuthenticationAnswer(
            response: response, cipherKey: AuthenticationParameter(opening.output.rotated(left: 8)),
            integrityKey: AuthenticationParameter(opening.output.rotated(left: 16)))
    }
}
