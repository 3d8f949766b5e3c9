import Estate
import Hummingbird
import Regulation

/// The forms of a product's units, changes, support and updates: what is typed becomes a change of the record, or is shown again with what
/// is wrong with it.
extension Console {
    func addUnits(to routes: inout Routes) {
        func form(_ place: String, _ handler: @escaping Routes.Handler) {
            routes.on(.post, "/products/:name/units\(place)", .session(.record), handler)
        }
        routes.on(.get, "/products/:name/units", .session(.read)) { exchange in try await self.units(exchange) }
        form("") { exchange in
            try await self.noteUnits(exchange, "units") { form, name, author, now in
                let from = try Self.day(form["from"], "units", "the first day of placing")
                // A version of software is placed on one day, by its first offer.
                let isVersion = form.has("version")
                let group = UnitGroup(
                    id: try Self.identifier(form["id"], "units"), placedFrom: from,
                    placedTo: isVersion ? from : try Self.day(form["to"], "units", "the last day of placing"),
                    count: isVersion && form["count"].isEmpty ? 0 : try Self.count(form["count"], "units"),
                    inStock: form.has("stock"))
                return { try $0.setUnits(group, of: name, by: author, at: now) }
            }
        }
        form("/kind") { exchange in
            try await self.noteUnits(exchange, "kind") { form, name, author, now in
                let kind = try Self.kind(form["kind"], "kind")
                return { try $0.setKind(kind, of: name, by: author, at: now) }
            }
        }
        form("/remove") { exchange in
            try await self.noteUnits(exchange, "remove", to: "units") { form, name, author, now in
                let id = form["id"]
                return { try $0.removeUnits(id, of: name, by: author, at: now) }
            }
        }
        form("/modifications") { exchange in try await self.noteModification(exchange) }
        form("/support") { exchange in try await self.decideSupport(exchange) }
        form("/updates") { exchange in
            try await self.noteUnits(exchange, "updates") { form, name, author, now in
                let update = IssuedUpdate(
                    id: try Self.identifier(form["id"], "updates"),
                    issued: try Self.day(form["issued"], "updates", "the day of issue"))
                return { try $0.noteUpdate(update, of: name, by: author, at: now) }
            }
        }
        form("/updates/remove") { exchange in
            try await self.noteUnits(exchange, "removeUpdate", to: "updates") { form, name, author, now in
                let id = form["id"]
                return { try $0.removeUpdate(id, of: name, by: author, at: now) }
            }
        }
    }

    /// Notes a change, and goes on to its screen.
    private func noteModification(_ exchange: Exchange) async throws -> Response {
        try await noteUnits(
            exchange, "modifications", after: { Self.path(ofChange: $0["id"], to: exchange.parameter("name")) }
        ) { form, name, author, now in
            let id = try Self.identifier(form["id"], "modifications")
            // Such a name could not stand in an address.
            guard id != ".", id != ".." else {
                throw RecordRefusal(field: "modifications", text: "A change's name is not made of dots alone.")
            }
            let day = try Self.day(form["day"], "modifications", "the day of the change")
            let groups = form["groups"].split { $0 == "," || $0.isNewline }.map { $0.trimmingPrefix(while: \.isWhitespace) }
                .map { String($0).trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
            return { try $0.noteModification(id: id, on: day, groups: groups, of: name, by: author, at: now) }
        }
    }

    private func decideSupport(_ exchange: Exchange) async throws -> Response {
        try await noteUnits(exchange, "support") { form, name, author, now in
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

    private typealias Change = @Sendable (EstateService) throws -> Void

    /// Reads a form into a change, makes it, and shows the page again with what was not taken.
    private func noteUnits(
        _ exchange: Exchange, _ field: String, to place: String? = nil, after: ((RecordForm) -> String)? = nil,
        _ read: (RecordForm, String, Authorship, UTCInstant) throws -> Change
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
        return .seeOther(after?(form) ?? "\(Self.path(ofProduct: name))/units#\(place ?? field)")
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

    static func kind(_ text: String, _ field: String) throws(RecordRefusal) -> ProductHistory.Kind {
        guard let kind = ProductHistory.Kind(rawValue: text) else {
            throw RecordRefusal(field: field, text: "Choose what the product is.")
        }
        return kind
    }
}
