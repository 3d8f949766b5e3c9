import Cipher

/// MILENAGE, the example algorithm set for authentication and key generation (3GPP TS 35.206), keyed for one subscription.
///
/// Both sides use it: the card to check a challenge, an authentication centre to make one.
public struct Milenage<C: BlockCipher>: Sendable {
    private let cipher: C
    private let operatorConstant: Block

    /// - Parameters:
    ///   - key: the subscriber key K.
    ///   - operatorConstant: OPc, derived from K and the operator's OP (TS 35.206, clause 4.1).
    public init(key: Block, operatorConstant: Block) {
        cipher = C(key: key)
        self.operatorConstant = operatorConstant
    }

    /// OPc of a key and the operator's OP.
    public static func operatorConstant(key: Block, variant: Block) -> Block {
        C(key: key).encrypt(variant) ^ variant
    }

    /// What a challenge comes to.
    public struct Response: Equatable, Sendable {
        /// RES, 64 bits (f2).
        public var response: UInt64
        /// CK (f3).
        public var cipherKey: Block
        /// IK (f4).
        public var integrityKey: Block
        /// AK, 48 bits (f5).
        public var anonymityKey: UInt64
    }

    /// The challenge as every function starts on it: it is shared, so compute it once.
    public struct Challenge: Equatable, Sendable {
        let scrambled: Block
    }

    public func challenge(_ random: Block) -> Challenge {
        Challenge(scrambled: cipher.encrypt(random ^ operatorConstant))
    }

    /// MAC-A (f1) and MAC-S (f1*), 64 bits each.
    public func codes(_ challenge: Challenge, sequence: UInt64, management: UInt16) -> (
        authentication: UInt64, resynchronisation: UInt64
    ) {
        let half = sequence << 16 | UInt64(management)
        let input = Block(high: half, low: half) ^ operatorConstant
        let output = cipher.encrypt(challenge.scrambled ^ input.rotated(left: 64)) ^ operatorConstant
        return (output.high, output.low)
    }

    /// AK (f5), 48 bits, and RES (f2) beside it.
    func anonymity(_ challenge: Challenge) -> (key: UInt64, response: UInt64) {
        var input = challenge.scrambled ^ operatorConstant
        input.low ^= 1
        let output = cipher.encrypt(input) ^ operatorConstant
        return (output.high >> 16, output.low)
    }

    /// CK (f3) and IK (f4).
    func keys(_ challenge: Challenge) -> (cipher: Block, integrity: Block) {
        let input = challenge.scrambled ^ operatorConstant
        var third = input.rotated(left: 32)
        third.low ^= 2
        var fourth = input.rotated(left: 64)
        fourth.low ^= 4
        return (cipher.encrypt(third) ^ operatorConstant, cipher.encrypt(fourth) ^ operatorConstant)
    }

    /// RES, CK, IK and AK (f2 to f5).
    public func response(_ challenge: Challenge) -> Response {
        let anonymity = anonymity(challenge)
        let keys = keys(challenge)
        return Response(
            response: anonymity.response, cipherKey: keys.cipher, integrityKey: keys.integrity, anonymityKey: anonymity.key)
    }

    /// AK for resynchronisation (f5*), 48 bits.
    public func resynchronisationKey(_ challenge: Challenge) -> UInt64 {
        var input = (challenge.scrambled ^ operatorConstant).rotated(left: 96)
        input.low ^= 8
        return (cipher.encrypt(input) ^ operatorConstant).high >> 16
    }
}
