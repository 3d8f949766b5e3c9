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

/// Reads the fields of one record, and remembers what is wrong with them.
private struct FieldParser {
    let record: InventoryRecord
    var issues: IssueList
    var failed = false

    mutating func fault(_ field: InventoryField, _ problem: String, _ remedy: String) {
        failed = true
        issues.add(record.place, field, problem, remedy)
    }

    private mutating func required(_ field: InventoryField) -> String? {
        if let text = record[field] { return text }
        fault(field, "no value", "Fill it in")
        return nil
    }

    mutating func name(_ field: InventoryField) -> String? {
        guard let text = required(field) else { return nil }
        return checked(text, field)
    }

    mutating func optionalName(_ field: InventoryField) -> String? {
        guard let text = record[field] else { return nil }
        return checked(text, field)
    }

    private mutating func checked(_ text: String, _ field: InventoryField) -> String? {
        guard text.utf8.count <= ImportLimit.nameBytes else {
            fault(field, "\(text.utf8.count) bytes, expected at most \(ImportLimit.nameBytes)", "Shorten it")
            return nil
        }
        let hidden = text.unicodeScalars.contains {
            $0.properties.generalCategory == .control || $0.properties.generalCategory == .format
        }
        guard !hidden else {
            fault(field, "a character that cannot be seen, in \(text.quoted)", "Remove it")
            return nil
        }
        guard text.first?.isWhitespace != true, text.last?.isWhitespace != true else {
            fault(field, "a space before or after \(text.quoted)", "Remove it")
            return nil
        }
        return text
    }

    mutating func tags() -> [String] {
        guard let text = record[.tags] else { return [] }
        let words = text.split(separator: " ").map { String($0) }
        guard words.count <= ImportLimit.tags else {
            fault(.tags, "\(words.count) tags, expected at most \(ImportLimit.tags)", "Leave some out")
            return []
        }
        for word in words where checked(word, .tags) == nil { return [] }
        return Set(words).sorted()
    }

    mutating func technologies() -> [RadioTechnology] {
        guard let text = record[.technologies] else { return [] }
        var found: [RadioTechnology] = []
        for word in text.split(separator: " ") {
            guard let technology = RadioTechnology(rawValue: String(word)) else {
                let known = RadioTechnology.allCases.map(\.rawValue).joined(separator: ", ")
                fault(
                    .technologies, "expected words of \(known), got \(String(word).quoted)",
                    "Use these words with a space between, or leave the field empty")
                return []
            }
            found.append(technology)
        }
        return found.inOrder
    }

    mutating func apn(_ field: InventoryField) -> APN? {
        guard let text = record[field] else { return nil }
        do throws(APN.Problem) { return try APN(text) } catch {
            fault(field, "\(error)", "Write it as the operator names it, such as iot.example, or leave the field empty")
            return nil
        }
    }

    mutating func number(_ field: InventoryField, _ range: ClosedRange<UInt64>) -> UInt64? {
        guard let text = required(field) else { return nil }
        return parse(text, field, range)
    }

    mutating func optionalNumber(_ field: InventoryField, _ range: ClosedRange<UInt64>) -> UInt64? {
        guard let text = record[field] else { return nil }
        return parse(text, field, range)
    }

    private mutating func parse(_ text: String, _ field: InventoryField, _ range: ClosedRange<UInt64>) -> UInt64? {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let value = UInt64(text), range.contains(value) else {
            fault(
                field, "expected a whole number from \(range.lowerBound) to \(range.upperBound), got \(text.quoted)",
                "Write it in decimal digits")
            return nil
        }
        return value
    }

    mutating func preset() -> Preset {
        guard let text = record[.preset] else { return .standard }
        if let preset = Preset(rawValue: text) { return preset }
        fault(.preset, "expected one of alarm, standard, frugal, got \(text.quoted)", "Use one of the three, or leave it empty")
        return .standard
    }

    mutating func secret() -> CardSecret? {
        guard let text = record[.secret] else {
            if record[.salt] != nil {
                fault(.secret, "a salt without a secret", "Give both, or neither to keep what the estate has")
            }
            return nil
        }
        // What came is never quoted here.
        guard text.utf8.count == 2 * CardSecret.size, let secret = try? Hex.bytes(text), secret.count == CardSecret.size else {
            fault(.secret, "expected \(2 * CardSecret.size) hexadecimal digits", "Give the card's OSCORE master secret")
            return nil
        }
        guard let salt = try? Hex.bytes(record[.salt] ?? ""), salt.count <= CardSecret.saltLimit else {
            fault(.salt, "expected up to \(2 * CardSecret.saltLimit) hexadecimal digits", "Give the card's OSCORE master salt")
            return nil
        }
        return CardSecret(masterSecret: secret, masterSalt: salt)
    }

    mutating func profile(
        _ iccid: InventoryField, _ imsi: InventoryField, _ plmn: InventoryField, _ name: InventoryField
    ) -> InventoryProfile? {
        let iccidText = required(iccid)
        let imsiText = required(imsi)
        let plmnText = required(plmn)
        let operatorName = optionalName(name)
        guard let iccidText, let imsiText, let plmnText else { return nil }
        var number: ICCID?
        var subscription: IMSI?
        var network: PLMN?
        do { number = try ICCID(iccidText) } catch { fault(iccid, "\(error)", "Write the ICCID's 18 to 20 digits") }
        do { subscription = try IMSI(imsiText) } catch { fault(imsi, "\(error)", "Write the IMSI's 6 to 15 digits") }
        do { network = try PLMN(plmnText) } catch { fault(plmn, "\(error)", "Write the PLMN as 234-15 or 23415") }
        if let number, number.digits.count == 19, !number.hasValidCheckDigit {
            fault(iccid, "the check digit of \(iccidText.quoted) does not fit", "Look for a mistyped digit")
            return nil
        }
        guard let number, let subscription, let network else { return nil }
        return InventoryProfile(iccid: number, imsi: subscription, plmn: network, operatorName: operatorName)
    }
}
