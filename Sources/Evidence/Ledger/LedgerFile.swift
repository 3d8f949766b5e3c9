import Foundation
import Storage

/// An exported ledger: the entries under a signed head, a line each, then an empty line and the head's note. Everything in it is
/// text, and every byte of it is under the head's signature.
public enum LedgerFile {
    private static let chunk = 1 << 20

    /// Writes the entries under a head to a new file.
    /// - Throws: ``LedgerError/file(path:detail:)``, ``LedgerError/missingEntry(index:)``.
    public static func write(_ connection: Connection, head: SignedHead, to path: String) throws {
        guard FileManager.default.createFile(atPath: path, contents: nil), let file = FileHandle(forWritingAtPath: path) else {
            throw LedgerError.file(path: path, detail: "cannot be made")
        }
        defer { try? file.close() }
        var text: [UInt8] = []
        text.reserveCapacity(chunk + LedgerLimits.line)
        var expected: UInt64 = 0
        try connection.each(
            "SELECT id, line FROM ledger_entry WHERE id >= 0 AND id < ? ORDER BY id", [.integer(of: head.size)]
        ) { row in
            guard UInt64(clamping: row.integer(0)) == expected else { throw LedgerError.missingEntry(index: expected) }
            row.withBlob(1) { text.append(contentsOf: $0) }
            text.append(0x0A)
            expected += 1
            if text.count >= chunk {
                try file.write(contentsOf: text)
                text.removeAll(keepingCapacity: true)
            }
        }
        guard expected == head.size else { throw LedgerError.missingEntry(index: expected) }
        text.append(0x0A)
        text += head.note.utf8
        try file.write(contentsOf: text)
        try file.synchronize()
    }

    /// Checks a file with nothing but the ledger's public key.
    /// - Throws: ``LedgerError/file(path:detail:)`` where the file cannot be read; whatever is wrong with its content is a finding.
    public static func verify(
        _ path: String, key: VerifierKey, progress: ((_ bytesDone: UInt64) -> Void)? = nil
    ) throws -> LedgerReport {
        guard let file = FileHandle(forReadingAtPath: path) else { throw LedgerError.file(path: path, detail: "cannot be read") }
        defer { try? file.close() }
        var findings: [LedgerFinding] = []
        let head = try readHead(file, path, key) { findings.append($0) }
        var audit = LedgerAudit(heads: head.map { [$0.head] } ?? [])
        for finding in findings { audit.note(finding) }
        var blocks: [LineBlock] = []
        var open = LineBlock(start: 0)
        var rest: [UInt8] = []
        var done: UInt64 = 0
        let end = head?.start ?? .max
        do {
            try file.seek(toOffset: 0)
            reading: while done < end, let data = try file.read(upToCount: Int(min(UInt64(chunk), end - done))), !data.isEmpty {
                done += UInt64(data.count)
                rest.append(contentsOf: data)
                var start = 0
                while let stop = rest[start...].firstIndex(of: 0x0A) {
                    guard stop > start else {
                        audit.note(LedgerFinding(.file, "an empty line after \(open.start + UInt64(open.count)) entries"))
                        break reading
                    }
                    rest[start..<stop].withUnsafeBytes { open.append($0) }
                    start = stop + 1
                    if open.isFull {
                        blocks.append(open)
                        open = LineBlock(start: open.start + UInt64(Tile.width))
                    }
                }
                rest.removeFirst(start)
                guard rest.count <= LedgerLimits.line else {
                    audit.note(LedgerFinding(.file, "a line of more than \(LedgerLimits.line) bytes; nothing behind it was read"))
                    rest = []
                    break
                }
                // Blocks are worked on as they come: a mebibyte or a few of them.
                try audit.add(blocks, tiles: blocks.map { _ in nil }, storedTile: nil)
                blocks.removeAll(keepingCapacity: true)
                progress?(done)
            }
        } catch let error as LedgerError {
            throw error
        } catch {
            throw LedgerError.file(path: path, detail: "\(error)")
        }
        if !rest.isEmpty { audit.note(LedgerFinding(.file, "the last line has no end")) }
        if open.count > 0 { blocks.append(open) }
        try audit.add(blocks, tiles: blocks.map { _ in nil }, storedTile: nil)
        if let head, audit.size > head.head.size {
            audit.note(
                LedgerFinding(.file, index: head.head.size, count: audit.size - head.head.size, "not under the head of the file"))
        }
        return audit.finish()
    }

    /// The head at the file's end, and where the entries end.
    private static func readHead(
        _ file: FileHandle, _ path: String, _ key: VerifierKey, _ note: (LedgerFinding) -> Void
    ) throws -> (head: SignedHead, start: UInt64)? {
        do {
            let length = try file.seekToEnd()
            let from = length - min(length, UInt64(SignedHead.longest + 2))
            try file.seek(toOffset: from)
            let tail = Array(try file.readToEnd() ?? Data())
            // The note has one empty line itself, and the entries end with one.
            let places = tail.indices.dropLast().filter { tail[$0] == 0x0A && tail[$0 + 1] == 0x0A }
            // An empty ledger has no line before the empty one.
            let isEmpty = from == 0 && tail.first == 0x0A
            guard let start = places.count >= 2 ? places[places.count - 2] + 2 : isEmpty && places.count == 1 ? 1 : nil else {
                note(LedgerFinding(.file, "there is no signed head at the end: the file was cut, or is no ledger file"))
                return nil
            }
            do throws(HeadError) {
                guard let text = String(validating: tail[start...], as: UTF8.self) else { throw .malformed("not UTF-8") }
                return (try SignedHead(text, key: key), from + UInt64(start) - 1)
            } catch {
                note(LedgerFinding(.headUnreadable, "the head at the end: \(error)"))
                return nil
            }
        } catch {
            throw LedgerError.file(path: path, detail: "\(error)")
        }
    }
}
