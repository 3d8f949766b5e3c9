import Wire

/// Writes inventories as the importer reads them.
public enum InventoryCSV {
    /// A CSV file with every column. It holds the cards' secrets in the clear: treat it so.
    public static func write(_ rows: [InventoryRow]) -> [UInt8] {
        var text = InventoryField.allCases.map(\.rawValue).joined(separator: ",") + "\r\n"
        for row in rows {
            let fields = InventoryField.allCases.map { escaped(value(of: $0, in: row)) }
            text += fields.joined(separator: ",") + "\r\n"
        }
        return Array(text.utf8)
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

    private static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return text }
        // By scalars: as a character, a quote with a combining mark after it is not a quote.
        var scalars = "\"".unicodeScalars
        for scalar in text.unicodeScalars {
            if scalar == "\"" { scalars.append(scalar) }
            scalars.append(scalar)
        }
        scalars.append("\"")
        return String(scalars)
    }
}
