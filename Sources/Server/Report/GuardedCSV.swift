import Foundation

/// A file of comma-separated values (RFC 4180) that is written as its rows come. A field that a spreadsheet would run as a formula gets an
/// apostrophe in front.
final class GuardedCSV {
    let url: URL
    private(set) var rows = 0
    private let file: FileHandle
    private var buffer: [UInt8] = []

    init(_ url: URL, header: [String]) throws {
        self.url = url
        guard FileManager.default.createFile(atPath: url.path, contents: nil) else { throw EvidencePackError.folder(url.path) }
        file = try FileHandle(forWritingTo: url)
        put(header)
    }

    func add(_ fields: [String]) throws {
        put(fields)
        rows += 1
        if buffer.count >= 1 << 16 { try flush() }
    }

    func close() throws {
        try flush()
        try file.close()
    }

    private func flush() throws {
        try file.write(contentsOf: buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    private func put(_ fields: [String]) {
        for (index, field) in fields.enumerated() {
            if index > 0 { buffer.append(UInt8(ascii: ",")) }
            Self.append(field, to: &buffer)
        }
        buffer += "\r\n".utf8
    }

    private static let formula: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]

    /// Quotation mark, comma and line ends.
    private static let special: [UInt8] = [0x22, 0x2C, 0x0A, 0x0D]

    private static func append(_ field: String, to bytes: inout [UInt8]) {
        // Spreadsheets trim before they look, so the first scalar that is no space counts.
        let first = field.unicodeScalars.first { $0 != " " && $0 != "\u{A0}" && $0 != "\u{FEFF}" && $0 != "\0" }
        let guarded = first.map(formula.contains) ?? false
        let isSpecial = field.utf8.contains { Self.special.contains($0) }
        if isSpecial { bytes.append(UInt8(ascii: "\"")) }
        if guarded { bytes.append(UInt8(ascii: "'")) }
        for byte in field.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        if isSpecial { bytes.append(UInt8(ascii: "\"")) }
    }
}
