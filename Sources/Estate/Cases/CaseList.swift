/// Cases as the store has them: those that can be read, and the numbers of those that cannot.
public struct CaseList: Sendable {
    /// The newest first.
    public var files: [CaseFile] = []
    /// The newest first. Whether they are open is not known, so they are in every list.
    public var unreadable: [UnreadableCase] = []

    /// Those that were opened for a product, among others.
    public func concerning(_ product: String) -> CaseList {
        CaseList(
            files: files.filter { file in file.case.opening.products.contains { $0.product == product } },
            unreadable: unreadable.filter { $0.products.contains(product) })
    }
}

/// A case of which something in the store does not make sense. Every other case goes on; of this one no deadline is known.
public struct UnreadableCase: Error, Equatable, Codable, Sendable {
    /// Its number.
    public var number: String
    /// Products that it was opened for.
    public var products: [String]
    /// What cannot be read, and why.
    public var problem: String
    /// What to do about it.
    public var remedy: String

    init(number: String, products: [String], problem: String) {
        self.number = number
        self.products = products
        self.problem = String(problem.prefix(Self.limit))
        remedy =
            "Its deadlines are not counted and nobody is told of them: look them up by hand. Stop the server and restore the database from a backup in which the case can be read."
    }

    /// Characters of a problem: what a decoder says can be long.
    static let limit = 600
}

extension UnreadableCase: CustomStringConvertible {
    public var description: String { "Case \(number) cannot be read: \(problem) \(remedy)" }
}
