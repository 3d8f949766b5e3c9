import Foundation
import Storage

/// A folder that is gone after the test, and what tests do to files in it.
final class Folder {
    let path: String
    init() throws {
        path = NSTemporaryDirectory() + "holdfast-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
    deinit { try? FileManager.default.removeItem(atPath: path) }
    func file(_ name: String) -> String { path + "/" + name }
}

func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }
func write(_ bytes: [UInt8], to path: String) throws { try Data(bytes).write(to: URL(fileURLWithPath: path)) }

let ledger = Schema([
    Migration(
        1, "entries",
        ["CREATE TABLE entry (id BIGINT PRIMARY KEY NOT NULL, text TEXT NOT NULL, body BLOB, weight DOUBLE PRECISION)"]),
    Migration(2, "unique texts", ["CREATE UNIQUE INDEX entry_text ON entry (text)"]),
])

func insert(_ id: Int64, _ text: String, _ connection: Connection) throws {
    try connection.execute("INSERT INTO entry (id, text) VALUES (?, ?)", [.integer(id), .text(text)])
}

func count(_ database: Database) throws -> Int {
    try database.read { try $0.first("SELECT COUNT(*) FROM entry") { $0.int(0) } ?? -1 }
}
