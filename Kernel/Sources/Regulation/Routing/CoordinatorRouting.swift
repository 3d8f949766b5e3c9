/// Which CSIRT is coordinator for a manufacturer (Art. 14(7)): asks one question at a time, and says why.
public struct CoordinatorRouting: Codable, Hashable, Sendable {
    /// What can be asked, in the order of the Article.
    public enum Topic: String, Codable, CodingKeyRepresentable, CaseIterable, Sendable {
        case establishment, decisions, employees, representative, importer, distributor, users
    }

    public enum Form: String, Codable, Sendable { case yesNo, memberState }

    public struct Question: Codable, Hashable, Sendable {
        public let id: Topic
        public let text: String
        public let why: String
        public let answer: Form
        public let citations: [Citation]
    }

    public enum Answer: Codable, Hashable, Sendable {
        case yes
        case no
        /// Two letters.
        case memberState(code: String)
        /// There is none, or it cannot be determined.
        case none
    }

    public enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        case wrongForm(Topic)
        case unknownMemberState(String)

        public var description: String {
            switch self {
            case .wrongForm(let topic):
                topic == .establishment
                    ? "The question on an establishment in the Union is answered with yes or no."
                    : "The question on \(topic.rawValue) is answered with a Member State or with none."
            case .unknownMemberState(let code):
                "'\(code.prefix(16))' is not a Member State on the list of coordinators. Write its two letters, such as DE."
            }
        }
    }

    /// Where the questions lead.
    public struct Decision: Codable, Hashable, Sendable {
        /// Which answer led on, and why.
        public let steps: [Step]
        /// The next question; nil when the answers decide, or when none is left.
        public let next: Question?
        /// The coordinator; nil while it is open.
        public let coordinator: Coordinator?
        /// What to know about it: practice, and how old the list is.
        public let notes: [Reason]

        /// No Member State came out of any question.
        public var isUndetermined: Bool { next == nil && coordinator == nil }
    }

    public struct Step: Codable, Hashable, Sendable {
        public let topic: Topic
        public let answer: Answer
        public let reason: Reason
    }

    public private(set) var answers: [Topic: Answer] = [:]

    public init() {}

    /// Takes an answer, or takes it back with nil. Answers that no longer matter are kept and not used.
    public mutating func answer(_ topic: Topic, _ answer: Answer?) throws(Failure) {
        switch answer {
        case .yes, .no: guard topic == .establishment else { throw .wrongForm(topic) }
        case .memberState(let code):
            guard topic != .establishment else { throw .wrongForm(topic) }
            guard Coordinator.of(code) != nil else { throw .unknownMemberState(code) }
        case Answer.none?: guard topic != .establishment else { throw .wrongForm(topic) }
        case nil: break
        }
        answers[topic] = answer
    }

    /// All questions with their reasons.
    public static var questions: [Question] { Coordinator.list.questions }

    public var decision: Decision {
        var steps: [Step] = []
        var topic: Topic? = .establishment
        while let current = topic {
            let question = Self.questions.first { $0.id == current }
            guard let answer = answers[current] else {
                return Decision(steps: steps, next: question, coordinator: nil, notes: [])
            }
            let citations = question?.citations ?? []
            if case .memberState(let code) = answer, let coordinator = Coordinator.of(code) {
                steps.append(Step(topic: current, answer: answer, reason: Reason(Self.decides(current), citations)))
                return Decision(steps: steps, next: nil, coordinator: coordinator, notes: Self.notes)
            }
            steps.append(Step(topic: current, answer: answer, reason: Reason(Self.leads(current, answer), citations)))
            topic = Self.following(current, answer)
        }
        return Decision(steps: steps, next: nil, coordinator: nil, notes: [Self.undetermined])
    }

    private static func following(_ topic: Topic, _ answer: Answer) -> Topic? {
        switch topic {
        case .establishment: answer == .yes ? .decisions : .representative
        case .decisions: .employees
        case .representative: .importer
        case .importer: .distributor
        case .distributor: .users
        case .employees, .users: nil
        }
    }

    private static func decides(_ topic: Topic) -> String {
        switch topic {
        case .establishment, .decisions:
            "Decisions on the cybersecurity of the products are predominantly taken there: it is the main establishment."
        case .employees: "The place of decisions cannot be determined; most employees in the Union work there."
        case .representative: "There is no establishment in the Union; the authorised representative for most products is there."
        case .importer: "There is no authorised representative; the importer of most products is there."
        case .distributor: "There is no importer; the distributor of most products is there."
        case .users: "There is no distributor; most users are there. Later reports may go to the same CSIRT."
        }
    }

    private static func leads(_ topic: Topic, _ answer: Answer) -> String {
        switch topic {
        case .establishment:
            answer == .yes
                ? "There is an establishment in the Union: the main one decides." : "There is no establishment in the Union."
        case .decisions: "The Member State of the decisions cannot be determined: the number of employees decides."
        case .employees: "No Member State was named for the establishment with the most employees."
        case .representative: "There is no authorised representative: importers come next."
        case .importer: "There is no importer: distributors come next."
        case .distributor: "There is no distributor: users come last."
        case .users: "No Member State was named for the users."
        }
    }

    private static let undetermined = Reason(
        "No Member State came out of the questions. Ask a national CSIRT or ENISA before a report is due.",
        [Citation("our reading of Art. 14(7)", .interpretation)])

    private static var notes: [Reason] {
        let list = Coordinator.list
        return list.practice + [Reason(list.note, [Citation("\(list.source), \(list.asOf)", list.mark)])]
    }
}
