/// The rules and lists of this half of the module, read once.
enum EmbeddedFacts {
    static let scope: ScopeRules = FactFile.read(FactFile.scope, "scope.swift")
    static let categories: CategoryFile = FactFile.read(FactFile.categories, "categories.swift")
    static let conformity: ConformityFile = FactFile.read(FactFile.conformity, "conformity.swift")
    static let dates: DateFile = FactFile.read(FactFile.dates, "dates.swift")
    static let article13: Article13File = FactFile.read(FactFile.article13, "article13.swift")
    static let annexI: AnnexIFile = FactFile.read(FactFile.annex1, "annex1.swift")
    static let documents: DocumentFile = FactFile.read(FactFile.documents, "documents.swift")
}
