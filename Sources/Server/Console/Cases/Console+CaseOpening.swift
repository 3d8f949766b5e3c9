import Estate
import Foundation
import Hummingbird
import Regulation

/// Opening a case.
extension Console {
    private struct Model {
        var form: FormModel
        /// Nothing is registered that a case could be about.
        var noProducts: Bool
        var notices: [ReasonModel]
    }

    func newCase(_ exchange: Exchange) async throws -> Response {
        try await newCase(exchange, typed: nil, refusal: nil)
    }

    private func newCase(_ exchange: Exchange, typed: RecordForm?, refusal: FormRefusal?) async throws -> Response {
        let (products, last) = try await read { estate -> ([(String, [String])], CaseFile?) in
            let products = try estate.products().map { record in
                (record.name, estate.affectedUnits(of: UnitSelection(product: record.name)).firmware)
            }
            return (products, try estate.cases().first)
        }
        let country = exchange.query.text("country").flatMap(Coordinator.of)
        var form = Self.openingForm(
            products, zone: country?.zone ?? last?.case.opening.zone ?? "UTC",
            country: country?.memberState ?? last?.case.state.country,
            owner: last?.owner ?? exchange.caller?.principal.name ?? "", deputy: last?.deputy ?? "", now: exchange.now)
        form.seal = sealValue(exchange)
        form.isOpen = true
        if let typed { form.keep(typed) }
        if let refusal { form.refuse(refusal) }
        let facts = Article14.facts
        let model = Model(
            form: form, noProducts: products.isEmpty,
            notices: [facts.awareness, facts.awarenessReading, facts.recipients].map(ReasonModel.init))
        var response = page("case_new", title: "Open a case", place: "/cases", live: nil, exchange, model)
        if refusal != nil { response.status = .unprocessableContent }
        return response
    }

    private static func openingForm(
        _ products: [(String, [String])], zone: String, country: String?, owner: String, deputy: String, now: UTCInstant
    ) -> FormModel {
        typealias Field = FormModel.Field
        var fields: [Field] = [
            .choice(
                "kind", "What it is about",
                [.init(value: "", label: "choose")] + CaseKind.allCases.map { .init(value: $0.rawValue, label: $0.words) }),
            .line("title", "Title", .title, hint: "For the lists here. It does not leave Holdfast by itself."),
        ]
        for (index, product) in products.enumerated() {
            var field = Field(
                id: "", name: "product.\(index)", label: product.0, value: product.0, subject: index == 0 ? .products : nil)
            field.isProduct = true
            field.companion = "name.\(index)"
            // A selection names a bounded number of versions.
            field.options = product.1.prefix(UnitSelection.versionLimit).enumerated().map {
                .init(name: "version.\(index).\($0.offset)", value: $0.element, label: $0.element)
            }
            field.hint =
                product.1.isEmpty
                ? "The inventory has no unit of it: there will be no reach to show." : "No version ticked means all versions."
            fields.append(field)
        }
        var zoneField = Field.line(
            "zone", "Time zone", value: zone,
            hint: "An IANA name, such as Europe/Berlin: where you read the clock. It stays for the whole case.")
        zoneField.offers = Set(Coordinator.list.coordinators.map(\.zone)).union(["UTC"]).sorted()
        fields += [
            zoneField,
            .line(
                "received", "When the first signal came in", .signal,
                hint:
                    "Local time in the zone, 2026-10-06T14:20, or with its offset, 2026-10-06T14:20:00+02:00. Now it is \(CivilTime(now).date)T\(CivilTime(now).clock)Z."
            ),
            .line("source", "From where", .source, hint: "An alert, a reporter, CISA KEV."),
            .text("text", "What it says", .text),
            .choice(
                "country", "Member State of the coordinator", Self.memberStates(selected: country),
                hint: "Whose CSIRT the reports go to. May stay open until it is decided."),
            .choice(
                "size", "Size of the enterprise",
                [.init(value: "", label: "not stated")]
                    + ReportingClock.Size.allCases.map { .init(value: $0.rawValue, label: $0.rawValue) },
                hint: "Only says which missed limit cannot be fined. The duty is the same."),
            .check(
                "drill", "This is a drill: a case on paper. Nothing happened and nothing is submitted. Cannot be changed later."),
            .check("two", "Two persons close it: one asks, another confirms."),
            .line("owner", "On call", value: owner, hint: "Who answers for the deadlines."),
            .line("deputy", "Deputy", value: deputy),
            .text("reason", "Why it is opened", .reason, hint: "May stay empty: the signal speaks for itself."),
        ]
        return FormModel("open", "Open a case", path: "/cases/new", button: "Open the case and freeze the reach", fields: fields)
    }

    static func memberStates(selected: String?) -> [FormModel.Option] {
        [.init(value: "", label: "not decided")]
            + Coordinator.list.coordinators.sorted { $0.memberState < $1.memberState }.map {
                .init(value: $0.memberState, label: "\($0.memberState) · \($0.csirt)", selected: $0.memberState == selected)
            }
    }

    func openCase(_ exchange: Exchange) async throws -> Response {
        let typed = try await sealedForm(exchange)
        do {
            let request = try Self.request(typed)
            let (author, now) = (exchange.authorship(reason: typed["reason"]), exchange.now)
            let number = try await read { try $0.openCase(request, by: author, at: now) }
            return .seeOther(CaseFile.path(of: number))
        } catch let refusal as FormRefusal {
            return try await newCase(exchange, typed: typed, refusal: refusal)
        } catch let error as CaseFileError {
            return try await newCase(exchange, typed: typed, refusal: FormRefusal(error))
        }
    }

    private static func request(_ typed: RecordForm) throws(FormRefusal) -> CaseRequest {
        guard let kind = CaseKind(rawValue: typed["kind"]) else { throw FormRefusal("kind", "Choose what it is about.") }
        let clock = try typed.zone("zone")
        var products: [AffectedProduct] = []
        for index in 0..<Case.Limits.products {
            let name = "product.\(index)"
            // The name stands beside the box, so that ticking a version alone chooses the product too.
            guard typed.has("name.\(index)") else { break }
            let versions = (0..<UnitSelection.versionLimit).map { "version.\(index).\($0)" }.filter(typed.has).map(typed.raw)
            if typed.has(name) || !versions.isEmpty {
                products.append(AffectedProduct(product: typed.raw("name.\(index)"), versions: versions))
            }
        }
        guard !products.isEmpty else { throw FormRefusal("product.0", CaseError.noProduct.description) }
        let size = ReportingClock.Size(rawValue: typed["size"])
        guard size != nil || typed["size"].isEmpty else { throw FormRefusal("size", "Choose a size from the list.") }
        return CaseRequest(
            kind: kind, title: typed["title"], products: products,
            signal: CaseSignal(
                receivedAt: try typed.instant("received", in: clock), source: typed["source"], text: typed["text"]),
            isDrill: typed.has("drill"), zone: clock.zone, country: typed["country"].isEmpty ? nil : typed["country"], size: size,
            twoPersonClosing: typed.has("two"), owner: typed["owner"], deputy: typed["deputy"])
    }
}
