import Estate
import Hummingbird
import NIOCore
import Regulation

/// The documents of the Regulation, filled from the record. What is not there is marked, never invented.
extension Console {
    private struct Model {
        struct Block {
            var paragraph: String?
            var label: String?
            var lines: [String]
            var missing: String?
            var from: String
            var notApplicable: String?
        }

        struct Section {
            var ref: String
            var heading: String
            var blocks: [Block]
            var citations: [CitationModel]
        }

        struct Field {
            var id: String
            var label: String
            var source: String
            var value: String
            var derived: String?
            var optional: Bool
            var notApplicable: Bool
            var here: Bool
        }

        struct Other {
            var title: String
            var path: String
            var current: Bool
        }

        var name: String
        var productPath: String
        var path: String
        var title: String
        var annex: String
        var draft: Bool
        var missingCount: String
        var missing: [ReasonModel]
        var rules: [ReasonModel]
        var mark: MarkModel
        var asOf: String
        var now: AgeModel
        var sections: [Section]
        var others: [Other]
        var fields: [Field]
        var mayWrite: Bool
        var seal: String
        var refused: String?
    }

    func addDocuments(to routes: inout Routes) {
        routes.on(.get, "/products/:name/documents/:kind", .session(.read)) { exchange in
            if exchange.query.text("format") == "text" { return try await self.documentText(exchange) }
            return try await self.document(exchange)
        }
        routes.on(.post, "/products/:name/documents/:kind", .session(.record)) { exchange in try await self.setFacts(exchange) }
    }

    private func kind(_ exchange: Exchange) throws(Problem) -> RegulatoryDocument.Kind {
        guard let kind = RegulatoryDocument.Kind(rawValue: exchange.parameter("kind")) else {
            let known = RegulatoryDocument.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw .notFound("There is no document \(Problem.quoted(exchange.parameter("kind"))); known: \(known).")
        }
        return kind
    }

    private func facts(_ report: ProductReport, at now: UTCInstant) async throws -> DocumentFacts {
        try await read { try $0.documentFacts(of: report, at: now) }
    }

    private func document(_ exchange: Exchange, typed: DocumentFacts? = nil, refusal: RecordRefusal? = nil) async throws -> Response
    {
        let kind = try kind(exchange)
        let report = try await report(exchange)
        let facts = try await facts(report, at: exchange.now)
        let document = RegulatoryDocument(kind, from: facts)
        let path = Self.path(ofProduct: report.record.name)
        let shown = typed ?? report.record.facts
        let optional = Self.optionalLabels
        let here = Self.labels(of: RegulatoryDocument(kind, from: DocumentFacts()))
        let model = Model(
            name: report.record.name, productPath: path, path: "\(path)/documents/\(kind.rawValue)", title: document.title,
            annex: document.annex, draft: document.isDraft,
            missingCount: Words.count(document.missing.count, "fact is missing", "facts are missing"),
            missing: document.missing.map(ReasonModel.init), rules: document.rules.map(ReasonModel.init),
            mark: MarkModel(document.mark),
            asOf: document.asOf.description, now: AgeModel(exchange.now, at: exchange.now),
            sections: document.sections.map { section in
                Model.Section(
                    ref: section.ref, heading: section.heading, blocks: section.blocks.map(Self.block),
                    citations: section.citations.map(CitationModel.init))
            },
            others: RegulatoryDocument.Kind.allCases.map { other in
                Model.Other(
                    title: RegulatoryDocument(other, from: DocumentFacts()).title, path: "\(path)/documents/\(other.rawValue)",
                    current: other == kind)
            },
            fields: DocumentField.allCases.map { field in
                Model.Field(
                    id: field.rawValue, label: field.label, source: field.source, value: shown.values[field.rawValue] ?? "",
                    derived: shown[field] == nil ? facts[field] : nil, optional: optional.contains(field.label),
                    notApplicable: shown.notApplicable.contains(field), here: here.contains(field.label))
            }.enumerated().sorted { ($0.element.here ? 0 : 1, $0.offset) < ($1.element.here ? 0 : 1, $1.offset) }.map(\.element),
            mayWrite: mayRecord(exchange), seal: sealValue(exchange), refused: refusal?.text)
        return recordPage(
            "document", title: "\(report.record.name): \(document.title)", place: "/products", exchange, refused: refusal != nil,
            model)
    }

