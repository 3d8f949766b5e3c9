import Evidence
import Foundation
import Regulation
import Storage

extension EstateService {
    /// Notes in the ledger that a pack is built, and signs a head, so that the pack is under it. Where the newest entry says just that,
    /// nothing is added: the same input gives the same pack.
    ///
    /// - Throws: ``ProductError/unknown(_:)`` for a product that is neither registered nor in the inventory.
    func announcePack(of product: String, over period: EvidencePeriod, by authorship: Authorship, at now: UTCInstant) throws -> (
        first: SignedHead, from: UInt64, last: SignedHead
    ) {
        if let fault = ledgerFault { throw EstateError.ledgerBroken(fault) }
        let units = reach(of: UnitSelection(product: product), at: now).units
        try recording(at: now) { connection, drafts in
            let known = try connection.first("SELECT id FROM product WHERE name = ?", [.text(product)]) { $0.integer(0) }
            guard known != nil || units > 0 else { throw ProductError.unknown(product) }
            let draft = LedgerDraft(
                kind: EvidencePackEntry.kind, author: LedgerDraft.cut(authorship.author, to: LedgerLimits.author),
                subject: LedgerDraft.cut(product, to: LedgerLimits.subject),
                reason: LedgerDraft.cut(authorship.reason, to: LedgerLimits.reason), body: EvidencePackEntry.body(period))
            let size = try keeping(at: now) { try LedgerStore.size(connection) }
            if size > 0, let last = try? LedgerEntry(line: try LedgerStore.line(size - 1, connection)), last.kind == draft.kind,
                last.author == draft.author, last.subject == draft.subject, last.reason == draft.reason,
                last.body == .object(draft.body)
            {
                return
            }
            drafts.append(draft)
        }
        let last = try signLedger(at: now)
        let key = signing.verifier
        return try database.read { connection in
            if let note = try LedgerStore.lastNote(until: period.start.milliseconds, connection) {
                let head = try SignedHead(note, key: key)
                return (head, head.size, last)
            }
            // Nothing was signed before the period: the proof begins with the first head, the entries with the first one.
            let note = try LedgerStore.firstNote(from: .min, connection)
            return (try note.map { try SignedHead($0, key: key) } ?? last, 0, last)
        }
    }

    /// Reads everything that a pack is made of.
    ///
    /// Each unit and each switch is handed over once, by name and by time, to be written down as it comes; it must not ask the estate
    /// anything.
    /// - Throws: ``ProductError/unknown(_:)``, or what the store or the callers' closures throw.
    public func gatherEvidence(
        of product: String, over period: EvidencePeriod, by authorship: Authorship, at now: UTCInstant,
        unit: (EvidenceUnit) throws -> Void = { _ in }, change: (EvidenceSwitch) throws -> Void = { _ in }
    ) throws -> EvidenceRecord {
        let heads = try announcePack(of: product, over: period, by: authorship, at: now)
        let asOf = UTCInstant(milliseconds: heads.last.at.milliseconds)
        let until = min(period.end, asOf)
        var record = EvidenceRecord(
            product: product, period: period, until: until, asOf: asOf, firstHead: heads.first, lastHead: heads.last)
        let stored = try database.read { try $0.first("SELECT body FROM product WHERE name = ?", [.text(product)]) { $0.text(0) } }
        record.report = try stored.map {
            try ProductReport(
                try StoredJSON.value(ProductRecord.self, $0), reach: reach(of: UnitSelection(product: product), at: asOf),
                on: period.to)
        }
        record.reach = try reachHistory(of: product, from: period.start, to: until)
        record.risks = try riskRegister().risks.filter { $0.dependence.product == product }
        let list = try caseList().concerning(product)
        record.cases = try list.files.reversed().compactMap { try evidence(of: $0, product, period, until) }
        record.unreadableCases = list.unreadable.reversed()
        let facts = try networkFacts()

        let (number, operators, names) = live.withLock { ($0.names.products.number(of: product), $0.operators, $0.names) }
        return try database.read { connection in
            var entries = EvidenceEntries(product: product, period: period)
            for file in record.cases { entries.add(file.file.identifier) }
            for broken in record.unreadableCases { entries.add(broken.number) }
            for risk in record.risks { entries.add(risk.id) }
            if let number {
                let reader = EvidenceReader(
                    connection: connection, product: number, operators: operators, names: names, start: period.start, until: until)
                var areas: Set<String> = []
                try reader.units { each in
                    record.inventory.count(each, at: asOf)
                    areas.insert(each.area)
                    entries.add(each.device)
                    try unit(each)
                }
                record.networks = facts.of(record.inventory)
                let outages = try Self.outages(
                    of: record.inventory, in: areas, period.start, until, operators, names.areas, connection)
                record.outages = outages.prefix(EvidenceOutage.limit).map { EvidenceOutage(record: $0) }
                record.moreOutages = outages.count - record.outages.count
                for outage in outages { entries.add(outage) }
                record.activity = try reader.activity(&record.outages)
                try reader.switches(change)
            }
            let selected = try entries.select(from: heads.from, under: heads.last, connection)
            record.entries = selected.entries
            record.entriesInAll = selected.inAll
            record.labDrills = selected.drills
            return record
        }
    }

