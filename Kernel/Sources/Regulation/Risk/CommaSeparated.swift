/// Comma-separated values (RFC 4180).
enum CommaSeparated {
    /// The records of a text. Lenient in what ends a line; quoted fields may hold anything.
    static func parse(_ bytes: [UInt8]) -> [[String]] {
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
            if record != [""] { records.append(record) }
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

    /// One record with its line end. A field that a spreadsheet would run as a formula gets an apostrophe in front.
    static func record(_ fields: [String]) -> String { fields.map(quote).joined(separator: ",") + "\r\n" }

    private static let formula: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]

    private static func quote(_ field: String) -> String {
        // Spreadsheets trim before they look, so the first scalar that is no space counts.
        let first = field.unicodeScalars.first { $0 != " " && $0 != "\u{A0}" && $0 != "\u{FEFF}" && $0 != "\0" }
        let guarded = first.map(formula.contains) ?? false ? "'" + field : field
        let special = guarded.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
        guard special else { return guarded }
        var quoted = "\""
        for scalar in guarded.unicodeScalars {
            if scalar == "\"" { quoted += "\"\"" } else { quoted.unicodeScalars.append(scalar) }
        }
        return quoted + "\""
    }
}