    private static func block(_ block: RegulatoryDocument.Block) -> Model.Block {
        var model = Model.Block(lines: [], from: "")
        switch block {
        case .paragraph(let text): model.paragraph = text
        case .fact(let label, let value):
            model.label = label
            model.lines = value
        case .list(let lines): model.lines = lines
        case .missing(let fact):
            model.missing = fact.what
            model.from = fact.from
        case .notApplicable(let label): model.notApplicable = label
        }
        return model
    }

    /// Labels of the facts that may be said not to concern the product.
    private static let optionalLabels: Set<String> = {
        let facts = DocumentFacts([:], notApplicable: Set(DocumentField.allCases))
        let blocks = RegulatoryDocument.Kind.allCases.flatMap { RegulatoryDocument($0, from: facts).sections.flatMap(\.blocks) }
        return Set(blocks.compactMap { if case .notApplicable(let label) = $0 { label } else { nil } })
    }()

    /// Labels of the facts that a document without any of them misses.
    private static func labels(of document: RegulatoryDocument) -> Set<String> {
        let missing = document.missing.map(\.what)
        return Set(
            DocumentField.allCases.map(\.label).filter { label in
                missing.contains { $0 == label || $0.hasPrefix("\(label), or that") }
            })
    }

    private func setFacts(_ exchange: Exchange) async throws -> Response {
        let kind = try kind(exchange)
        let form = try await sealedForm(exchange)
        var facts = DocumentFacts()
        for field in DocumentField.allCases {
            facts[field] = form["fact_\(field.rawValue)"]
            if form.has("not_\(field.rawValue)") { facts.notApplicable.insert(field) }
        }
        // A field that was left empty is none.
        let typed = DocumentFacts(
            Dictionary(uniqueKeysWithValues: DocumentField.allCases.compactMap { field in facts[field].map { (field, $0) } }),
            notApplicable: facts.notApplicable)
        let (name, author, now) = (exchange.parameter("name"), exchange.authorship(reason: form["reason"]), exchange.now)
        let refusal = try await change("facts") { try $0.setFacts(typed, of: name, by: author, at: now) }
        if let refusal { return try await document(exchange, typed: typed, refusal: refusal) }
        return .seeOther("\(Self.path(ofProduct: name))/documents/\(kind.rawValue)")
    }

    private func documentText(_ exchange: Exchange) async throws -> Response {
        let kind = try kind(exchange)
        let report = try await report(exchange)
        let document = RegulatoryDocument(kind, from: try await facts(report, at: exchange.now))
        var lines = [document.title.uppercased(), document.annex, ""]
        if document.isDraft { lines += ["DRAFT: \(document.missing.count) facts are missing, each marked below.", ""] }
        for section in document.sections {
            lines.append("\(section.heading) (\(section.ref))")
            for block in section.blocks {
                switch block {
                case .paragraph(let text): lines.append(text)
                case .fact(let label, let value): lines += ["\(label):"] + value.map { "    \($0)" }
                case .list(let items): lines += items.map { "  - \($0)" }
                case .missing(let fact): lines.append("[MISSING: \(fact.what); from \(fact.from)]")
                case .notApplicable(let label): lines.append("\(label): does not concern the product, as the manufacturer states.")
                }
            }
            lines.append("")
        }
        lines.append("Filled from the record on \(exchange.now.iso8601); outline as of \(document.asOf).")
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/plain; charset=utf-8", .contentDisposition: "attachment; filename=\"\(kind.rawValue).txt\"",
            ], body: .init(byteBuffer: ByteBuffer(string: lines.joined(separator: "\n") + "\n")))
    }
}
