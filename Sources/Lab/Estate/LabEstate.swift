import Beacon
import Cipher
import Resilience
import SmartCard
import Wire

/// The cards and devices of a laboratory, made from a seed: the same seed gives the same identities and keys.
///
/// Its keys come from a generator that anybody can repeat: they are for labs alone.
public struct LabEstate: Sendable {
    public struct Settings: Sendable {
        /// 1...``mostCards``.
        public var cards = 300
        public var seed: UInt64 = 1
        public var preset = Preset.standard
        /// What the resilient cards run; the other groups run its comparators.
        public var parameters: Parameters
        /// Where beacons go: two endpoints.
        public var responders: [Endpoint]
        public var areas = ["North", "East", "South", "West"]
        /// How many of the cards belong to each group, as shares of one.
        public var shares: [Group: Double] = [.resilient: 1.0 / 3, .registrationWatching: 1.0 / 3, .singleProfile: 1.0 / 3]
        /// The share of the cards whose primary is the second operator.
        public var secondHome = 0.0
        /// The primaries are a third operator's subscriptions, which roam with the first.
        public var primaryRoams = false
        /// How many registrations each operator can serve in a second; nil for ``OperatorCore/Plan/registrationsPerSecond`` as it is.
        public var registrationsPerSecond: Double?
        /// Quirks that every device has.
        public var quirks: Set<Quirk> = []
        /// The access point in the cards' profiles, for the beacons.
        public var accessPoint = AccessPointName.terminalDefault

        public init(preset: Preset = .standard, responders: [Endpoint] = Settings.documentationResponders) {
            self.preset = preset
            parameters = preset.parameters
            self.responders = responders
        }

        /// Two addresses of the documentation ranges, for virtual time.
        public static let documentationResponders = [
            Endpoint(.v4(192, 0, 2, 10), port: 5_683), Endpoint(.v4(198, 51, 100, 10), port: 5_683),
        ]
    }

    public static let mostCards = 20_000

    /// One operator's subscription on a card.
    public struct Profile: Sendable, Equatable {
        public var iccid: ICCID
        public var imsi: IMSI
        /// The network that carries it, and its place in ``LabEstate/operators``.
        public var plmn: PLMN
        public var carrier: Int
        public var key: Block
        public var operatorConstant: Block
    }

    /// One device.
    public struct Member: Sendable, Equatable {
        public var id: TerminalID
        public var name: String
        public var group: Group
        public var area: Area
        public var product: String
        public var firmware: String
        public var country: String
        public var card: CardNumber
        public var primary: Profile
        public var backup: Profile?
        /// OSCORE master secret, 16 bytes, and salt, 8 bytes.
        public var secret: [UInt8]
        public var salt: [UInt8]
        public var parameters: Parameters
        public var quirks: Set<Quirk>
    }

    /// Why no estate can be made.
    public enum Problem: Error, Equatable {
        case cards(Int, allowed: ClosedRange<Int>)
        case responders(Int, expected: Int)
        case noAreas
        /// A key derivation that gives too few bytes.
        case keyDerivation
        case personalisation(PersonalisationError)
        case image(CardImageError)
        case identity(NumberingError)
    }

    public let settings: Settings
    public let members: [Member]
    public let operators: [OperatorCore.Plan]

    public init(_ settings: Settings) throws(Problem) {
        guard (1...LabEstate.mostCards).contains(settings.cards) else {
            throw .cards(settings.cards, allowed: 1...LabEstate.mostCards)
        }
        guard settings.responders.count == 2 else { throw .responders(settings.responders.count, expected: 2) }
        guard !settings.areas.isEmpty else { throw .noAreas }
        self.settings = settings
        do throws(NumberingError) {
            operators = try LabEstate.plans(settings)
            var maker = Maker(settings, operators.map(\.plmn))
            members = try maker.members()
        } catch {
            throw .identity(error)
        }
    }

