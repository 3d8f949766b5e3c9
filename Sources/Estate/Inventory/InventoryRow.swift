import Regulation
import Resilience
import Wire

/// How often a card beacons and how fast it moves, by name; the thresholds are `Resilience.Parameters`'.
public enum Preset: String, Codable, CaseIterable, Sendable {
    case alarm, standard, frugal

    /// Seconds between beacons while all is well.
    public var interval: Int {
        Int(parameters.heartbeat.milliseconds) / 1_000
    }

    /// The thresholds of the switching policy.
    public var parameters: Parameters {
        switch self {
        case .alarm: .alarm
        case .standard: .standard
        case .frugal: .frugal
        }
    }
}

/// One subscription on a card, as an inventory names it.
public struct InventoryProfile: Equatable, Sendable {
    public var iccid: ICCID
    public var imsi: IMSI
    public var plmn: PLMN
    /// What people call the operator; nil keeps the name it has, or calls it by its PLMN.
    public var operatorName: String?
    /// The access point through which it is connected; nil when that is not said.
    public var apn: APN?

    public init(iccid: ICCID, imsi: IMSI, plmn: PLMN, operatorName: String? = nil) {
        self.iccid = iccid
        self.imsi = imsi
        self.plmn = plmn
        self.operatorName = operatorName
    }
}

/// A device with its card, as one row of an inventory says it.
public struct InventoryRow: Equatable, Sendable {
    /// The customer's own name for the device; unique in the estate.
    public var device: String
    public var product: String
    /// The firmware's version.
    public var firmware: String
    /// Where it is deployed: two capital letters (ISO 3166-1) by convention.
    public var country: String
    /// A radio area in the customer's own words, such as a city.
    public var area: String?
    /// Words by which slices can be made.
    public var tags: [String] = []
    /// The card's number: below 2^40, and its OSCORE sender id.
    public var card: UInt64
    public var primary: InventoryProfile
    /// Nil for a card with a single profile.
    public var backup: InventoryProfile?
    public var preset: Preset = .standard
    /// Seconds between beacons, where it is not the preset's.
    public var interval: Int?
    /// Nil keeps what the estate has; a new device needs one.
    public var secret: CardSecret?
    /// The policy version that the card should run; nil for whichever it has.
    public var policyVersion: UInt32?
    /// What the device's radio can use; empty when that is not said.
    public var technologies: [RadioTechnology] = []

    /// The largest card number.
    public static let cardLimit: UInt64 = 1 << 40 - 1
    /// Seconds between beacons: ten seconds to thirty days.
    public static let intervals = 10...2_592_000

    public init(
        device: String, product: String, firmware: String, country: String, card: UInt64, primary: InventoryProfile,
        backup: InventoryProfile? = nil, secret: CardSecret? = nil
    ) {
        self.device = device
        self.product = product
        self.firmware = firmware
        self.country = country
        self.card = card
        self.primary = primary
        self.backup = backup
        self.secret = secret
    }

    /// Seconds between beacons.
    public var expectedInterval: Int { interval ?? preset.interval }
}

extension InventoryRow {
    /// The row that a record says, or nil with its issues added.
    init?(_ record: InventoryRecord, issues: inout IssueList) {
        var parser = FieldParser(record: record, issues: issues)
        let device = parser.name(.device)
        let product = parser.name(.product)
        let firmware = parser.name(.firmware)
        let country = parser.name(.country)
        let area = parser.optionalName(.area)
        let tags = parser.tags()
        let card = parser.number(.card, 0...InventoryRow.cardLimit)
        let primary = parser.profile(.primaryICCID, .primaryIMSI, .primaryPLMN, .primaryOperator)
        let hasBackup = [.backupICCID, .backupIMSI, .backupPLMN, .backupOperator].contains { record[$0] != nil }
        let backup = hasBackup ? parser.profile(.backupICCID, .backupIMSI, .backupPLMN, .backupOperator) : nil
        let preset = parser.preset()
        let interval = parser.optionalNumber(.interval, UInt64(Self.intervals.lowerBound)...UInt64(Self.intervals.upperBound))
        let secret = parser.secret()
        let policy = parser.optionalNumber(.policyVersion, 0...UInt64(UInt32.max))
        let technologies = parser.technologies()
        let primaryAPN = parser.apn(.primaryAPN)
        let backupAPN = parser.apn(.backupAPN)
        if !hasBackup && record[.backupAPN] != nil {
            parser.fault(
                .backupAPN, "an APN for a backup that the row does not have",
                "Fill in the backup's columns, or leave this one empty")
        }
        if let primary, let backup {
            if primary.iccid == backup.iccid {
                parser.fault(.backupICCID, "the same ICCID as the primary's", "Give each profile its own")
            }
            if primary.imsi == backup.imsi {
                parser.fault(.backupIMSI, "the same IMSI as the primary's", "Give each profile its own")
            }
        }
        issues = parser.issues
        guard !parser.failed, let device, let product, let firmware, let country, let card, let primary else { return nil }
        self.init(
            device: device, product: product, firmware: firmware, country: country, card: card, primary: primary, backup: backup,
            secret: secret)
        self.area = area
        self.tags = tags
        self.preset = preset
        self.interval = interval.map { Int($0) }
        self.policyVersion = policy.map { UInt32($0) }
        self.technologies = technologies
        self.primary.apn = primaryAPN
        self.backup?.apn = backupAPN
    }
}
