/// A strict reader of RFC 4180: quoted fields with doubled quotes, line breaks inside them, CRLF or LF, a byte order mark.
///
/// It is our own because it must say on which line and in which column a file goes wrong, refuse what is ambiguous in place of
/// guessing (a quote in the middle of a field, a row with a field too many), and stay inside stated bounds.
struct CSVReader {
    /// One line of fields, with the number of the line on which it begins.
    struct Line {
        var number: Int
        var fields: [String]
    }

    private let bytes: [UInt8]
    private var offset = 0
    private var line = 1

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        // U+FEFF in UTF-8: spreadsheets put it first.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
    }

    /// Why a line cannot be read, and therefore nothing after it.
    struct Fault: Error {
        var line: Int
        var column: Int
        var problem: String
        var remedy: String
    }

    /// The next line that is not empty; nil at the end.
    mutating func next() throws(Fault) -> Line? {
        while let byte = peek() {
            if byte == 0x0A {
                offset += 1
                line += 1
            } else if byte == 0x0D, offset + 1 < bytes.count, bytes[offset + 1] == 0x0A {
                offset += 2
                line += 1
            } else {
                return try readLine()
            }
        }
        return nil
    }

    private func peek() -> UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func readLine() throws(Fault) -> Line {
        let first = line
        var fields: [String] = []
        while true {
            guard fields.count < ImportLimit.columns else {
                throw Fault(
                    line: first, column: fields.count + 1, problem: "more than \(ImportLimit.columns) columns",
                    remedy: "Leave out the columns that are not listed in the documentation")
            }
            fields.append(try readField(column: fields.count + 1, first: first))
            switch peek() {
            case 0x2C: offset += 1
            case 0x0A:
                offset += 1
                line += 1
                return Line(number: first, fields: fields)
            case 0x0D:
                // readField has seen the line feed behind it.
                offset += 2
                line += 1
                return Line(number: first, fields: fields)
            default: return Line(number: first, fields: fields)
            }
        }
    }

    private mutating func readField(column: Int, first: Int) throws(Fault) -> String {
        var content: [UInt8] = []
        let begin = line
        if peek() == 0x22 {
            offset += 1
            while true {
                guard let byte = peek() else {
                    throw Fault(
                        line: begin, column: column, problem: "a quoted field that begins here has no end",
                        remedy: "Close it with a quotation mark, or write \"\" where a quotation mark is meant")
                }
                offset += 1
                if byte == 0x22 {
                    guard peek() == 0x22 else { break }
                    offset += 1
                }
                if byte == 0x0A { line += 1 }
                try append(byte, to: &content, column: column)
            }
            guard let byte = peek() else { return try text(content, column: column) }
            let ends = byte == 0x2C || byte == 0x0A || (byte == 0x0D && offset + 1 < bytes.count && bytes[offset + 1] == 0x0A)
            guard ends else {
                throw Fault(
                    line: line, column: column, problem: "something follows the closing quotation mark of a field",
                    remedy: "Write \"\" where a quotation mark is meant, and put the comma right behind the closing one")
            }
            return try text(content, column: column)
        }
        while let byte = peek(), byte != 0x2C, byte != 0x0A {
            if byte == 0x0D {
                guard offset + 1 < bytes.count, bytes[offset + 1] == 0x0A else {
                    throw Fault(
                        line: line, column: column, problem: "a carriage return without a line feed",
                        remedy: "End lines in CRLF or LF")
                }
                break
            }
            guard byte != 0x22 else {
                throw Fault(
                    line: line, column: column, problem: "a quotation mark in the middle of a field",
                    remedy: "Put the whole field in quotation marks and double the ones inside")
            }
            try append(byte, to: &content, column: column)
            offset += 1
        }
        return try text(content, column: column)
    }

    private func append(_ byte: UInt8, to content: inout [UInt8], column: Int) throws(Fault) {
        guard content.count < ImportLimit.fieldBytes else {
            throw Fault(
                line: line, column: column, problem: "a field of more than \(ImportLimit.fieldBytes) bytes",
                remedy: "Shorten it; or a quotation mark is missing further up")
        }
        content.append(byte)
    }

    private func text(_ content: [UInt8], column: Int) throws(Fault) -> String {
        guard let text = String(validating: content, as: UTF8.self) else {
            throw Fault(line: line, column: column, problem: "bytes that are not UTF-8", remedy: "Save the file as UTF-8")
        }
        return text
    }
}

extension CSVReader {
    /// The rows of a file whose first line names the columns. Stops at the first line that cannot be read.
    static func records(of bytes: [UInt8], issues: inout IssueList) -> [InventoryRecord] {
        var reader = CSVReader(bytes)
        var records: [InventoryRecord] = []
        do {
            guard let header = try reader.next() else {
                issues.add(.file, "no line, expected a header", "Begin with a line that names the columns: \(InventoryField.list)")
                return []
            }
            guard let columns = columns(of: header, issues: &issues) else { return [] }
            while let line = try reader.next() {
                guard records.count < ImportLimit.rows else {
                    issues.add(.line(line.number), "more than \(ImportLimit.rows) rows", "Import the rest from another file")
                    return records
                }
                guard line.fields.count == columns.count else {
                    issues.add(
                        .line(line.number), "\(line.fields.count) fields, expected \(columns.count) as in the header",
                        "Give every row as many fields as the header; put a field with a comma in quotation marks")
                    if issues.isFull { return records }
                    continue
                }
                var record = InventoryRecord(place: .line(line.number))
                for (field, text) in zip(columns, line.fields) { record[field] = text }
                records.append(record)
            }
        } catch {
            issues.add(.line(error.line), "column \(error.column): \(error.problem)", error.remedy)
        }
        return records
    }

    private static func columns(of header: Line, issues: inout IssueList) -> [InventoryField]? {
        if header.fields.count == 1, let only = header.fields.first, only.contains(";") || only.contains("\t") {
            issues.add(.line(header.number), "the columns are not separated by commas", "Save the file with commas as separators")
            return nil
        }
        var columns: [InventoryField] = []
        for name in header.fields {
            guard let field = InventoryField.names[name] else {
                issues.add(
                    .line(header.number), named: String(name.prefix(40)), "an unknown column, \(name.quoted)",
                    "Use only these: \(InventoryField.list)")
                continue
            }
            if columns.contains(field) {
                issues.add(.line(header.number), field, "the column is there twice", "Leave one out")
            }
            columns.append(field)
        }
        for field in InventoryField.allCases where field.isRequired && !columns.contains(field) {
            issues.add(.line(header.number), field, "the column is missing", "Add it")
        }
        return issues.isEmpty ? columns : nil
    }
}
