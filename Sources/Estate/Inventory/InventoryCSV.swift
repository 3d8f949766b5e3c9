import Wire

/// Writes inventories as the importer reads them.
public enum InventoryCSV {
    /// A CSV file with every column. It holds the cards' secrets in the clear: treat it so.
    public static func write(_ rows: [InventoryRow]) -> [UInt8] {
        var bytes: [UInt8] = []
        // The importer reads back what was written: an apostrophe in front of a formula would become a part of the name.
        CommaSeparated.append(InventoryField.allCases.map(\.rawValue), formulas: .kept, to: &bytes)
        for row in rows {
            CommaSeparated.append(InventoryField.allCases.map { value(of: $0, in: row) }, formulas: .kept, to: &bytes)
        }
        return bytes
    }

    private static func value(of field: InventoryField, in row: InventoryRow) -> String {
        switch field {
        case .device: row.device
        case .product: row.product
        case .firmware: row.firmware
        case .country: row.country
        case .area: row.area ?? ""
        case .tags: row.tags.joined(separator: " ")
        case .card: String(row.card)
        case .primaryICCID: row.primary.iccid.description
        case .primaryIMSI: row.primary.imsi.description
        case .primaryPLMN: row.primary.plmn.description
        case .primaryOperator: row.primary.operatorName ?? ""
        case .backupICCID: row.backup?.iccid.description ?? ""
        case .backupIMSI: row.backup?.imsi.description ?? ""
        case .backupPLMN: row.backup?.plmn.description ?? ""
        case .backupOperator: row.backup?.operatorName ?? ""
        case .preset: row.preset.rawValue
        case .interval: row.interval.map { String($0) } ?? ""
        case .secret: row.secret.map { Hex.text($0.masterSecret) } ?? ""
        case .salt: row.secret.map { Hex.text($0.masterSalt) } ?? ""
        case .policyVersion: row.policyVersion.map { String($0) } ?? ""
        case .technologies: row.technologies.words
        case .primaryAPN: row.primary.apn?.text ?? ""
        case .backupAPN: row.backup?.apn?.text ?? ""
        }
    }
}
