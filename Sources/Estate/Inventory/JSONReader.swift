/// A strict reader of one JSON array of flat objects (RFC 8259): strings, integers, null, and arrays of strings.
///
/// It is our own because an error must carry a JSON pointer, a member that is there twice must be refused and not silently lost,
/// and nothing nested deeper than the inventory's own shape is ever followed.
struct JSONReader {
    private let bytes: [UInt8]
    private var offset = 0
    private var pointer = ""

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Why the text cannot be read on, and where.
    struct Fault: Error {
        var pointer: String
        var problem: String
        var remedy: String
    }

    private func fault(_ problem: String, _ remedy: String = "Correct the JSON at this place") -> Fault {
        Fault(pointer: pointer, problem: "\(problem) at byte \(offset)", remedy: remedy)
    }

    private func came() -> String {
        guard offset < bytes.count else { return "the end" }
        let byte = bytes[offset]
        return (0x21...0x7E).contains(byte) ? "'\(Character(Unicode.Scalar(byte)))'" : "the byte \(byte)"
    }

    private mutating func skipBlank() {
        while offset < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[offset]) { offset += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipBlank()
        guard offset < bytes.count, bytes[offset] == byte else { return false }
        offset += 1
        return true
    }

    private mutating func expect(_ byte: UInt8) throws(Fault) {
        guard take(byte) else { throw fault("expected '\(Character(Unicode.Scalar(byte)))', got \(came())") }
    }

    private mutating func string() throws(Fault) -> String {
        try expect(0x22)
        var content: [UInt8] = []
        while true {
            guard offset < bytes.count else { throw fault("a string without an end") }
            guard content.count <= ImportLimit.fieldBytes else {
                throw fault("a string of more than \(ImportLimit.fieldBytes) bytes", "Shorten it")
            }
            let byte = bytes[offset]
            offset += 1
            switch byte {
            case 0x22:
                guard let text = String(validating: content, as: UTF8.self) else {
                    throw fault("a string that is not UTF-8", "Save the file as UTF-8")
                }
                return text
            case 0x5C: content.append(contentsOf: try escape())
            case 0x00..<0x20:
                throw fault(
                    "a control character inside a string", "Write it as \\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))")
            default: content.append(byte)
            }
        }
    }

    private mutating func escape() throws(Fault) -> [UInt8] {
        guard offset < bytes.count else { throw fault("a string without an end") }
        let byte = bytes[offset]
        offset += 1
        switch byte {
        case 0x22, 0x5C, 0x2F: return [byte]
        case 0x62: return [0x08]
        case 0x66: return [0x0C]
        case 0x6E: return [0x0A]
        case 0x72: return [0x0D]
        case 0x74: return [0x09]
        case 0x75:
            var value = UInt32(try unit())
            if (0xD800...0xDBFF).contains(value) {
                guard offset + 1 < bytes.count, bytes[offset] == 0x5C, bytes[offset + 1] == 0x75 else {
                    throw fault("half a surrogate pair")
                }
                offset += 2
                let low = UInt32(try unit())
                guard (0xDC00...0xDFFF).contains(low) else { throw fault("half a surrogate pair") }
                value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(value) else { throw fault("half a surrogate pair") }
            return Array(String(Character(scalar)).utf8)
        default: throw fault("an unknown escape")
        }
    }

    private mutating func unit() throws(Fault) -> UInt16 {
        guard bytes.count - offset >= 4, let text = String(validating: bytes[offset..<offset + 4], as: UTF8.self),
            !text.hasPrefix("+"), !text.hasPrefix("-"), let value = UInt16(text, radix: 16)
        else { throw fault("\\u without four hexadecimal digits") }
        offset += 4
        return value
    }

    /// A scalar of the inventory as text: a string, an integer's digits, nothing for null.
    private mutating func scalar(_ member: InventoryField) throws(Fault) -> String {
        skipBlank()
        guard offset < bytes.count else { throw fault("expected a value, got the end") }
        switch bytes[offset] {
        case 0x22: return try string()
        case 0x5B where member == .tags || member == .technologies:
            let what = member == .tags ? "tag" : "technology"
            offset += 1
            var words: [String] = []
            if take(0x5D) { return "" }
            repeat {
                guard words.count < ImportLimit.tags else { throw fault("more than \(ImportLimit.tags) values", "Leave some out") }
                let word = try string()
                // Several are one text with spaces between, here as in CSV.
                guard !word.isEmpty, !word.contains(" ") else {
                    throw fault("a \(what) that is empty or has a space", "Write one word")
                }
                words.append(word)
            } while take(0x2C)
            try expect(0x5D)
            return words.joined(separator: " ")
        case 0x2D, 0x30...0x39:
            let start = offset
            while offset < bytes.count,
                [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains(bytes[offset]) || (0x30...0x39).contains(bytes[offset])
            { offset += 1 }
            let digits = bytes[start..<offset]
            let whole = digits.allSatisfy { (0x30...0x39).contains($0) } && (digits.count == 1 || digits.first != 0x30)
            guard whole, digits.count <= 20 else {
                throw fault(
                    "a number that is not a whole, positive one", "Write whole numbers, or put the digits in quotation marks")
            }
            return String(decoding: digits, as: UTF8.self)
        case 0x6E where bytes[offset...].starts(with: Array("null".utf8)):
            offset += 4
            return ""
        case 0x5B, 0x7B: throw fault("a nested value", "Write a string or a whole number")
        default: throw fault("expected a string or a whole number, got \(came())")
        }
    }

    /// The rows of a document. Stops where the text is not JSON.
    static func records(of bytes: [UInt8], issues: inout IssueList) -> [InventoryRecord] {
        var reader = JSONReader(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes)
        var records: [InventoryRecord] = []
        do {
            try reader.read(into: &records, issues: &issues)
        } catch {
            issues.add(.pointer(error.pointer), error.problem, error.remedy)
        }
        return records
    }

    private mutating func read(into records: inout [InventoryRecord], issues: inout IssueList) throws(Fault) {
        try expect(0x5B)
        if !take(0x5D) {
            var index = 0
            repeat {
                pointer = "/\(index)"
                guard index < ImportLimit.rows else {
                    throw fault("more than \(ImportLimit.rows) rows", "Import the rest from another file")
                }
                records.append(try object(issues: &issues))
                index += 1
            } while take(0x2C)
            pointer = ""
            try expect(0x5D)
        }
        skipBlank()
        guard offset == bytes.count else { throw fault("something follows the array: \(came())", "End the file there") }
    }

    private mutating func object(issues: inout IssueList) throws(Fault) -> InventoryRecord {
        let place = pointer
        var record = InventoryRecord(place: .pointer(place))
        var seen: Set<InventoryField> = []
        var members = 0
        try expect(0x7B)
        if take(0x7D) { return record }
        repeat {
            members += 1
            guard members <= ImportLimit.columns else {
                throw fault("more than \(ImportLimit.columns) members", "Leave out what is not documented")
            }
            let name = try string()
            try expect(0x3A)
            pointer = place + "/" + name.pointerToken
            guard let field = InventoryField.names[name] else {
                throw fault("an unknown member, \(name.quoted)", "Use only these: \(InventoryField.list)")
            }
            if !seen.insert(field).inserted { issues.add(.pointer(place), field, "the member is there twice", "Leave one out") }
            record[field] = try scalar(field)
            pointer = place
        } while take(0x2C)
        try expect(0x7D)
        return record
    }
}