    private static func plans(_ settings: Settings) throws(NumberingError) -> [OperatorCore.Plan] {
        var first = OperatorCore.Plan(
            name: "Alder Mobile", plmn: try PLMN("999-70"),
            accessPoints: [
                AccessPoint(name: "internet", network: 0x6440_0000, size: 65_000),
                AccessPoint(name: "maker.private", network: 0x0A40_0000, size: 65_000),
            ])
        if settings.primaryRoams { first.partners = [try PLMN("999-72")] }
        var second = OperatorCore.Plan(
            name: "Birch Telecom", plmn: try PLMN("999-71"),
            accessPoints: [
                AccessPoint(name: "internet", network: 0x6441_0000, size: 65_000),
                AccessPoint(name: "maker.private", network: 0x0A41_0000, size: 65_000),
            ])
        if let rate = settings.registrationsPerSecond {
            first.registrationsPerSecond = rate
            second.registrationsPerSecond = rate
        }
        return [first, second]
    }

    /// How many cards a group has.
    public func count(of group: Group) -> Int { members.reduce(0) { $0 + ($1.group == group ? 1 : 0) } }

    /// The name of an area.
    public func name(of area: Area) -> String {
        settings.areas.indices.contains(area.rawValue) ? settings.areas[area.rawValue] : "?"
    }
}

// MARK: Cards
extension LabEstate {
    /// The image of a member's card, with keys derived for both responders.
    public func image(of member: Member, using derivation: some KeyDerivation) throws(Problem) -> CardImage {
        var addresses: [ResponderAddress] = []
        for (index, endpoint) in settings.responders.enumerated() {
            guard
                let keys = SecurityKeys.derive(
                    masterSecret: member.secret, masterSalt: member.salt + [UInt8(index)], sender: member.card.identifier,
                    recipient: BeaconServer.identifier, using: derivation)
            else { throw .keyDerivation }
            addresses.append(ResponderAddress(endpoint.address.coded, port: endpoint.port, keys: keys))
        }
        guard let pin = AccessCodes.Code("0000"), let unblock = AccessCodes.Code("12345678"),
            let administrative = AccessCodes.Code("88888888")
        else {
            throw .keyDerivation
        }
        guard
            let policyKey = SecurityKeys.policyKey(
                of: member.card, masterSecret: member.secret, masterSalt: member.salt, using: derivation)
        else { throw .keyDerivation }
        let personalisation = Personalisation(
            card: member.card, primary: subscription(member.primary), backup: member.backup.map(subscription),
            codes: AccessCodes(
                pin: pin, isPINEnabled: false, unblockPIN: unblock, secondPIN: pin, unblockSecondPIN: unblock,
                administrative: administrative),
            parameters: member.parameters, responders: addresses, watchdog: watchdog(of: member),
            policyKey: policyKey)
        do throws(PersonalisationError) { return try personalisation.image() } catch { throw .personalisation(error) }
    }

    private func watchdog(of member: Member) -> Interval? {
        for case .watchdogReset(let minutes) in member.quirks { return .minutes(UInt32(clamping: minutes)) }
        return nil
    }

    private func subscription(_ profile: Profile) -> Subscription {
        Subscription(
            iccid: profile.iccid, imsi: profile.imsi, networkCodeDigits: 2, key: profile.key,
            operatorConstant: profile.operatorConstant, accessPoint: settings.accessPoint,
            serviceProvider: operators[profile.carrier].name, preferredNetworks: [PreferredNetwork(profile.plmn)])
    }

