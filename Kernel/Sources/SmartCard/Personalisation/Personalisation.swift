import Beacon
import Cipher
import Resilience
import Wire

/// Everything that makes a blank card one of an estate's.
public struct Personalisation: Equatable, Sendable {
    /// The card's number, by which the estate knows its beacons.
    public var card: CardNumber
    public var primary: Subscription
    /// None for an ordinary card with one profile; its parameters must then not move.
    public var backup: Subscription?
    public var codes: AccessCodes
    public var parameters: Parameters
    /// Where beacons go: two, so that a responder's failure is not taken for the operator's. None for a card that sends none.
    public var responders: [ResponderAddress]
    /// The host resets the modem after this long without data, as far as is known; whole seconds.
    public var watchdog: Interval?
    /// Makes the card an eUICC; nil for a plain UICC.
    public var euicc: EUICCIdentity?
    /// The keys for management over the air; nil for a card that takes no secured packets.
    public var remoteManagement: RemoteManagementKeys?
    /// The key under which policy documents for this card are signed, its own and for nothing else; nil for a card that takes none.
    public var policyKey: Block?

    public init(
        card: CardNumber, primary: Subscription, backup: Subscription?, codes: AccessCodes, parameters: Parameters,
        responders: [ResponderAddress], watchdog: Interval? = nil, euicc: EUICCIdentity? = nil,
        remoteManagement: RemoteManagementKeys? = nil, policyKey: Block? = nil
    ) {
        self.card = card
        self.primary = primary
        self.backup = backup
        self.codes = codes
        self.parameters = parameters
        self.responders = responders
        self.watchdog = watchdog
        self.euicc = euicc
        self.remoteManagement = remoteManagement
        self.policyKey = policyKey
    }

    /// The image of a card that has never been used.
    public func image() throws(PersonalisationError) -> CardImage {
        if let problem = parameters.problem { throw .parameters(problem) }
        guard responders.count <= ResidentLayout.responders else {
            throw .tooManyResponders(limit: ResidentLayout.responders, came: responders.count)
        }
        guard backup != nil || parameters.movement == .never else { throw .nowhereToMove }
        let isManaged = remoteManagement != nil
        var profiles = [try ProfileWriter(primary, of: .primary, isManaged: isManaged).section(codes)]
        if let backup { profiles.append(try ProfileWriter(backup, of: .backup, isManaged: isManaged).section(codes)) }
        var further: [CardImage.FurtherSection] = []
        if let euicc { further.append((.domain, try euicc.section(profiles: profiles.count))) }
        if let policyKey { further.append((.policyUpdates, PolicyUpdates.section(key: policyKey, version: parameters.version))) }
        if let remoteManagement { further.append((.remoteManagement, try remoteManagement.section(profiles: profiles.count))) }
        return try CardImage.assembled(resident: resident, profiles: profiles, further: further)
    }

    private var resident: [UInt8] {
        let layout = ResidentLayout(base: 0)
        var bytes = [UInt8](repeating: 0, count: ResidentLayout.size)
        bytes.set(card.value, at: layout.cardNumber, size: 8)
        bytes.set(UInt64((watchdog?.milliseconds ?? 0) / 1_000), at: layout.watchdog, size: 4)
        // Spreads neighbouring card numbers over all seeds.
        bytes.set((card.value &+ 1) &* 0x9E37_79B9_7F4A_7C15, at: layout.seed, size: 8)
        let parameters = parameters.encoded
        bytes.set(UInt64(parameters.count), at: layout.parameters, size: 1)
        bytes.replaceSubrange(layout.parameters + 1..<layout.parameters + 1 + parameters.count, with: parameters)
        bytes.set(UInt64(responders.count), at: layout.responderCount, size: 1)
        for (index, responder) in responders.enumerated() {
            let place = layout.responder(index)
            let address = responder.address.bytes
            bytes.set(address.count == 4 ? 4 : 6, at: place.family, size: 1)
            bytes.set(UInt64(responder.port), at: place.port, size: 2)
            bytes.replaceSubrange(place.address..<place.address + address.count, with: address)
            bytes.replaceSubrange(place.keys..<place.keys + SecurityKeys.size, with: responder.keys.bytes)
            bytes.set(responder.ceiling, at: place.ceiling, size: 8)
        }
        return bytes
    }
}

/// A responder that a card sends beacons to, and the keys that it shares with it.
public struct ResponderAddress: Equatable, Sendable {
    /// An address of the internet, in network order.
    public enum Address: Equatable, Sendable {
        case v4(UInt8, UInt8, UInt8, UInt8)
        case v6(high: UInt64, low: UInt64)

        var bytes: [UInt8] {
            switch self {
            case .v4(let first, let second, let third, let fourth): return [first, second, third, fourth]
            case .v6(let high, let low):
                var bytes: [UInt8] = []
                bytes.append(high, size: 8)
                bytes.append(low, size: 8)
                return bytes
            }
        }
    }

    public var address: Address
    /// The UDP port, not zero.
    public var port: UInt16
    /// The card's keys: sender is the card.
    public var keys: SecurityKeys
    /// Zero for new keys. With keys that were used before: above every sequence number that was ever used with them.
    public var ceiling: UInt64

    public init(_ address: Address, port: UInt16, keys: SecurityKeys, ceiling: UInt64 = 0) {
        self.address = address
        self.port = port
        self.keys = keys
        self.ceiling = ceiling
    }
}

/// Why no card can be made of a personalisation.
public enum PersonalisationError: Error, Equatable, Sendable {
    /// The parameters break a rule of their own.
    case parameters(Parameters.Problem)
    case tooManyResponders(limit: Int, came: Int)
    /// The parameters may move, and there is no second profile.
    case nowhereToMove
    /// The network code's digits are neither 2 nor 3, or more than the IMSI has.
    case networkCodeDigits(Slot, came: Int)
    /// A service provider name that is too long or not printable ASCII.
    case serviceProvider(Slot)
    case tooManyPreferredNetworks(Slot, limit: Int, came: Int)
    /// More than 5 index bits, or fewer than none.
    case indexBits(Slot, came: Int)
    /// More sequence numbers than there are index values.
    case tooManySequences(Slot, limit: Int, came: Int)
    /// A SEQ that leaves no room for the index in the 48 bits of SQN.
    case sequence(Slot, index: Int, came: UInt64)
    /// The eUICC's private key has not 32 bytes.
    case privateKey(length: Int, came: Int)
    /// A certificate is longer than an image has room for.
    case certificate(limit: Int, came: Int)
    /// An address for notifications is too long.
    case notificationAddress(limit: Int, came: Int)
    /// What manages the card from afar breaks a rule of its own.
    case remoteManagement(RemoteManagementKeys.Problem)
    /// The profiles of an eUICC have the same number, by which they are told apart.
    case sameICCID
    /// The card has no profile in this slot.
    case emptySlot(Slot)
    /// The profile has no code with this reference.
    case noSuchCode(Slot, reference: UInt8)
    /// What came out is no valid image: a responder's port is zero, for one.
    case image(CardImageError)
}
