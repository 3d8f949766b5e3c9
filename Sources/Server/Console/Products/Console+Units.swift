import Estate
import Hummingbird
import Regulation

/// A product's units on the market, changes to them, its support period and its updates.
extension Console {
    private struct Model {
        struct Group {
            var id: String
            var from: String
            var to: String
            var count: String
            var inStock: Bool
        }

        struct Option {
            var id: String
            var text: String
            var chosen: Bool
        }

        struct Screen {
            var id: String
            var text: String
            var explanation: String
            var citations: [CitationModel]
            var options: [Option]
        }

        struct Change {
            var id: String
            var day: String
            var groups: String
            var outcome: VerdictModel
            var conclusion: ConclusionModel?
        }

        struct Criterion {
            var id: String
            var text: String
            var must: Bool
            var citations: [CitationModel]
            var reasoning: String
        }

        struct Update {
            var id: String
            var issued: String
        }

        var name: String
        var productPath: String
        var path: String
        var groups: [Group]
        var noGroups: Bool
        var changes: [Change]
        var noChanges: Bool
        var screen: [Screen]
        var criteria: [Criterion]
        var months: String
        var end: String
        var decidedBy: String?
        var updates: [Update]
        var noUpdates: Bool
        var generalDay: String
        var mayWrite: Bool
        var seal: String
        var typed: [String: String]
        var problems: [String: String]
        var inStockTyped: Bool
    }

