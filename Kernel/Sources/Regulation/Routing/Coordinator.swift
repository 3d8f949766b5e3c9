/// A CSIRT that its Member State designated as coordinator.
public struct Coordinator: Codable, Hashable, Sendable {
    /// Two letters; Greece is GR.
    public let memberState: String
    public let csirt: String
    /// Its page.
    public let contact: String
    /// The zone of its seat, for reading clocks there.
    public let zone: String

    /// The list of coordinators with where it is from.
    public struct List: Codable, Hashable, Sendable {
        public let source: String
        public let asOf: Day
        public let mark: Mark
        public let note: String
        /// What practice adds to the law.
        public let practice: [Reason]
        let questions: [CoordinatorRouting.Question]
        public let coordinators: [Coordinator]
    }

    /// The list that is built in: check it before the first report, it changes.
    public static let list: List = FactFile.read(FactFile.coordinators, "coordinators.swift")

    /// The coordinator of a Member State by its two letters, in either case; EL, as the Union's institutions write it, is Greece.
    public static func of(_ memberState: String) -> Coordinator? {
        guard memberState.utf8.count == 2 else { return nil }
        let code = memberState.uppercased()
        return list.coordinators.first { $0.memberState == (code == "EL" ? "GR" : code) }
    }
}
