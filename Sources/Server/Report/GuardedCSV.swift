import Foundation
import Wire

/// A file of ``CommaSeparated`` values that is written as its rows come, for people who open it in a spreadsheet.
final class GuardedCSV {
    let url: URL
    private(set) var rows = 0
    private let file: FileHandle
    private var buffer: [UInt8] = []

    init(_ url: URL, header: [String]) throws {
        self.url = url
        guard FileManager.default.createFile(atPath: url.path, contents: nil) else { throw EvidencePackError.folder(url.path) }
        file = try FileHandle(forWritingTo: url)
        CommaSeparated.append(header, to: &buffer)
    }

    func add(_ fields: [String]) throws {
        CommaSeparated.append(fields, to: &buffer)
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
}
