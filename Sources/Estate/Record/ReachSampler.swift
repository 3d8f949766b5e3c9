import Evidence
import Reachability
import Regulation
import Storage

/// Samples reach once an hour, so that a year of it can be shown and its gaps named. Each day becomes an entry of the ledger.
enum ReachSampler {
    static let hour: Int64 = 3_600_000

    /// The last hour that was sampled.
    static func last(_ connection: Connection) throws -> UTCInstant? {
        try connection.first("SELECT MAX(at) FROM reach_hour") { $0.optionalInteger(0) }.flatMap { $0 }
            .map { UTCInstant(milliseconds: $0) }
    }

    struct Sample {
        var product: UInt16
        var units: Int
        var heard24: Int
        var heard72: Int
        var onBackup: Int
    }

    /// Every product as it stands now, in two passes over the table whatever the number of products: beacons wait meanwhile.
    static func samples(_ live: borrowing Live, at now: UTCInstant) -> [Sample] {
        var onBackup = ReachabilityTable.Slice()
        onBackup.slot = .backup
        let away = live.tally(by: .product, at: now, onBackup)
        return live.tally(by: .product, at: now).enumerated().compactMap { number, tally in
            guard tally.devices > 0 else { return nil }
            return Sample(
                product: UInt16(truncatingIfNeeded: number), units: tally.devices, heard24: tally.heardFirst,
                heard72: tally.heardSecond, onBackup: number < away.count ? away[number].devices : 0)
        }
    }

    static func write(_ samples: [Sample], at hour: UTCInstant, _ connection: Connection) throws {
        for sample in samples {
            try connection.execute(
                """
                INSERT INTO reach_hour (at, product, units, heard_24, heard_72, on_backup) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (at, product) DO NOTHING
                """,
                [
                    .integer(hour.milliseconds), .integer(of: sample.product), .integer(of: sample.units),
                    .integer(of: sample.heard24), .integer(of: sample.heard72), .integer(of: sample.onBackup),
                ])
        }
    }

    /// What a day's samples come to, product by product, as entries of the ledger.
    static func day(_ day: Day, names: NameTable, _ connection: Connection) throws -> [LedgerDraft] {
        let start = Int64(day.ordinal) * 86_400_000
        let rows = try connection.all(
            """
            SELECT product, COUNT(*), MIN(heard_24), MIN(heard_72), MAX(units), MAX(on_backup) FROM reach_hour
            WHERE at >= ? AND at < ? GROUP BY product ORDER BY product
            """, [.integer(start), .integer(start + 86_400_000)]
        ) { row in
            (
                product: names[UInt16(truncatingIfNeeded: row.integer(0))], hours: row.int(1), low24: row.int(2), low72: row.int(3),
                units: row.int(4), backup: row.int(5)
            )
        }
        return try rows.map { row in
            try LedgerDraft(
                "reach-day", .estate,
                subject: LedgerDraft.cut(row.product.isEmpty ? "(none)" : row.product, to: LedgerLimits.subject),
                [
                    "day": day.description, "hours": row.hours, "units": row.units, "lowest24": row.low24, "lowest72": row.low72,
                    "mostOnBackup": row.backup,
                ])
        }
    }
}

/// Reach of a product in one hour.
public struct ReachPoint: Equatable, Codable, Sendable {
    public var at: UTCInstant
    public var units: Int
    public var heard24: Int
    public var heard72: Int
    public var onBackup: Int
}

extension EstateService {
    /// Samples reach when an hour has ended since the last sample, and signs the ledger.
    func sampleReach(at now: UTCInstant) throws {
        let hour = UTCInstant(milliseconds: now.milliseconds / ReachSampler.hour * ReachSampler.hour)
        let before = turn.withLock { $0.sampled }
        // A clock that was set back does not sample an hour twice.
        guard before.map({ $0 < hour }) ?? true, count > 0 else { return }
        let (samples, names) = live.withLock { (ReachSampler.samples($0, at: now), $0.names.products) }
        let watched = try cases(open: true).flatMap(\.reach).map(\.snapshot)
        let progress = try watched.map { ($0, try self.progress(of: $0, at: now)) }
        try recording(at: now) { connection, drafts in
            try ReachSampler.write(samples, at: hour, connection)
            for (snapshot, progress) in progress {
                try connection.execute(
                    """
                    INSERT INTO snapshot_hour (snapshot, at, heard_24, heard_72, heard_since) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (snapshot, at) DO NOTHING
                    """,
                    [
                        .integer(snapshot), .integer(hour.milliseconds), .integer(of: progress.now.heard24),
                        .integer(of: progress.now.heard72), .integer(of: progress.heardSince),
                    ])
            }
            if let before, before.day < hour.day { drafts += try ReachSampler.day(before.day, names: names, connection) }
        }
        turn.withLock { $0.sampled = hour }
        try signLedger(at: now)
    }

    /// Reach of a product, hour by hour, the oldest first. An hour that is not there was not sampled.
    public func reachHistory(of product: String, from start: UTCInstant, to end: UTCInstant) throws -> [ReachPoint] {
        guard let number = live.withLock({ $0.names.products.number(of: product) }) else { return [] }
        return try database.read { connection in
            try connection.all(
                "SELECT at, units, heard_24, heard_72, on_backup FROM reach_hour WHERE product = ? AND at >= ? AND at < ? ORDER BY at",
                [.integer(of: number), .integer(start.milliseconds), .integer(end.milliseconds)]
            ) { row in
                ReachPoint(
                    at: UTCInstant(milliseconds: row.integer(0)), units: row.int(1), heard24: row.int(2), heard72: row.int(3),
                    onBackup: row.int(4))
            }
        }
    }
}
