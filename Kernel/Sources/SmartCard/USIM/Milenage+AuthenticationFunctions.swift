import Cipher

extension Milenage: AuthenticationFunctions {
    /// A challenge with AK and RES, which come out of one block.
    public struct Opening: Sendable {
        let challenge: Challenge
        let anonymity: (key: UInt64, response: UInt64)
    }

    public var codeSize: Int { 8 }

    public func open(_ random: Block) -> Opening {
        let challenge = challenge(random)
        return Opening(challenge: challenge, anonymity: anonymity(challenge))
    }

    public func anonymityKey(_ opening: Opening) -> UInt64 { opening.anonymity.key }

    public func resynchronisationKey(_ opening: Opening) -> UInt64 { resynchronisationKey(opening.challenge) }

    public func code(_ opening: Opening, sequence: UInt64, management: UInt16) -> AuthenticationParameter {
        AuthenticationParameter(codes(opening.challenge, sequence: sequence, management: management).authentication)
    }

    public func resynchronisationCode(_ opening: Opening, sequence: UInt64, management: UInt16) -> AuthenticationParameter {
        AuthenticationParameter(codes(opening.challenge, sequence: sequence, management: management).resynchronisation)
    }

    public func answer(_ opening: Opening) -> AuthenticationAnswer {
        let keys = keys(opening.challenge)
        return AuthenticationAnswer(
            response: AuthenticationParameter(opening.anonymity.response), cipherKey: AuthenticationParameter(keys.cipher),
            integrityKey: AuthenticationParameter(keys.integrity))
    }
}