    /// The world that this estate lives in, switched off at its beginning.
    ///
    /// - Parameters:
    ///   - epoch: UTC in milliseconds since 1970 at the beginning.
    ///   - powerOn: the time over which the devices are switched on.
    ///   - responding: who answers beacons in virtual time; nil where a ``Transport`` will be set.
    public func world(
        timing: Timing, powerOn: Duration, epoch: Int64, responding: (any Responding)?, using derivation: some KeyDerivation
    ) throws(Problem) -> World {
        var cores = operators.indices.map { OperatorCore(operators[$0], seed: settings.seed &+ UInt64($0)) }
        var inhabitants: [(terminal: Terminal<LabCard>, area: Area, group: Group)] = []
        for member in members {
            for profile in [member.primary, member.backup].compactMap({ $0 }) {
                cores[profile.carrier].provision(
                    AuthenticationCentre.Subscriber(
                        imsi: profile.imsi, key: profile.key, operatorConstant: profile.operatorConstant))
            }
            let image = try image(of: member, using: derivation)
            let card: LabCard
            do throws(CardImageError) { card = try LabCard(image: image) } catch { throw .image(error) }
            var equipment = Terminal<LabCard>.Equipment(timing: timing)
            equipment.quirks = member.quirks
            equipment.epoch = epoch
            let digits = String(member.id.rawValue)
            equipment.imei = "35000000" + String(repeating: "0", count: max(0, 7 - digits.count)) + digits
            inhabitants.append(
                (Terminal(id: member.id, card: card, equipment: equipment, seed: settings.seed), member.area, member.group))
        }
        return World(
            operators: cores, members: inhabitants, responders: settings.responders, responding: responding, epoch: epoch,
            seed: settings.seed,
            powerOn: powerOn,
            internet: timing == .laboratory
                ? Spread(always: .milliseconds(1))
                : Spread(
                    .milliseconds(4), p50: .milliseconds(12), p90: .milliseconds(25), p99: .milliseconds(80),
                    most: .milliseconds(200)))
    }
}

extension IPAddress {
    var coded: ResponderAddress.Address {
        switch self {
        case .v4(let number):
            .v4(
                UInt8(truncatingIfNeeded: number >> 24), UInt8(truncatingIfNeeded: number >> 16),
                UInt8(truncatingIfNeeded: number >> 8),
                UInt8(truncatingIfNeeded: number))
        case .v6(let high, let low): .v6(high: high, low: low)
        }
    }
}

// MARK: Identities
extension LabEstate {
    private struct Maker {
        private static let products: [(name: String, firmware: [String])] = [
            ("Telecare hub", ["4.2.1", "4.2.0", "4.1.7"]), ("Intruder panel", ["2.0.3", "1.9.8"]),
            ("EV charger", ["7.1.0", "7.0.2"]),
            ("Payment terminal", ["3.3.0"]),
        ]
        private static let countries = ["GB", "GB", "IE", "DE"]

        let settings: Settings
        let networks: [PLMN]
        var random: SplitMix64

        init(_ settings: Settings, _ networks: [PLMN]) {
            self.settings = settings
            self.networks = networks
            random = SplitMix64(seed: settings.seed, part: 0xE57A7E)
        }

        mutating func members() throws(NumberingError) -> [Member] {
            var members: [Member] = []
            members.reserveCapacity(settings.cards)
            for (index, group) in groups().enumerated() { members.append(try member(index, group)) }
            return members
        }

        /// The groups in turn, so that every area and product has its share of each.
        private func groups() -> [Group] {
            var given: [Group: Int] = [:]
            return (0..<settings.cards).map { index in
                func lacking(_ group: Group) -> Double {
                    settings.shares[group, default: 0] * Double(index + 1) - Double(given[group, default: 0])
                }
                let next = Group.allCases.max { lacking($0) < lacking($1) } ?? .resilient
                given[next, default: 0] += 1
                return next
            }
        }

