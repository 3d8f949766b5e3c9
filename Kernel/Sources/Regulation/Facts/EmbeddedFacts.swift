import Foundation

/// The rules and lists of this half of the module, read once from the files in `Data`.
enum EmbeddedFacts {
    static let scope: ScopeRules = read(PackageResources.scope_json, "scope.json")
    static let categories: CategoryFile = read(PackageResources.categories_json, "categories.json")
    static let conformity: ConformityFile = read(PackageResources.conformity_json, "conformity.json")
    static let dates: DateFile = read(PackageResources.dates_json, "dates.json")
    static let article13: Article13File = read(PackageResources.article13_json, "article13.json")
    static let annexI: AnnexIFile = read(PackageResources.annex1_json, "annex1.json")
    static let documents: DocumentFile = read(PackageResources.documents_json, "documents.json")

    /// The files are part of the program: one that cannot be read is a mistake in the program, found by the first test that runs.
    private static func read<Value: Decodable>(_ bytes: [UInt8], _ name: String) -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: Data(bytes))
        } catch {
            preconditionFailure("\(name): \(error)")
        }
    }
}
