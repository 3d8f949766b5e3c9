/// Comma-separated values (RFC 4180): what is in these files goes through a spreadsheet sooner or later.
public enum CommaSeparated {
    /// The records of a text. Lenient in what ends a line; quoted fields may hold anything.
    public static func parse(_ bytes: [UInt8]) -> [[String]] {
        var records: [[String]] = []
        var record: [String] = []
        var field: [UInt8] = []
        var quoted = false
        var index = 0
        func byte(_ at: Int) -> UInt8? { at < bytes.count ? bytes[at] : nil }
        func endField() {
            record.append(String(decoding: field, as: UTF8.self))
            field = []
        }
        func endRecord() {
            endField()
            if record.count > 1 || !record[0].utf8.isEmpty { records.append(record) }
            record = []
        }
        while let current = byte(index) {
            switch (quoted, current) {
            case (true, UInt8(ascii: "\"")):
                if byte(index + 1) == UInt8(ascii: "\"") {
                    field.append(current)
                    index += 1
                } else {
                    quoted = false
                }
            case (true, _): field.append(current)
            case (false, UInt8(ascii: "\"")) where field.isEmpty: quoted = true
            case (false, UInt8(ascii: ",")): endField()
            case (false, UInt8(ascii: "\r")): break
            case (false, UInt8(ascii: "\n")): endRecord()
            default: field.append(current)
            }
            index += 1
        }
        if !field.isEmpty || !record.isEmpty { endRecord() }
        return records
    }

    /// What is done with a field that a spreadsheet would run as a formula.
    public enum Formulas: Sendable {
        /// It gets an apostrophe in front. For what people open; an importer would take the apostrophe for a part of the text.
        case guarded
        /// It stays as it is. For what comes back through an importer, which must read what was written.
        case kept
    }

    /// Appends one record with its line end.
    public static func append(_ fields: [String], formulas: Formulas = .guarded, to bytes: inout [UInt8]) {
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            append(field, isGuarded: formulas == .guarded && isFormula(field), to: &bytes)
        }
        bytes.append(0x0D)
        bytes.append(0x0A)
    }

    private static func append(_ field: String, isGuarded: Bool, to bytes: inout [UInt8]) {
        let isQuoted = field.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
        if isQuoted { bytes.append(0x22) }
        if isGuarded { bytes.append(UInt8(ascii: "'")) }
        // By bytes: as a character, a quotation mark with a combining mark after it is none.
        for byte in field.utf8 {
            if byte == 0x22 { bytes.append(byte) }
            bytes.append(byte)
        }
        if isQuoted { bytes.append(0x22) }
    }

    private static func isFormula(_ field: String) -> Bool {
        // Spreadsheets trim before they look, so the first scalar that is no space counts.
        for scalar in field.unicodeScalars {
            switch scalar {
            case " ", "\u{A0}", "\u{FEFF}", "\0": continue
            case "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠": return true
            default: return false
            }
        }
        return false
    }
}
