/// What Article 14 asks for, as data: when it applies, what sets it off, and what each report must contain.
public struct Article14: Codable, Hashable, Sendable {
    /// A point to be affirmed, with its own number.
    public struct Criterion: Codable, Hashable, Sendable {
        public var id: String
        public var text: String
        public var citations: [Citation]
    }

    /// What makes a matter reportable.
    public struct Trigger: Codable, Hashable, Sendable {
        public var kind: CaseKind
        public var name: String
        public var citations: [Citation]
        /// All of them must hold.
        public var tests: [Criterion]
        /// At least one of them must hold, where there are any.
        public var severity: [Criterion]
        /// What looks like it and is not.
        public var notTriggered: [Reason]
        public var note: Reason
    }

    /// How strictly the law asks for an element.
    public enum Obligation: String, Codable, CaseIterable, Sendable {
        case mandatory, mandatoryIfAny, asAvailable, whereAvailable, whereApplicable, whereNecessary, whereAppropriate, onRequest
        case optional, interpretive

        /// A statement that it is unknown, or does not apply, settles it.
        public var canBeStated: Bool { self != .mandatory && self != .onRequest }
        /// Its absence is no gap.
        public var isOptional: Bool { self == .optional || self == .interpretive }
    }

    /// One piece of content that a report must have.
    public struct Element: Codable, Hashable, Sendable {
        public var id: String
        public var text: String
        public var obligation: Obligation
        public var citations: [Citation]
        /// The fields of the platform's form that hold it; all are needed. Nil: the form has none.
        public var fields: [String]?
        /// Fields that add to it.
        public var helpful: [String]?
    }

    /// What a stage must contain.
    public struct StageContent: Codable, Hashable, Sendable {
        public var kind: CaseKind
        public var stage: ReportStage
        public var citations: [Citation]
        /// When the stage can be left out.
        public var skip: Reason?
        public var elements: [Element]
    }

    /// A rule with the grounds on which it is claimed.
    public struct Grounds: Codable, Hashable, Sendable {
        public var rule: Reason
        public var grounds: [Criterion]
    }

    struct Contested: Codable, Hashable, Sendable {
        var id: String
        var reason: Reason
    }

    /// When the facts were put together.
    public let asOf: Day
    /// Reports are due for what a manufacturer becomes aware of from this day on (Art. 71(2)).
    public let appliesFrom: Day
    public let application: Reason
    public let noRetroactivity: Reason
    public let afterSupport: Reason
    /// What being aware means.
    public let awareness: Reason
    public let awarenessReading: Reason
    public let recipients: Reason
    public let voluntary: Reason
    public let fineExclusion: Reason
    let contested: [Contested]
    public let triggers: [Trigger]
    public let stages: [StageContent]
    /// Art. 16(2), third subparagraph.
    public let exceptionalCircumstances: Grounds
    /// Art. 16(2), second subparagraph.
    public let delayedDissemination: Grounds

    /// The facts that are built in.
    public static let facts: Article14 = FactFile.read(FactFile.article14, "article14.swift")

    /// A point that is not settled, by its number.
    public func contested(_ identifier: String) -> Reason {
        contested.first { $0.id == identifier }?.reason ?? Reason("This point is not settled.")
    }

    public func trigger(of kind: CaseKind) -> Trigger? { triggers.first { $0.kind == kind } }

    /// What a stage must contain.
    public func content(of stage: ReportStage, for kind: CaseKind) -> StageContent? {
        stages.first { $0.kind == kind && $0.stage == stage }
    }
}