    /// Outages that lasted in the period and could touch the product: of an operator that one of its units uses, of a place where one of
    /// them is, or our own.
    private static func outages(
        of inventory: EvidenceInventory, in areas: Set<String>, _ start: UTCInstant, _ until: UTCInstant,
        _ operators: [OperatorRef],
        _ names: NameTable, _ connection: Connection
    ) throws -> [OutageRecord] {
        var used: Set<Int> = []
        for pair in inventory.pairs.keys { used.formUnion([pair.primary.id, pair.backup?.id].compactMap(\.self)) }
        return try StoredOutage.all(
            "WHERE began_at < ? AND (ended_at IS NULL OR ended_at >= ?) ORDER BY began_at, id",
            [.integer(until.milliseconds), .integer(start.milliseconds)], connection
        ).map { OutageRecord($0, operators: operators, areas: names) }.filter { outage in
            outage.operator.map { used.contains($0.id) } ?? outage.area.map { areas.contains($0) } ?? true
        }
    }

    /// A case as it stood at the end of the period; nil where it does not concern the product, or not in the period.
    private func evidence(
        of file: CaseFile, _ product: String, _ period: EvidencePeriod, _ until: UTCInstant
    ) throws -> EvidenceCase? {
        guard file.case.opening.products.contains(where: { $0.product == product }) else { return nil }
        let history = file.case.history
        let within = history.prefix { UTCInstant($0.at) < until }
        guard let last = within.last else { return nil }
        var earlier = file
        do throws(CaseError) { earlier.case = try Case(replaying: Array(within)) } catch {
            throw EstateError.contradiction(detail: "case \(file.identifier) cannot be rebuilt: \(error)")
        }
        let isOver = earlier.case.phase == .closed || earlier.case.phase == .notACase
        guard !isOver || UTCInstant(last.at) >= period.start else { return nil }
        return EvidenceCase(
            file: earlier, laterEntries: history.count - within.count,
            snapshots: try file.reach.filter { $0.product == product }.map { try snapshot($0.snapshot) })
    }

    /// Writes the ledger's part of a pack into a folder, where it stays until the pack is sealed.
    public func excerpt(for record: EvidenceRecord, into folder: URL) throws -> LedgerExcerpt {
        try database.read { connection in
            try LedgerExcerpt.write(
                record.entries, first: record.firstHead, last: record.lastHead, key: signing.verifier, on: connection, into: folder)
        }
    }

    /// Builds a pack that is signed with the ledger's key.
    /// - Throws: `PackError`.
    public func sealPack(_ items: [PackItem], excerpt: LedgerExcerpt, predicate: CanonicalValue, to path: String) throws {
        try PackBuilder.build(items, excerpt: excerpt, predicate: predicate, key: signing, to: path)
    }
}
