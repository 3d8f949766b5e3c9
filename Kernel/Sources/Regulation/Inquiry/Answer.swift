import Foundation

/// What was answered. Encodes as one word: "yes", "no", "unknown", or the id of an option.
public enum AnswerValue: Hashable, Sendable {
    case yes
    case no
    /// Nobody knows yet. A verdict that needs it stays open and names it.
    case unknown
    /// The id of one of the question's options.
    case option(String)

    public var code: String {
        switch self {
        case .yes: "yes"
        case .no: "no"
        case .unknown: "unknown"
        case .option(let id): id
        }
    }

    public init(code: String) {
        switch code {
        case "yes": self = .yes
        case "no": self = .no
        case "unknown": self = .unknown
        default: self = .option(code)
        }
    }
}

extension AnswerValue: Codable {
    public init(from decoder: any Decoder) throws {
        self.init(code: try decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(code)
    }
}

/// One stored answer: who said what, when, and why.
public struct Answer: Codable, Hashable, Sendable {
    /// The question's id.
    public var question: String
    public var value: AnswerValue
    public var who: String
    public var when: Date
    /// The reasoning. Required where the question says so.
    public var note: String

    public init(question: String, value: AnswerValue, who: String, when: Date, note: String = "") {
        self.question = question
        self.value = value
        self.who = who
        self.when = when
        self.note = note
    }
}

/// An answer that cannot be taken, and what to do about it.
public enum AnswerError: Error, Hashable, Sendable, CustomStringConvertible {
    case unknownQuestion(String)
    case wrongKind(question: String, value: String, allowed: [String])
    case noteMissing(question: String)
    case authorMissing(question: String)
    case tooLong(question: String, limit: Int)
    case tooMany(limit: Int)
    /// The question does not arise yet, or no longer.
    case notAsked(question: String, next: String?)

    public var description: String {
        switch self {
        case .unknownQuestion(let id): "there is no question \(id.prefix(80)): use the id of a question that was asked"
        case .wrongKind(let question, let value, let allowed):
            "\(question) does not take \(value.prefix(80)): answer with one of \(allowed.joined(separator: ", "))"
        case .noteMissing(let question): "\(question): write the reasoning into the note, this answer is kept with it"
        case .authorMissing(let question): "\(question): say who answers"
        case .tooLong(let question, let limit): "\(question): an answer's author and note have at most \(limit) characters together"
        case .tooMany(let limit): "an inquiry keeps at most \(limit) answers"
        case .notAsked(let question, let next):
            next.map { "\(question) does not arise now: answer \($0) first" } ?? "\(question) does not arise: the inquiry has ended"
        }
    }
}
