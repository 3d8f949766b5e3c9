import Evidence
import Storage

/// Picks the ledger's entries that concern a product. An entry's subject stands at the end of its line, so most are passed over without being
/// parsed.
struct EvidenceEntries {
    /// Subjects whose every entry counts, as they stand in a line: in quotation marks, escaped.
    private var subjects: Set<[UInt8]> = []
    /// Subjects of outages: operators, and the estate as a whole.
    private var networks: Set<[UInt8]> = []
    private var outages: Set<Int64> = []
    private let product: String
    private let period: EvidencePeriod

    init(product: String, period: EvidencePeriod) {
        self.product = product
        self.period = period
        add(product)
        networks.insert(Self.written("estate"))
    }

    mutating func add(_ subject: String) { subjects.insert(Self.written(subject)) }

    mutating func add(_ outage: OutageRecord) {
        outages.insert(outage.id)
        if let carrier = outage.operator { networks.insert(Self.written(carrier.name)) }
    }

    private static func written(_ subject: String) -> [UInt8] {
        (try? CanonicalValue.string(LedgerDraft.cut(subject, to: LedgerLimits.subject)).encoded()) ?? []
    }

    /// The entries under a head from an index on: the newest, ascending, as many as an excerpt holds; how many there are; and the drills of
    /// the lab among them, which strike whatever product its cards are of.
    func select(from first: UInt64, under head: SignedHead, _ connection: Connection) throws -> (
        entries: [UInt64], inAll: Int, drills: [EvidenceDrill]
    ) {
        var found: [UInt64] = []
        var drills: [EvidenceDrill] = []
        try connection.each(
            "SELECT id, line FROM ledger_entry WHERE id >= ? AND id < ? ORDER BY id",
            [.integer(of: first), .integer(of: head.size)]
        ) { row in
            if row.withBlob(1, { concerns($0, &drills) }) { found.append(UInt64(clamping: row.integer(0))) }
        }
        return (Array(found.suffix(LedgerExcerpt.mostEntries)), found.count, drills)
    }

    private func concerns(_ line: UnsafeRawBufferPointer, _ drills: inout [EvidenceDrill]) -> Bool {
        guard let subject = Self.subject(of: line) else { return false }
        let isSubject = subjects.contains(subject)
        guard isSubject || networks.contains(subject), let entry = try? LedgerEntry(line: Array(line)) else { return false }
        guard case .object(let body) = entry.body else { return false }
        if entry.kind == EvidencePackEntry.kind {
            // The building of this pack, whenever that was, and no other.
            return entry.subject == LedgerDraft.cut(product, to: LedgerLimits.subject)
                && EvidencePackEntry.body(period) == body
        }
        guard entry.at.milliseconds >= period.start.milliseconds, entry.at.milliseconds < period.end.milliseconds else {
            return false
        }
        if let drill = EvidenceDrill(entry) {
            drills.append(drill)
            return true
        }
        if isSubject { return true }
        if case .integer(let outage)? = body["outage"] { return outages.contains(outage) }
        return entry.kind == EventKind.resumed.rawValue
    }

    private static let mark = Array(#","subject":"#.utf8)

    /// What stands behind `,"subject":`, to the end. A quotation mark inside a text is escaped, so the mark that is sought cannot be part of
    /// one.
    static func subject(of line: UnsafeRawBufferPointer) -> [UInt8]? {
        guard line.count > mark.count + 3, line.last == UInt8(ascii: "}") else { return nil }
        var start = line.count - 1 - mark.count
        while start >= 0 {
            if line[start] == mark[0], line[start..<(start + mark.count)].elementsEqual(mark) {
                return Array(line[(start + mark.count)..<(line.count - 1)])
            }
            start -= 1
        }
        return nil
    }
}

/// What the ledger says about the building of a pack.
enum EvidencePackEntry {
    static let kind = "evidence-built"

    static func body(_ period: EvidencePeriod) -> [String: CanonicalValue] {
        ["from": .string(period.from.description), "to": .string(period.to.description)]
    }
}
