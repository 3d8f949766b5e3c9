/// How an inventory file is written.
public enum ImportFormat: String, Codable, Sendable {
    /// RFC 4180 with a header line; UTF-8, with or without a byte order mark; lines end in CRLF or LF.
    case csv
    /// RFC 8259: one array of flat objects.
    case json
}

/// The bounds of one import. What is larger is refused whole, with an issue that names the bound.
public enum ImportLimit {
    /// Bytes of a file: 64 MiB.
    public static let bytes = 64 << 20
    /// Rows of a file. A larger estate is imported in several files.
    public static let rows = 100_000
    /// Bytes of one field.
    public static let fieldBytes = 1_024
    /// Columns of a CSV file, and members of a JSON object.
    public static let columns = 64
    /// Issues that are reported; the rest is only said to exist.
    public static let issues = 100
    /// Bytes of a device's name, a product, a firmware version, a country, an area, an operator's name or one tag.
    public static let nameBytes = 64
    /// Tags of one device.
    public static let tags = 16
    /// Distinct products, firmware versions, countries, areas, operators and sets of tags in an estate, of each.
    public static let distinctNames = 65_000
    /// Devices of an estate.
    public static let devices = 16_000_000
}

/// One thing that is wrong with an inventory file, where, and what to do about it.
public struct ImportIssue: Equatable, Sendable {
    /// Where in the file.
    public enum Place: Equatable, Sendable {
        case file
        /// The line of a CSV file on which the row begins, the header being line 1.
        case line(Int)
        /// A JSON pointer (RFC 6901), such as "/12/card".
        case pointer(String)
    }

    public var place: Place
    /// The column or member, where one is to blame.
    public var field: String?
    /// What is wrong: what was expected and what came.
    public var problem: String
    /// What to change.
    public var remedy: String
}

extension ImportIssue: CustomStringConvertible {
    public var description: String {
        let location =
            switch place {
            case .file: "file"
            case .line(let line): "line \(line)"
            case .pointer(let pointer): pointer.isEmpty ? "the document" : pointer
            }
        return location + (field.map { ", \($0)" } ?? "") + ": \(problem). \(remedy)."
    }
}

/// Why an inventory was not imported. Nothing of it was.
public struct ImportErrors: Error, Equatable, Sendable, CustomStringConvertible {
    /// At most ``ImportLimit/issues``, in the order of the file.
    public var issues: [ImportIssue]
    /// Whether there were more.
    public var more: Bool

    public var description: String { issues.map(\.description).joined(separator: "\n") + (more ? "\nand more" : "") }
}

/// What an import did.
public struct ImportReport: Equatable, Codable, Sendable {
    public var added: Int
    public var updated: Int
    /// Devices that were already as the file says.
    public var unchanged: Int
}

/// Issues as they are found, up to the bound.
struct IssueList {
    private(set) var issues: [ImportIssue] = []
    private(set) var more = false

    var isEmpty: Bool { issues.isEmpty }
    /// Whether looking further is of no use.
    var isFull: Bool { more }

    mutating func add(_ place: ImportIssue.Place, _ problem: String, _ remedy: String) { add(place, named: nil, problem, remedy) }

    mutating func add(_ place: ImportIssue.Place, _ field: InventoryField, _ problem: String, _ remedy: String) {
        add(place, named: field.rawValue, problem, remedy)
    }

    mutating func add(_ place: ImportIssue.Place, named field: String?, _ problem: String, _ remedy: String) {
        guard issues.count < ImportLimit.issues else {
            more = true
            return
        }
        // In JSON the pointer goes down to the member itself.
        let place: ImportIssue.Place =
            if case .pointer(let pointer) = place, let field { .pointer(pointer + "/" + field.pointerToken) } else { place }
        issues.append(ImportIssue(place: place, field: field, problem: problem, remedy: remedy))
    }

    func check() throws(ImportErrors) {
        if !issues.isEmpty { throw ImportErrors(issues: issues, more: more) }
    }
}

extension String {
    /// As one token of a JSON pointer (RFC 6901, 3), short enough for a message.
    var pointerToken: String {
        var result = ""
        for character in prefix(80) {
            switch character {
            case "~": result += "~0"
            case "/": result += "~1"
            default: result.append(character)
            }
        }
        return result
    }

    /// In quotation marks for a message: shortened, and without anything that a terminal would obey.
    var quoted: String {
        var result = "\""
        for scalar in unicodeScalars.prefix(40) {
            let hidden = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.properties.generalCategory == .format
            if hidden { result += "\\u{\(String(scalar.value, radix: 16))}" } else { result.unicodeScalars.append(scalar) }
        }
        return result + (unicodeScalars.count > 40 ? "...\"" : "\"")
    }
}
