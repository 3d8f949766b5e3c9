import Beacon
import Evidence
import Reachability
import Storage
import Synchronization
import Wire

extension EstateService {
    /// Imports an inventory: every row of it, or none. Devices that are there already are brought up to date; importing the same
    /// file twice changes nothing. Devices that the file does not name stay as they are.
    ///
    /// - Throws: ``ImportErrors`` with everything that is wrong with the file; `StorageError` when it could not be made durable.
    @discardableResult
    public func importInventory(
        _ bytes: [UInt8], format: ImportFormat, by authorship: Authorship = .estate, at now: UTCInstant
    ) throws -> ImportReport {
        let rows = try InventoryParser.parse(bytes, format: format)
        return try desks[0].state.withLock { first in
            try desks[1].state.withLock { second in
                try turn.withLock { turn in
                    var work = live.withLock { ImportWork(rows: rows, live: $0, key: key, at: now) }
                    let (events, staged) = try database.write { connection in
                        try work.run(connection) { id in [first.contexts.windows[Int(id)], second.contexts.windows[Int(id)]] }
                        let events = [work.event].compactMap { $0 }
                        try turn.events.write(events, connection)
                        let entries = try events.map {
                            try LedgerDraft("imported", authorship, subject: "inventory", ["text": $0.text, "report": work.report])
                        }
                        return (events, try stage(signed: entries, turn.ledger, at: now, connection))
                    }
                    let firstID = turn.events.last + 1
                    turn.events.commit(events)
                    try turn.ledger.commit(staged)
                    try live.withLock { try work.apply(to: &$0) }
                    work.apply(to: &first.contexts, responder: 0)
                    work.apply(to: &second.contexts, responder: 1)
                    publish(events, from: firstID, names: [:])
                    if work.report.added + work.report.updated > 0 { feed.send(.inventory) }
                    return work.report
                }
            }
        }
    }
}

/// Reads an inventory file as far as that is possible without the store.
enum InventoryParser {
    /// A row and where it stands.
    struct Placed {
        var place: ImportIssue.Place
        var row: InventoryRow
    }

    static func parse(_ bytes: [UInt8], format: ImportFormat) throws(ImportErrors) -> [Placed] {
        var issues = IssueList()
        guard bytes.count <= ImportLimit.bytes else {
            issues.add(
                .file, "\(bytes.count) bytes, expected at most \(ImportLimit.bytes)", "Import the inventory in several files")
            try issues.check()
            return []
        }
        let records =
            switch format {
            case .csv: CSVReader.records(of: bytes, issues: &issues)
            case .json: JSONReader.records(of: bytes, issues: &issues)
            }
        var rows: [Placed] = []
        rows.reserveCapacity(records.count)
        for record in records {
            if issues.isFull { break }
            if let row = InventoryRow(record, issues: &issues) { rows.append(Placed(place: record.place, row: row)) }
        }
        findDuplicates(rows, &issues)
        try issues.check()
        return rows
    }

    private static func findDuplicates(_ rows: [Placed], _ issues: inout IssueList) {
        var devices: [String: Int] = [:]
        var cards: [UInt64: Int] = [:]
        var iccids: [ICCID: Int] = [:]
        var imsis: [IMSI: Int] = [:]
        func name(_ place: ImportIssue.Place) -> String {
            switch place {
            case .file: "the file"
            case .line(let line): "line \(line)"
            case .pointer(let pointer): pointer
            }
        }
        for (index, placed) in rows.enumerated() {
            func check<Key: Hashable>(_ seen: inout [Key: Int], _ key: Key, _ field: InventoryField) {
                if let earlier = seen.updateValue(index, forKey: key) {
                    seen[key] = earlier
                    issues.add(
                        placed.place, field, "the same as in \(name(rows[earlier].place))",
                        "Give each its own, or leave one row out")
                }
            }
            check(&devices, placed.row.device, .device)
            check(&cards, placed.row.card, .card)
            check(&iccids, placed.row.primary.iccid, .primaryICCID)
            check(&imsis, placed.row.primary.imsi, .primaryIMSI)
            if let backup = placed.row.backup {
                check(&iccids, backup.iccid, .backupICCID)
                check(&imsis, backup.imsi, .backupIMSI)
            }
        }
    }
}
