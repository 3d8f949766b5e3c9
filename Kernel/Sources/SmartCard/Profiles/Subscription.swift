import Cipher
import Wire

/// What an operator gives for one profile: who it is, its secret, and where its data goes.
public struct Subscription: Equatable, Sendable {
    /// The number of the profile, in EF.ICCID.
    public var iccid: ICCID
    /// The number of the subscription, in EF.IMSI.
    public var imsi: IMSI
    /// How many digits the network's code has in the IMSI, 2 or 3, in EF.AD. A wrong value splits the PLMN in the wrong place.
    public var networkCodeDigits: Int
    /// How it authenticates, with its keys.
    public var algorithm: AuthenticationAlgorithm
    /// The access point of the card's own beacons.
    public var accessPoint: AccessPointName
    /// The name that a terminal may show: up to 16 characters of the GSM default alphabet, here ASCII letters, digits, spaces and
    /// punctuation.
    public var serviceProvider: String
    /// Networks to prefer besides the home network, best first, at most ``mostPreferred``.
    public var preferredNetworks: [PreferredNetwork]
    /// How many low bits of SQN are the index (TS 33.102, annex C), 0 to 5. Must be what the operator's authentication centre uses.
    public var indexBits: Int
    /// The SEQ that counts as accepted already, for each index value from zero on; zero for those that are not named. A challenge must
    /// have a higher one.
    public var sequences: [UInt64]
    /// Whether there is an ISIM too (TS 31.103), with the same keys and sequence numbers and identities that follow from the IMSI (TS
    /// 23.003, clause 13).
    public var hasISIM = true
    /// How the card itself conceals the subscription identifier (TS 33.501, annex C): the schemes and keys of the home network, the best
    /// first. Nil where the terminal sends it unconcealed.
    public var concealment: SUCICalculationInformation?

    /// The most preferred networks.
    public static let mostPreferred = 16
    /// The longest service provider name.
    public static let longestName = 16

    public init(
        iccid: ICCID, imsi: IMSI, networkCodeDigits: Int, algorithm: AuthenticationAlgorithm,
        accessPoint: AccessPointName = .terminalDefault, serviceProvider: String = "", preferredNetworks: [PreferredNetwork] = [],
        indexBits: Int = 5, sequences: [UInt64] = []
    ) {
        self.iccid = iccid
        self.imsi = imsi
        self.networkCodeDigits = networkCodeDigits
        self.algorithm = algorithm
        self.accessPoint = accessPoint
        self.serviceProvider = serviceProvider
        self.preferredNetworks = preferredNetworks
        self.indexBits = indexBits
        self.sequences = sequences
    }

    /// A subscription that authenticates with MILENAGE.
    ///
    /// - Parameters:
    ///   - key: the subscriber key K.
    ///   - operatorConstant: OPc, derived from K and the operator's OP.
    public init(
        iccid: ICCID, imsi: IMSI, networkCodeDigits: Int, key: Block, operatorConstant: Block,
        accessPoint: AccessPointName = .terminalDefault, serviceProvider: String = "", preferredNetworks: [PreferredNetwork] = [],
        indexBits: Int = 5, sequences: [UInt64] = []
    ) {
        self.init(
            iccid: iccid, imsi: imsi, networkCodeDigits: networkCodeDigits,
            algorithm: .milenage(key: key, operatorConstant: operatorConstant), accessPoint: accessPoint,
            serviceProvider: serviceProvider, preferredNetworks: preferredNetworks, indexBits: indexBits, sequences: sequences)
    }

    /// The home network, or nil when ``networkCodeDigits`` does not fit the IMSI.
    public var home: PLMN? { imsi.plmn(mncDigits: networkCodeDigits) }
}

/// A network with the access technologies for which it is preferred (TS 31.102, clause 4.2.5).
public struct PreferredNetwork: Equatable, Sendable {
    /// Access technologies as EF.PLMNwAcT has them, 16 bits.
    public struct Technologies: OptionSet, Equatable, Sendable {
        public let rawValue: UInt16

        public init(rawValue: UInt16) { self.rawValue = rawValue }

        public static let utran = Technologies(rawValue: 0x8000)
        public static let eutran = Technologies(rawValue: 0x4000)
        public static let ngran = Technologies(rawValue: 0x0800)
        public static let gsm = Technologies(rawValue: 0x0080)
        public static let all: Technologies = [.utran, .eutran, .ngran, .gsm]
    }

    public var network: PLMN
    public var technologies: Technologies

    public init(_ network: PLMN, _ technologies: Technologies = .all) {
        self.network = network
        self.technologies = technologies
    }
}