    func addUnits(to routes: inout Routes) {
        routes.on(.get, "/products/:name/units", .session(.read)) { exchange in try await self.units(exchange) }
        routes.on(.post, "/products/:name/units", .session(.record)) { exchange in
            try await self.noteUnits(exchange, "units") { form, name, author, now in
                let group = UnitGroup(
                    id: try Self.identifier(form["id"], "units"),
                    placedFrom: try Self.day(form["from"], "units", "the first day of placing"),
                    placedTo: try Self.day(form["to"], "units", "the last day of placing"),
                    count: try Self.count(form["count"], "units"),
                    inStock: form.isOn("stock"))
                return { try $0.setUnits(group, of: name, by: author, at: now) }
            }
        }
        routes.on(.post, "/products/:name/units/remove", .session(.record)) { exchange in
            try await self.noteUnits(exchange, "remove") { form, name, author, now in
                let id = form["id"]
                return { try $0.removeUnits(id, of: name, by: author, at: now) }
            }
        }
        routes.on(.post, "/products/:name/units/modifications", .session(.record)) { exchange in
            try await self.noteUnits(exchange, "modifications") { form, name, author, now in
                let id = try Self.identifier(form["id"], "modifications")
                let day = try Self.day(form["day"], "modifications", "the day of the change")
                let groups = form["groups"].split { $0 == "," || $0.isNewline }.map { $0.trimmingPrefix(while: \.isWhitespace) }
                    .map { String($0).trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
                let note = form["note"]
                let answers = try ModificationInquiry().inquiry.questions.compactMap { question in
                    let value = form["answer_\(question.id)"]
                    return value.isEmpty ? nil : (question: question.id, value: AnswerValue(code: value), note: note)
                }
                return {
                    try $0.addModification(id: id, on: day, groups: groups, answers: answers, of: name, by: author, at: now)
                }
            }
        }
        routes.on(.post, "/products/:name/units/support", .session(.record)) { exchange in
            try await self.noteUnits(exchange, "support") { form, name, author, now in
                let months = form["months"].isEmpty ? nil : try Self.count(form["months"], "support")
                var end: SupportEnd?
                if !form["end"].isEmpty {
                    do throws(TimelineError) { end = try SupportEnd(form["end"]) } catch {
                        throw RecordRefusal(field: "support", text: Self.sentence(error.description))
                    }
                }
                var reasoning: [String: String] = [:]
                for criterion in SupportCriterion.all where !form["reason_\(criterion.id)"].isEmpty {
                    reasoning[criterion.id] = form["reason_\(criterion.id)"]
                }
                let decision = SupportDecision(
                    expectedUseMonths: months, end: end, reasoning: reasoning, decidedBy: author.author, decidedOn: now.day)
                return { try $0.decideSupport(decision, of: name, by: author, at: now) }
            }
        }
        routes.on(.post, "/products/:name/units/updates", .session(.record)) { exchange in
            try await self.noteUnits(exchange, "updates") { form, name, author, now in
                let update = IssuedUpdate(
                    id: try Self.identifier(form["id"], "updates"),
                    issued: try Self.day(form["issued"], "updates", "the day of issue"))
                return { try $0.noteUpdate(update, of: name, by: author, at: now) }
            }
        }
    }

    private typealias Change = @Sendable (EstateService) throws -> Void

    /// Reads a form into a change, makes it, and shows the page again with what was not taken.
    private func noteUnits(
        _ exchange: Exchange, _ field: String, _ read: (RecordForm, String, Authorship, UTCInstant) throws -> Change
    ) async throws -> Response {
        let form = try await sealedForm(exchange)
        let name = exchange.parameter("name")
        let refusal: RecordRefusal?
        do {
            let change = try read(form, name, exchange.authorship(reason: form["reason"]), exchange.now)
            refusal = try await self.change(field, change)
        } catch let error as RecordRefusal {
            refusal = error
        }
        if let refusal { return try await units(exchange, typed: form, refusal: refusal) }
        return .seeOther("\(Self.path(ofProduct: name))/units#\(field == "remove" ? "units" : field)")
    }

    private static func identifier(_ text: String, _ field: String) throws(RecordRefusal) -> String {
        guard (1...120).contains(text.utf8.count), !text.contains(",") else {
            throw RecordRefusal(field: field, text: "Give it a short name of its own, of at most 120 bytes and without a comma.")
        }
        return text
    }

    private static func day(_ text: String, _ field: String, _ what: String) throws(RecordRefusal) -> Day {
        guard let day = Day(text) else {
            throw RecordRefusal(
                field: field,
                text:
                    "\(what.prefix(1).uppercased())\(what.dropFirst()) is written as 2027-12-11, from 1970 to 2199; came \(Problem.quoted(text))."
            )
        }
        return day
    }

    private static func count(_ text: String, _ field: String) throws(RecordRefusal) -> Int {
        guard let count = Int(text), count >= 0 else {
            throw RecordRefusal(field: field, text: "A number is written in digits; came \(Problem.quoted(text)).")
        }
        return count
    }

    private func units(_ exchange: Exchange, typed: RecordForm? = nil, refusal: RecordRefusal? = nil) async throws -> Response {
        let record = try await report(exchange).record
        let history = record.history
        let path = Self.path(ofProduct: record.name)
        // What was typed belongs to the form that was refused, and to no other.
        let typed = refusal == nil ? nil : typed
        func value(_ form: String, _ name: String) -> String? { refusal?.field == form ? typed?.values[name] : nil }
        var shown: [String: String] = [:]
        for (name, text) in typed?.values ?? [:] { shown["\(refusal?.field ?? "")_\(name)"] = text }
        let questions = try ModificationInquiry().inquiry.questions
        let model = Model(
            name: record.name, productPath: path, path: "\(path)/units",
            groups: history.groups.map {
                Model.Group(
                    id: $0.id, from: $0.placedFrom.description, to: $0.placedTo.description, count: Words.grouped($0.count),
                    inStock: $0.inStock)
            }, noGroups: history.groups.isEmpty,
            changes: try history.modifications.map { change in
                let result = try ModificationInquiry(answers: record.modificationAnswers[change.id] ?? []).result
                return Model.Change(
                    id: change.id, day: change.day.description, groups: change.groups.joined(separator: ", "),
                    outcome: Self.outcome(change.outcome), conclusion: (result?.conclusion).map(ConclusionModel.init))
            }, noChanges: history.modifications.isEmpty,
            screen: questions.map { question in
                let chosen = value("modifications", "answer_\(question.id)")
                return Model.Screen(
                    id: question.id, text: question.text, explanation: question.explanation,
                    citations: question.citations.map(CitationModel.init),
                    options: question.options.map { Model.Option(id: $0.id, text: $0.text, chosen: $0.id == chosen) })
            },
            criteria: SupportCriterion.all.map { criterion in
                Model.Criterion(
                    id: criterion.id, text: criterion.text, must: criterion.must,
                    citations: criterion.citations.map(CitationModel.init),
                    reasoning: value("support", "reason_\(criterion.id)") ?? history.support?.reasoning[criterion.id] ?? "")
            }, months: value("support", "months") ?? history.support?.expectedUseMonths.map(String.init) ?? "",
            end: value("support", "end") ?? history.support?.end?.description ?? "",
            decidedBy: history.support.map { "\($0.decidedBy) on \($0.decidedOn)" },
            updates: history.updates.sorted { $0.issued > $1.issued }.map {
                Model.Update(id: $0.id, issued: $0.issued.description)
            },
            noUpdates: history.updates.isEmpty, generalDay: Regulation.Timeline.generalDay.description,
            mayWrite: mayRecord(exchange),
            seal: sealValue(exchange), typed: shown, problems: refusal.map { [$0.field: $0.text] } ?? [:],
            inStockTyped: value("units", "stock") != nil)
        return recordPage(
            "product_units", title: "\(record.name): units", place: "/products", exchange, refused: refusal != nil, model)
    }

    private static func outcome(_ outcome: ModificationResult.Outcome) -> VerdictModel {
        switch outcome {
        case .substantial: .warning("substantial")
        case .notSubstantial: .yes("not substantial")
        case .undetermined: .open("not judged yet")
        }
    }
}