        private mutating func member(_ index: Int, _ group: Group) throws(NumberingError) -> Member {
            let product = Maker.products[random.below(Maker.products.count)]
            let number = String(index + 1)
            let name = "device-" + String(repeating: "0", count: max(0, 5 - number.count)) + number
            let home = random.unit() < settings.secondHome ? 1 : 0
            // Forty bits, of which the lowest count the cards, so that no two are the same.
            let identity = CardNumber((random.next() & 0xFF_FFF0_0000) | UInt64(index & 0xF_FFFF))
            let primary = try profile(
                index, carrier: home, home: settings.primaryRoams && home == 0 ? PLMN("999-72") : networks[home])
            let backup = group == .singleProfile ? nil : try profile(index, carrier: 1 - home, home: networks[1 - home])
            let parameters =
                switch group {
                case .resilient: settings.parameters
                case .registrationWatching: settings.parameters.watchingRegistrationOnly()
                case .singleProfile: settings.parameters.withoutMoving()
                }
            guard let identity else { throw .length(digits: index, allowed: 0...LabEstate.mostCards) }
            return Member(
                id: TerminalID(rawValue: index), name: name, group: group,
                area: Area(rawValue: index / Group.allCases.count % settings.areas.count),
                product: product.name, firmware: product.firmware[random.below(product.firmware.count)],
                country: Maker.countries[random.below(Maker.countries.count)], card: identity, primary: primary, backup: backup,
                secret: random.bytes(16), salt: random.bytes(8), parameters: parameters, quirks: settings.quirks)
        }

        private mutating func profile(_ index: Int, carrier: Int, home: PLMN) throws(NumberingError) -> Profile {
            let count = String(index + 1)
            let serial = String(repeating: "0", count: 10 - count.count) + count
            let digits = home.description.filter { $0 != "-" }
            // The industry's prefix, a country code that is nobody's, the issuer's number, the serial, and the check digit.
            let number = "89999" + String(digits.suffix(3)) + serial
            var iccid = try ICCID(number + "0")
            for check in 0...9 where !iccid.hasValidCheckDigit { iccid = try ICCID(number + String(check)) }
            return Profile(
                iccid: iccid, imsi: try IMSI(digits + serial), plmn: networks[carrier], carrier: carrier,
                key: Block(high: random.next(), low: random.next()),
                operatorConstant: Block(high: random.next(), low: random.next()))
        }
    }
}

// MARK: Inventory
extension LabEstate {
    /// The estate in the import format of the inventory: CSV, one device a line, with a header.
    public var inventory: String {
        let header = [
            "device", "product", "firmware", "country", "area", "tags", "card", "primary_iccid", "primary_imsi", "primary_plmn",
            "primary_operator",
            "backup_iccid", "backup_imsi", "backup_plmn", "backup_operator", "preset", "interval", "secret", "salt",
            "policy_version", "technologies", "primary_apn", "backup_apn",
        ]
        var lines = [header.joined(separator: ",")]
        lines.reserveCapacity(members.count + 1)
        for member in members {
            var fields = [
                member.name, member.product, member.firmware, member.country, name(of: member.area), member.group.rawValue,
                member.card.description,
            ]
            fields += columns(member.primary)
            fields += member.backup.map(columns) ?? ["", "", "", ""]
            fields += [settings.preset.rawValue, String(max(1, member.parameters.heartbeat.milliseconds / 1_000))]
            fields += [Hex.text(member.secret), Hex.text(member.salt), String(member.parameters.version)]
            let (technologies, apn) = Self.connectivity(of: member.product)
            fields += [technologies, apn, member.backup == nil ? "" : apn]
            lines.append(fields.joined(separator: ","))
        }
        return lines.joined(separator: "\r\n") + "\r\n"
    }

    /// What the radio of a product can use, and its APN at every operator: one product is old, and two are on the internet.
    private static func connectivity(of product: String) -> (technologies: String, apn: String) {
        switch product {
        case "Telecare hub": ("2G 4G", "maker.private")
        case "Intruder panel": ("2G 3G", "maker.private")
        case "EV charger": ("4G LTE-M", "internet")
        default: ("2G 3G 4G", "internet")
        }
    }

    private func columns(_ profile: Profile) -> [String] {
        [profile.iccid.description, profile.imsi.description, profile.plmn.description, operators[profile.carrier].name]
    }
}
