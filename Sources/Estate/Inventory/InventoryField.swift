/// The columns of an inventory file, by the names that a CSV header and a JSON object use.
enum InventoryField: String, CaseIterable {
    case device, product, firmware, country, area, tags, card
    case primaryICCID = "primary_iccid"
    case primaryIMSI = "primary_imsi"
    case primaryPLMN = "primary_plmn"
    case primaryOperator = "primary_operator"
    case backupICCID = "backup_iccid"
    case backupIMSI = "backup_imsi"
    case backupPLMN = "backup_plmn"
    case backupOperator = "backup_operator"
    case preset, interval, secret, salt
    case policyVersion = "policy_version"
    case technologies
    case primaryAPN = "primary_apn"
    case backupAPN = "backup_apn"

    /// Whether every row must have a value.
    var isRequired: Bool {
        switch self {
        case .device, .product, .firmware, .country, .card, .primaryICCID, .primaryIMSI, .primaryPLMN: true
        default: false
        }
    }

    /// Whether a message may quote what came.
    var isSecret: Bool { self == .secret || self == .salt }

    static let names: [String: InventoryField] = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })
    static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

/// One row as it was read: a place for messages, and the text of each field that has one.
struct InventoryRecord {
    var place: ImportIssue.Place
    private var values = [String?](repeating: nil, count: InventoryField.allCases.count)

    init(place: ImportIssue.Place) { self.place = place }

    /// The text of a field; nil where it is absent or empty.
    subscript(field: InventoryField) -> String? {
        get { values[Self.position[field] ?? 0] }
        set { values[Self.position[field] ?? 0] = newValue.flatMap { $0.isEmpty ? nil : $0 } }
    }

    private static let position: [InventoryField: Int] = Dictionary(
        uniqueKeysWithValues: InventoryField.allCases.enumerated().map { ($1, $0) })
}
