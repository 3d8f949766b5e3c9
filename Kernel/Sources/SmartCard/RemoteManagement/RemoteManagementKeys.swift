import Cipher
import Resilience
import SecuredPackets

/// With what a card is managed over the air: key sets, and the applications that packets may be for (ETSI TS 102 225, ETSI TS 102 226).
public struct RemoteManagementKeys: Equatable, Sendable {
    /// The keys of one version, what they give a right to, and the highest counter that was used with them.
    public struct KeySet: Equatable, Sendable {
        /// 1 to 15.
        public var version: UInt8
        /// The key that KIc points at.
        public var ciphering: Block
        /// The key that KID points at; not the same.
        public var integrity: Block
        public var checksumLength: ChecksumLength
        public var rights: RemoteRights
        public var counter: PacketCounter

        public init(
            version: UInt8, ciphering: Block, integrity: Block, checksumLength: ChecksumLength = .eight,
            rights: RemoteRights = .administrator, counter: PacketCounter = .zero
        ) {
            self.version = version
            self.ciphering = ciphering
            self.integrity = integrity
            self.checksumLength = checksumLength
            self.rights = rights
            self.counter = counter
        }
    }

    /// What an application does with a packet.
    public enum Service: Equatable, Sendable {
        /// Remote file management: the secured data are a script of commands, which begins in the USIM and reaches every file of one
        /// profile; nil for the profile that the terminal sees.
        case files(Slot?)
        /// The secured data are parameters of the switching policy.
        case policy
    }

    public struct Application: Equatable, Sendable {
        public var target: ToolkitApplicationReference
        public var service: Service
        /// At least ``SecuredPackets/MinimumSecurityLevel/authentic``: without checksum and counter a command could come twice.
        public var minimum: MinimumSecurityLevel
        /// Which key versions may reach it: bit n stands for version n.
        public var keyVersions: UInt16

        public init(
            _ target: ToolkitApplicationReference, _ service: Service, minimum: MinimumSecurityLevel = .confidential,
            keyVersions: UInt16 = 0xFFFE
        ) {
            self.target = target
            self.service = service
            self.minimum = minimum
            self.keyVersions = keyVersions
        }
    }

    public enum Problem: Error, Equatable, Sendable {
        case tooManyKeySets(limit: Int, came: Int)
        case tooManyApplications(limit: Int, came: Int)
        /// A version that is not 1 to 15, that two key sets have, or whose two keys are the same.
        case keySet(version: UInt8)
        /// A TAR that two applications have, a minimum below `authentic`, or a profile that the card does not have.
        case application(ToolkitApplicationReference)
    }

    /// At most ``mostKeySets``, each with another version.
    public var keySets: [KeySet]
    /// At most ``mostApplications``, each with another TAR.
    public var applications: [Application]

    public static let mostKeySets = RemoteManagementLayout.keySets
    public static let mostApplications = RemoteManagementLayout.applications
    /// Files of the profile in use: a TAR of the range for remote file management (ETSI TS 101 220, annex D), which other cards have
    /// for the USIM too.
    public static let files = ToolkitApplicationReference(0xB00011)
    /// The switching policy: a TAR of the range for proprietary toolkit applications.
    public static let policy = ToolkitApplicationReference(0xBFFF48)

    public init(
        keySets: [KeySet], applications: [Application] = [Application(files, .files(nil)), Application(policy, .policy)]
    ) {
        self.keySets = keySets
        self.applications = applications
    }

    /// What is wrong with them, for a card with so many profiles.
    func problem(profiles: Int) -> Problem? {
        if keySets.count > Self.mostKeySets { return .tooManyKeySets(limit: Self.mostKeySets, came: keySets.count) }
        if applications.count > Self.mostApplications {
            return .tooManyApplications(limit: Self.mostApplications, came: applications.count)
        }
        for (index, keys) in keySets.enumerated() {
            guard (1...15).contains(keys.version), keys.ciphering != keys.integrity,
                !keySets[..<index].contains(where: { $0.version == keys.version })
            else { return .keySet(version: keys.version) }
        }
        for (index, application) in applications.enumerated() {
            var isPossible = application.isExactlyOnce && !applications[..<index].contains { $0.target == application.target }
            if case .files(let slot?) = application.service, Int(slot.rawValue) >= profiles { isPossible = false }
            guard isPossible else { return .application(application.target) }
        }
        return nil
    }

    /// The section of an image.
    func section(profiles: Int) throws(PersonalisationError) -> [UInt8] {
        if let problem = problem(profiles: profiles) { throw .remoteManagement(problem) }
        var bytes = [UInt8](repeating: 0, count: RemoteManagementLayout.size)
        bytes[0] = UInt8(keySets.count)
        bytes[1] = UInt8(applications.count)
        // The counts are there now, so the places of what they count are known.
        let layout: RemoteManagementLayout
        do throws(CardImageError) {
            layout = try RemoteManagementLayout(bytes, base: 0, length: bytes.count)
        } catch {
            throw .image(error)
        }
        for (index, keys) in keySets.enumerated() {
            let place = layout.keySet(index)
            bytes[place.version] = keys.version
            bytes[place.checksumLength] = keys.checksumLength.rawValue
            bytes[place.rights] = keys.rights.rawValue
            bytes.replaceSubrange(place.ciphering..<place.ciphering + Block.size, with: keys.ciphering.bytes)
            bytes.replaceSubrange(place.integrity..<place.integrity + Block.size, with: keys.integrity.bytes)
            bytes.set(keys.counter.value, at: place.counter, size: PacketCounter.size)
        }
        for (index, application) in applications.enumerated() {
            let place = layout.application(index)
            bytes.set(UInt64(application.target.value), at: place, size: 3)
            bytes[place + 3] = application.service.code
            bytes[place + 4] = application.minimum.spi1
            bytes.set(UInt64(application.keyVersions), at: place + 6, size: 2)
        }
        return bytes
    }
}

extension RemoteManagementKeys.Application {
    /// Whether no packet for it can be executed twice, or be made without a key.
    var isExactlyOnce: Bool {
        MinimumSecurityLevel.authentic.isMet(by: SecurityParameters(spi1: minimum.spi1, spi2: 0))
    }

    /// Reads an application from an image; nil for one that cannot be.
    init?(_ bytes: [UInt8], at place: Int) {
        guard let service = RemoteManagementKeys.Service(code: bytes.byte(at: place + 3)) else { return nil }
        self.init(
            ToolkitApplicationReference(UInt32(truncatingIfNeeded: bytes.number(at: place, size: 3))), service,
            minimum: MinimumSecurityLevel(spi1: bytes.byte(at: place + 4)),
            keyVersions: UInt16(truncatingIfNeeded: bytes.number(at: place + 6, size: 2)))
        guard isExactlyOnce else { return nil }
    }
}

extension RemoteManagementKeys.Service {
    var code: UInt8 {
        switch self {
        case .files(nil): 1
        case .files(.primary?): 2
        case .files(.backup?): 3
        case .policy: 4
        }
    }

    init?(code: UInt8) {
        switch code {
        case 1: self = .files(nil)
        case 2: self = .files(.primary)
        case 3: self = .files(.backup)
        case 4: self = .policy
        default: return nil
        }
    }
}

extension CardImage {
    /// The highest counter of each key set for management over the air; none for a card that is not managed.
    public var heldCounters: [HeldCounter] {
        layout.remoteManagement.flatMap { RemoteManagement<NoDecipher>(bytes, layout: $0)?.download.receiver.counters } ?? []
    }
}
