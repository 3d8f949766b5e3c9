import Cipher
import SmartCard
import Wire

/// The subscriber store and authentication centre: keys, sequence numbers and authentication vectors (3GPP TS 33.102, clause 6.3 and annex C).
public struct AuthenticationCentre: Sendable {
    /// What the operator holds of one subscription.
    public struct Subscriber: Sendable {
        public var imsi: IMSI
        /// K and OPc.
        public var key: Block
        public var operatorConstant: Block
        /// Access points it may use; empty for any.
        public var accessPoints: [String] = []
        /// SEQ of the last vector, at most 43 bits.
        var sequence: UInt64 = 0
        /// IND of the last vector.
        var index: UInt64 = 0

        public init(imsi: IMSI, key: Block, operatorConstant: Block) {
            self.imsi = imsi
            self.key = key
            self.operatorConstant = operatorConstant
        }

        var milenage: Milenage<TableAES> { Milenage(key: key, operatorConstant: operatorConstant) }
    }

    /// One challenge and what must come back.
    public struct Vector: Equatable, Sendable {
        /// RAND, 16 bytes.
        public var rand: [UInt8]
        /// AUTN, 16 bytes: SQN xor AK, AMF, MAC-A.
        public var token: [UInt8]
        /// XRES, 8 bytes.
        public var expected: [UInt8]
    }

    /// IND has five bits (clause C.1.1.1, as osmo-hlr has it).
    static let indexBits: UInt64 = 5
    /// The separation bit that EPS asks for (TS 33.401, clause 6.1.2).
    private static let management: UInt16 = 0x8000
    private static let largestSequence: UInt64 = 1 << 43 - 1

    private var subscribers: [IMSI: Subscriber] = [:]
    private var random: SplitMix64

    public init(seed: UInt64) {
        random = SplitMix64(seed: seed, part: 0xA0C)
    }

    mutating func provision(_ subscriber: Subscriber) {
        subscribers[subscriber.imsi] = subscriber
    }

    public subscript(imsi: IMSI) -> Subscriber? { subscribers[imsi] }

    public func allows(_ imsi: IMSI, accessPoint: String) -> Bool {
        guard let subscriber = subscribers[imsi] else { return false }
        return subscriber.accessPoints.isEmpty || subscriber.accessPoints.contains(accessPoint)
    }

    /// The next vector, with SEQ one higher and IND one further (clause C.1.2, not time-based); nil for an IMSI that is not known.
    public mutating func vector(for imsi: IMSI) -> Vector? {
        guard var subscriber = subscribers[imsi] else { return nil }
        subscriber.sequence = min(subscriber.sequence + 1, Self.largestSequence)
        subscriber.index = (subscriber.index + 1) % (1 << Self.indexBits)
        subscribers[imsi] = subscriber
        let milenage = subscriber.milenage
        let rand = Block(high: random.next(), low: random.next())
        let challenge = milenage.challenge(rand)
        let response = milenage.response(challenge)
        let sequence = subscriber.sequence << Self.indexBits | subscriber.index
        let code = milenage.codes(challenge, sequence: sequence, management: Self.management).authentication
        var token = ByteWriter(capacity: 16)
        token.uint(sequence ^ response.anonymityKey, size: 6)
        token.uint16(Self.management)
        token.uint64(code)
        var expected = ByteWriter(capacity: 8)
        expected.uint64(response.response)
        return Vector(rand: rand.bytes, token: token.bytes, expected: expected.bytes)
    }

    /// Takes over the card's sequence number from an AUTS whose MAC-S is right (clauses 6.3.5 and C.3).
    ///
    /// - Returns: false, with nothing changed, for an AUTS that does not come from this subscriber's card.
    public mutating func resynchronise(_ imsi: IMSI, rand: [UInt8], auts: [UInt8]) -> Bool {
        guard let subscriber = subscribers[imsi], rand.count == 16, auts.count == 14 else { return false }
        let milenage = subscriber.milenage
        let challenge = milenage.challenge(Block(rand, at: 0))
        func number(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
        let sequence = number(auts[..<6]) ^ milenage.resynchronisationKey(challenge)
        // AMF* is zero (clause 6.3.3).
        guard milenage.codes(challenge, sequence: sequence, management: 0).resynchronisation == number(auts[6...]) else {
            return false
        }
        subscribers[imsi]?.sequence = sequence >> Self.indexBits
        subscribers[imsi]?.index = sequence & (1 << Self.indexBits - 1)
        return true
    }

    /// Sets a subscriber's SEQ, as a restored backup of the store would.
    mutating func rewind(_ imsi: IMSI, to sequence: UInt64) {
        subscribers[imsi]?.sequence = min(sequence, Self.largestSequence)
    }
}

extension PLMN {
    /// Whether a subscription belongs to this network.
    func isHome(of imsi: IMSI) -> Bool { imsi.plmn(mncDigits: Int(mncDigits)) == self }
}
