import Evidence
import Foundation
import Regulation
import Storage

extension EstateService {
    /// All registered products, by name.
    public func products() throws -> [ProductRecord] {
        try database.read { connection in
            try connection.all("SELECT body FROM product ORDER BY name") { $0.text(0) }
                .map { try StoredJSON.value(ProductRecord.self, $0) }
        }
    }

    /// Products that the inventory names and nobody has registered, with their units.
    public func unregisteredProducts() throws -> [(name: String, units: Int)] {
        let known = Set(try products().map(\.name))
        return live.withLock { live in
            live.tally(by: .product, at: UTCInstant(seconds: 0)).enumerated().compactMap { number, tally in
                let name = live.names.products[UInt16(truncatingIfNeeded: number)]
                return tally.devices > 0 && !known.contains(name) ? (name: name, units: tally.devices) : nil
            }
        }
    }

    /// What follows from a product's record; nil when it is not registered.
    public func product(_ name: String, at now: UTCInstant) throws -> ProductReport? {
        let text = try database.read { try $0.first("SELECT body FROM product WHERE name = ?", [.text(name)]) { $0.text(0) } }
        guard let text else { return nil }
        return try ProductReport(
            try StoredJSON.value(ProductRecord.self, text), reach: reach(of: UnitSelection(product: name), at: now), on: now.day)
    }

    public func registerProduct(
        _ name: String, as kind: ProductHistory.Kind = .device, by authorship: Authorship, at now: UTCInstant
    ) throws {
        guard (1...ProductRecord.nameLimit).contains(name.utf8.count), !name.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F })
        else {
            throw ProductError.name(bytes: name.utf8.count)
        }
        let record = ProductRecord(
            name: name, registered: now, registeredBy: authorship.author, changed: now,
            history: ProductHistory(kind: kind, groups: []))
        try recording(at: now) { connection, drafts in
            guard try connection.first("SELECT id FROM product WHERE name = ?", [.text(name)], { $0.integer(0) }) == nil else {
                throw ProductError.exists(name)
            }
            let id = try (connection.first("SELECT MAX(id) FROM product") { $0.integer(0) } ?? 0) + 1
            try connection.execute(
                "INSERT INTO product (id, name, body) VALUES (?, ?, ?)",
                [.integer(id), .text(name), .text(try StoredJSON.text(record))])
            drafts.append(try LedgerDraft("product-registered", authorship, subject: name, ["kind": kind]))
        }
    }

    /// Answers a question of the scope inquiry, the next or an earlier one.
    public func answerScope(
        of product: String, question: String, value: AnswerValue, note: String, by authorship: Authorship, at now: UTCInstant
    ) throws {
        try change(product, "scope-answered", by: authorship, at: now) { record in
            var inquiry = try ScopeInquiry(answers: record.scopeAnswers)
            let answer = Regulation.Answer(question: question, value: value, who: authorship.author, when: now.date, note: note)
            let dropped: [Regulation.Answer]
            do throws(AnswerError) { dropped = try inquiry.answer(answer) } catch { throw ProductError.answer(error) }
            record.scopeAnswers = inquiry.answers
            return ["answer": answer, "dropped": dropped.map(\.question), "outcome": inquiry.result?.outcome.rawValue ?? "open"]
        }
    }

    /// Answers a question of the core-functionality test.
    public func answerTier(
        of product: String, question: String, value: AnswerValue, note: String, by authorship: Authorship, at now: UTCInstant
    ) throws {
        try change(product, "tier-answered", by: authorship, at: now) { record in
            var inquiry = try TierInquiry(answers: record.tierAnswers)
            let answer = Regulation.Answer(question: question, value: value, who: authorship.author, when: now.date, note: note)
            let dropped: [Regulation.Answer]
            do throws(AnswerError) { dropped = try inquiry.answer(answer) } catch { throw ProductError.answer(error) }
            record.tierAnswers = inquiry.answers
            return ["answer": answer, "dropped": dropped.map(\.question), "tier": inquiry.result?.tier?.rawValue ?? "open"]
        }
    }

    /// States whether and how a point of Annex I is met.
    public func state(
        _ point: String, _ applicability: AnnexIStatement.Applicability, _ text: String, of product: String,
        by authorship: Authorship,
        at now: UTCInstant
    ) throws {
        try change(product, "annex1-stated", by: authorship, at: now) { record in
            let statement: AnnexIStatement
            do throws(AnnexIError) {
                statement = try AnnexIStatement(
                    point: point, applicability: applicability, statement: text, who: authorship.author, when: now.date)
            } catch {
                throw ProductError.statement(error)
            }
            record.statements.removeAll { $0.point == point }
            record.statements.append(statement)
            return ["statement": statement]
        }
    }

    /// Replaces the facts that documents are filled from.
    public func setFacts(_ facts: DocumentFacts, of product: String, by authorship: Authorship, at now: UTCInstant) throws {
        try change(product, "facts-changed", by: authorship, at: now) { record in
            let limit = 200_000
            guard facts.values.values.reduce(0, { $0 + $1.utf8.count }) <= limit else { throw ProductError.tooLong(limit: limit) }
            let changed = Set(facts.values.keys).union(record.facts.values.keys).filter {
                facts.values[$0] != record.facts.values[$0]
            }
            record.facts = facts
            return ["changed": facts.values.filter { changed.contains($0.key) }, "fields": changed.sorted()]
        }
    }

    /// Changes what is on record of a product, with its entry in the ledger.
    func change(
        _ product: String, _ kind: String, by authorship: Authorship, at now: UTCInstant,
        _ edit: (inout ProductRecord) throws -> [String: any Encodable]
    ) throws {
        try recording(at: now) { connection, drafts in
            guard let text = try connection.first("SELECT body FROM product WHERE name = ?", [.text(product)], { $0.text(0) })
            else {
                throw ProductError.unknown(product)
            }
            var record = try StoredJSON.value(ProductRecord.self, text)
            let entry = try edit(&record)
            record.changed = now
            try connection.execute(
                "UPDATE product SET body = ? WHERE name = ?", [.text(try StoredJSON.text(record)), .text(product)])
            drafts.append(try LedgerDraft(kind, authorship, subject: product, entry))
        }
    }
}

extension UTCInstant {
    /// To the whole second, as the record of the law counts.
    public var date: Date { Date(timeIntervalSince1970: Double(milliseconds / 1_000)) }

    public init(_ date: Date) { self.init(milliseconds: Int64((date.timeIntervalSince1970 * 1_000).rounded())) }

    /// The day in UTC.
    public var day: Day { Day(ordinal: Int(clamping: milliseconds / 86_400_000)) }
}
