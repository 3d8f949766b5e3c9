import Cipher

/// The functions f1 to f5* of one subscription (3GPP TS 33.102, clause 6.3): ``Milenage``, ``Tuak`` or ``XORTest``.
///
/// Both sides use them: the card to check a challenge, an authentication centre to make one.
public protocol AuthenticationFunctions: Sendable {
    /// RAND with whatever several of the functions need of it, so that it is computed once.
    associatedtype Opening: Sendable

    /// How many bytes MAC-A and MAC-S have. AUTN has 8 more (SQN xor AK, AMF), AUTS 6 more.
    var codeSize: Int { get }

    /// Begins with a challenge.
    func open(_ random: Block) -> Opening

    /// AK (f5), 48 bits.
    func anonymityKey(_ opening: Opening) -> UInt64

    /// AK for resynchronisation (f5*), 48 bits.
    func resynchronisationKey(_ opening: Opening) -> UInt64

    /// MAC-A (f1) over SQN (48 bits) and AMF.
    func code(_ opening: Opening, sequence: UInt64, management: UInt16) -> AuthenticationParameter

    /// MAC-S (f1*) over SQN (48 bits) and AMF.
    func resynchronisationCode(_ opening: Opening, sequence: UInt64, management: UInt16) -> AuthenticationParameter

    /// RES, CK and IK (f2, f3, f4).
    func answer(_ opening: Opening) -> AuthenticationAnswer
}

/// What a card answers to a challenge that it accepts.
public struct AuthenticationAnswer: Equatable, Sendable {
    /// RES (f2).
    public var response: AuthenticationParameter
    /// CK (f3).
    public var cipherKey: AuthenticationParameter
    /// IK (f4).
    public var integrityKey: AuthenticationParameter

    public init(response: AuthenticationParameter, cipherKey: AuthenticationParameter, integrityKey: AuthenticationParameter) {
        self.response = response
        self.cipherKey = cipherKey
        self.integrityKey = integrityKey
    }
}

/// What an authentication centre hands out for one challenge (TS 33.102, clause 6.3.2).
public struct AuthenticationVector: Equatable, Sendable {
    /// RAND.
    public var random: Block
    /// AUTN: SQN xor AK (6 bytes), AMF (2), MAC-A (8, or 16 or 32 where the operator chose so).
    public var token: [UInt8]
    /// XRES, CK and IK.
    public var answer: AuthenticationAnswer

    public init(random: Block, token: [UInt8], answer: AuthenticationAnswer) {
        self.random = random
        self.token = token
        self.answer = answer
    }
}

extension AuthenticationFunctions {
    /// The vector for a challenge, as an authentication centre makes it.
    ///
    /// - Parameters:
    ///   - random: RAND.
    ///   - sequence: SQN; 48 bits of it count.
    ///   - management: AMF.
    public func vector(random: Block, sequence: UInt64, management: UInt16) -> AuthenticationVector {
        let opening = open(random)
        let sequence = sequence & 0xFFFF_FFFF_FFFF
        var token: [UInt8] = []
        token.append(sequence ^ anonymityKey(opening), size: 6)
        token.append(UInt64(management), size: 2)
        token.append(code(opening, sequence: sequence, management: management))
        return AuthenticationVector(random: random, token: token, answer: answer(opening))
    }

    /// The SQN that a card reports in AUTS after a synchronisation failure; nil for an AUTS of the wrong length or with a wrong MAC-S
    /// (TS 33.102, clause 6.3.5).
    public func resynchronise(_ auts: [UInt8], random: Block) -> UInt64? {
        guard auts.count == 6 + codeSize, let came = AuthenticationParameter(auts, at: 6, size: codeSize) else { return nil }
        let opening = open(random)
        let sequence = auts.number(at: 0, size: 6) ^ resynchronisationKey(opening)
        // AMF* is zero (clause 6.3.3).
        return resynchronisationCode(opening, sequence: sequence, management: 0) == came ? sequence : nil
    }
}
