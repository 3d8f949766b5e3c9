import Wire

/// What the estate answers to a heartbeat: a CBOR map with small unsigned keys, in ascending order.
///
/// A reader skips keys that it does not know, so that older cards can talk to newer estates.
public struct Answer: Equatable, Sendable {
    /// What the estate knows of the operator of the card's primary profile.
    public enum Health: UInt8, Equatable, Sendable {
        case unknown = 0
        case healthy = 1
        case failing = 2
    }

    /// Key 1: whether the primary operator delivers.
    public var primary: Health
    /// Key 2: over how many seconds the returns to a healthy primary operator are to be spread.
    public var returnWindow: UInt32
    /// Key 3: the time, in seconds since 1970-01-01T00:00:00Z; nil when the responder does not say.
    public var time: UInt64?
    /// Key 4: the version of the policy's parameters that the card should have; nil when the responder does not say.
    public var wantedPolicy: UInt32?
    /// Key 5: the number of the rehearsal of the backup that is wanted; zero, and then not said, for none.
    public var rehearsal: UInt8
    /// Key 6: a policy document for the card, signed; nil when there is none to take. What it is made of is not the beacon's matter.
    public var policyDocument: [UInt8]?

    /// The longest map that is read, in bytes.
    public static var sizeLimit: Int { 256 }
    /// The most pairs that are read.
    public static var pairLimit: Int { 32 }

    public init(
        primary: Health = .unknown, returnWindow: UInt32 = 0, time: UInt64? = nil, wantedPolicy: UInt32? = nil,
        rehearsal: UInt8 = 0,
        policyDocument: [UInt8]? = nil
    ) {
        self.primary = primary
        self.returnWindow = returnWindow
        self.time = time
        self.wantedPolicy = wantedPolicy
        self.rehearsal = rehearsal
        self.policyDocument = policyDocument
    }

    /// The CBOR map: at most 28 bytes, and three more than the policy document has (up to 255) when there is one.
    public var encoded: [UInt8] {
        var writer = CBORWriter(capacity: 32 + (policyDocument?.count ?? 0))
        let known = (time == nil ? 0 : 1) + (wantedPolicy == nil ? 0 : 1)
        writer.map(2 + known + (rehearsal == 0 ? 0 : 1) + (policyDocument == nil ? 0 : 1))
        writer.pair(1, UInt64(primary.rawValue))
        writer.pair(2, UInt64(returnWindow))
        if let time { writer.pair(3, time) }
        if let wantedPolicy { writer.pair(4, UInt64(wantedPolicy)) }
        if rehearsal != 0 { writer.pair(5, UInt64(rehearsal)) }
        if let policyDocument {
            writer.uint(6)
            writer.bytes(policyDocument)
        }
        return writer.bytes
    }

    /// Reads the CBOR map. A health that is not known is taken for `unknown`.
    public init(_ payload: ArraySlice<UInt8>) throws(PayloadError) {
        var primary: Health?
        var returnWindow: UInt32?
        var time: UInt64?
        var wantedPolicy: UInt32?
        var rehearsal: UInt8 = 0
        var policyDocument: [UInt8]?
        do throws(CBORError) {
            guard payload.count <= Answer.sizeLimit else {
                throw .tooLarge(value: UInt64(payload.count), limit: UInt64(Answer.sizeLimit), offset: payload.startIndex)
            }
            var reader = CBORReader([UInt8](payload))
            var previous: UInt64?
            for _ in 0..<(try reader.map(max: Answer.pairLimit)) {
                let key = try reader.key(after: previous)
                previous = key
                switch key {
                case 1: primary = Health(rawValue: try reader.uint8()) ?? .unknown
                case 2: returnWindow = try reader.uint32()
                case 3: time = try reader.uint()
                case 4: wantedPolicy = try reader.uint32()
                case 5: rehearsal = try reader.uint8()
                case 6: policyDocument = [UInt8](try reader.bytes())
                default: try reader.skip()
                }
            }
            try reader.finish()
        } catch {
            throw .cbor(error)
        }
        guard let primary else { throw .missing(key: 1) }
        guard let returnWindow else { throw .missing(key: 2) }
        self.init(
            primary: primary, returnWindow: returnWindow, time: time, wantedPolicy: wantedPolicy, rehearsal: rehearsal,
            policyDocument: policyDocument)
    }
}
