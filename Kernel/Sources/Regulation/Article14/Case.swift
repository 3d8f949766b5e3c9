import Foundation

/// An Article 14 matter from its first signal to its closing.
///
/// A value that decides and does no I/O. Its history is everything: replaying the actions gives the same case, and a store keeps nothing
/// else. What is refused leaves no trace here. An action that is entered at an earlier time than its predecessor (the server's clock was
/// set back) is taken, because a submission must never be lost to a clock, and a ``CaseRemark`` says so; but what an action *states* must
/// make sense: a submission before awareness, or a measure in the future, is refused.
public struct Case: Hashable, Sendable {
    /// Bounds on what a case holds; texts in bytes of UTF-8.
    public enum Limits {
        public static let identifier = 64
        /// Author, source, product, version, reference, channel, title.
        public static let line = 300
        /// Reasons, signals, evidence, notes.
        public static let text = 16_000
        public static let products = 200
        public static let versions = 500
        public static let actions = 5_000
        /// All texts of the history together; less than ``CaseArchive/largest`` however they are escaped.
        public static let total = 8 << 20
        public static let requests = 100
        public static let criteria = 16
        /// How far a stated moment may lie after the entry that states it, for clocks that differ: seconds.
        public static let tolerance = 300.0
    }

    /// What was settled at the start.
    public let opening: CaseOpening
    /// Every action that was taken, in order.
    public private(set) var history: [CaseAction]
    /// What follows from the history.
    public private(set) var state: CaseState
    /// The size of all texts in the history.
    private var bytes: Int

    /// Opens a case; the action is a ``CaseStep/open(opening:)``.
    public init(opening action: CaseAction) throws(CaseError) {
        let action = action.wholeSeconds
        guard case .open(let opening) = action.step else { throw .notOpened }
        self.opening = opening
        state = try CaseState(opening, action)
        history = [action]
        bytes = action.bytes
        guard bytes <= Limits.total else { throw .tooLarge(limit: Limits.total) }
    }

    /// Rebuilds a case from its history.
    public init(replaying actions: [CaseAction]) throws(CaseError) {
        guard let first = actions.first else { throw .notOpened }
        try self.init(opening: first)
        for action in actions.dropFirst() { try apply(action) }
    }

    /// Takes an action, or refuses it and stays as it is.
    public mutating func apply(_ action: CaseAction) throws(CaseError) {
        guard history.count < Limits.actions else { throw .tooMany(.actions, limit: Limits.actions) }
        let (total, overflow) = bytes.addingReportingOverflow(action.bytes)
        guard !overflow, total <= Limits.total else { throw .tooLarge(limit: Limits.total) }
        let action = action.wholeSeconds
        var next = state
        try next.take(action, number: history.count, in: opening)
        state = next
        bytes = total
        history.append(action)
    }

    public var identifier: String { opening.identifier }
    public var kind: CaseKind { opening.kind }
    public var phase: CasePhase { state.phase }
    /// A case on paper. Settled when it was opened.
    public var isDrill: Bool { opening.isDrill }
}

extension Case: Codable {
    private enum CodingKeys: String, CodingKey { case actions }

    /// Replays the actions: a history that could not have happened does not decode.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let actions = try container.decode([CaseAction].self, forKey: .actions)
        do {
            try self.init(replaying: actions)
        } catch {
            throw DecodingError.dataCorruptedError(forKey: .actions, in: container, debugDescription: error.description)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(history, forKey: .actions)
    }
}
