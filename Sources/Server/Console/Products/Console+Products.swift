import Estate
import Hummingbird
import Regulation

extension Console {
    func addProducts(to routes: inout Routes) {
        routes.on(.get, "/products", .session(.read)) { exchange in try await self.products(exchange) }
        routes.on(.post, "/products", .session(.record)) { exchange in try await self.registerProduct(exchange) }
        routes.on(.get, "/products/:name", .session(.read)) { exchange in try await self.product(exchange) }
        addInquiries(to: &routes)
        addUnits(to: &routes)
        addAnnexI(to: &routes)
        addDocuments(to: &routes)
        routes.on(.get, "/readiness", .session(.read)) { exchange in try await self.readiness(exchange) }
    }

    static func path(ofProduct name: String) -> String { "/products/\(PercentEncoding.encode(name))" }

    /// A registered product, or 404.
    func report(_ exchange: Exchange, on day: Day? = nil) async throws -> ProductReport {
        let (name, now) = (exchange.parameter("name"), exchange.now)
        guard let report = try await read({ try $0.product(name, at: now) }) else {
            throw Problem.notFound(Self.notRegistered(name))
        }
        return report
    }

    private struct Model {
        struct Product {
            var name: String
            var path: String
            var units: String
            var reach24: String
            var scope: VerdictModel
            var tier: VerdictModel
            var missing: String
        }

        struct Unregistered {
            var name: String
            var units: String
        }

        var empty: Bool
        var none: Bool
        var products: [Product]
        var anyUnregistered: Bool
        var unregistered: [Unregistered]
        var mayWrite: Bool
        var seal: String
        var typed: [String: String]
        var isSoftwareTyped: Bool
        var problems: [String: String]
    }

    private func products(_ exchange: Exchange, typed: RecordForm? = nil, refusal: RecordRefusal? = nil) async throws -> Response {
        let now = exchange.now
        let (reports, unregistered) = try await read { estate in
            (try estate.products().compactMap { try estate.product($0.name, at: now) }, try estate.unregisteredProducts())
        }
        let model = Model(
            empty: reports.isEmpty && unregistered.isEmpty, none: reports.isEmpty,
            products: reports.map { report in
                Model.Product(
                    name: report.record.name, path: Self.path(ofProduct: report.record.name),
                    units: Words.grouped(report.reach.units), reach24: Words.percent(report.reach.reach24),
                    scope: .scope(report.scope.result), tier: .tier(report.tier.result), missing: Self.missing(in: report))
            }, anyUnregistered: !unregistered.isEmpty,
            unregistered: unregistered.map { Model.Unregistered(name: $0.name, units: Words.count($0.units, "unit", "units")) },
            mayWrite: mayRecord(exchange), seal: sealValue(exchange), typed: typed?.values ?? [:],
            isSoftwareTyped: typed?["kind"] == ProductHistory.Kind.standaloneSoftware.rawValue,
            problems: refusal.map { [$0.field: $0.text] } ?? [:])
        return recordPage("products", title: "Products", place: "/products", exchange, refused: refusal != nil, model)
    }

    /// What is missing of a product, in a line.
    static func missing(in report: ProductReport) -> String {
        var parts: [String] = []
        if report.scope.result == nil { parts.append("scope questions") }
        if let result = report.scope.result, result.outcome == .undetermined { parts.append("facts for the scope") }
        if let conflict = report.kindConflict { parts.append("agreement on what it is (\(conflict))") }
        if report.scope.result?.outcome != .out {
            if report.tier.result == nil {
                parts.append("tier questions")
            } else if report.tier.result?.tier == nil {
                parts.append("facts for the tier")
            }
            if report.record.history.groups.isEmpty {
                parts.append(
                    report.record.history.kind == .standaloneSoftware
                        ? "when versions were first offered" : "when units were placed")
            }
            if report.record.history.support?.end == nil { parts.append("end of support") }
            let unstated = AnnexIPoint.all.count - Set(report.record.statements.map(\.point)).count
            if unstated > 0 { parts.append("\(unstated) of \(AnnexIPoint.all.count) points of Annex I") }
        }
        return parts.isEmpty ? "nothing that we ask for" : parts.joined(separator: ", ")
    }

    private func registerProduct(_ exchange: Exchange) async throws -> Response {
        let form = try await sealedForm(exchange)
        let (name, author, now) = (form["name"], exchange.authorship(reason: form["reason"]), exchange.now)
        let kindTyped = form["kind"]
        let refusal = try await change("name") { estate in
            // A product of the inventory is registered by one button: its units are devices.
            let kind = kindTyped.isEmpty ? .device : try Self.kind(kindTyped, "name")
            // Such a name could not stand in an address.
            if name == "." || name == ".." {
                throw RecordRefusal(field: "name", text: "A product's name is not made of dots alone.")
            }
            try estate.registerProduct(name, as: kind, by: author, at: now)
        }
        if let refusal { return try await products(exchange, typed: form, refusal: refusal) }
        return .seeOther(Self.path(ofProduct: name))
    }
}

extension Pages {
    static var productSources: [(String, [UInt8])] {
        [
            ("products", PackageResources.products_mustache), ("product", PackageResources.product_mustache),
            ("product_inquiry", PackageResources.product_inquiry_mustache),
            ("product_units", PackageResources.product_units_mustache),
            ("product_reason", PackageResources.product_reason_mustache), ("citation", PackageResources.citation_mustache),
            ("product_verdict", PackageResources.product_verdict_mustache),
            ("product_conclusion", PackageResources.product_conclusion_mustache), ("annex1", PackageResources.annex1_mustache),
            ("document", PackageResources.document_mustache), ("risks", PackageResources.risks_mustache),
            ("risks_networks", PackageResources.risks_networks_mustache), ("readiness", PackageResources.readiness_mustache),
        ]
    }
}
