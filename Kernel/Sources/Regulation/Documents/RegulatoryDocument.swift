/// A document of the Regulation as a value that others render: sections, paragraphs, lists, and markers for what is missing.
public struct RegulatoryDocument: Codable, Hashable, Sendable {
    public enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
        /// Annex V.
        case declaration
        /// Annex VI.
        case simplifiedDeclaration
        /// Annex II.
        case userInformation
        /// Annex VII, as a skeleton.
        case technicalDocumentation
    }

    public enum Block: Codable, Hashable, Sendable {
        case paragraph(String)
        /// A fact with its label; the value's lines are paragraphs.
        case fact(label: String, value: [String])
        case list([String])
        /// A fact that is not there, and where it would come from.
        case missing(MissingFact)
        /// A fact that the manufacturer says does not concern the product.
        case notApplicable(label: String)
    }

    public struct Section: Codable, Hashable, Sendable {
        public var ref: String
        public var heading: String
        public var blocks: [Block]
        public var citations: [Citation]
    }

    public var kind: Kind
    public var title: String
    public var annex: String
    public var sections: [Section]
    /// Everything that is missing, in the order of the document.
    public var missing: [MissingFact]
    /// What the law says about the document itself.
    public var rules: [Reason]
    public var asOf: Day

    /// A document with a gap is a draft.
    public var isDraft: Bool { !missing.isEmpty }

    /// The weakest mark among the citations of the document's outline.
    public var mark: Mark { sections.flatMap(\.citations).map(\.mark).min() ?? .interpretation }

    /// Fills a document from facts. Nothing is invented: what is not there becomes a marker.
    public init(_ kind: Kind, from facts: DocumentFacts) {
        let file = EmbeddedFacts.documents
        let template = file.documents.first { $0.id == kind }
        var missing: [MissingFact] = []
        self.kind = kind
        title = template?.title ?? kind.rawValue
        annex = template?.annex ?? ""
        rules = template?.rules ?? []
        asOf = file.asOf
        sections = (template?.sections ?? []).map { section in
            var blocks = section.text.map { Block.paragraph($0) }
            for field in section.fields + section.optional {
                let optional = section.optional.contains(field)
                if let value = facts[field] {
                    blocks.append(.fact(label: field.label, value: Self.lines(value)))
                } else if optional, facts.notApplicable.contains(field) {
                    blocks.append(.notApplicable(label: field.label))
                } else {
                    let what = optional ? "\(field.label), or that it does not concern the product" : field.label
                    let fact = MissingFact(what, from: field.source, citations: section.citations)
                    missing.append(fact)
                    blocks.append(.missing(fact))
                }
            }
            return Section(ref: section.ref, heading: section.heading, blocks: blocks, citations: section.citations)
        }
        // One fact may be wanted in several sections; it is missing once.
        var seen: Set<String> = []
        self.missing = missing.filter { seen.insert($0.what).inserted }
    }

    private static func lines(_ text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).map(String.init).filter { !isBlank($0) }
    }
}
