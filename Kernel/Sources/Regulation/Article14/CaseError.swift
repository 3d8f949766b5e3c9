/// Why an action is refused in a case. Nothing has changed then.
public enum CaseError: Error, Hashable, Sendable {
    /// The first action of a case opens it, and no other does.
    case notOpened
    case alreadyOpened
    case noProduct
    /// The action is not possible now; `why` says what comes first.
    case outOfTurn(String, phase: CasePhase, why: String)
    case empty(CaseField)
    case tooLong(CaseField, limit: Int)
    /// A line break or another control character in a field of one line.
    case notOneLine(CaseField)
    case tooMany(CaseField, limit: Int)
    /// The texts of the whole history are too large together.
    case tooLarge(limit: Int)
    /// A moment outside the years of ``LocalClock``.
    case outOfRange(CaseField)
    /// A moment that lies after the entry which states it.
    case inFuture(CaseField)
    case before(CaseField, than: CaseField)
    case clock(ClockError)
    case unknownCriterion(String)
    /// An incident is reportable only when it is severe.
    case notSevere
    /// Already there: correct it instead.
    case alreadyRecorded(CaseField)
    /// Not there: there is nothing to correct or to invalidate.
    case notRecorded(CaseField)
    /// A stage whose forerunner has not been submitted.
    case stageBefore(ReportStage, missing: ReportStage)
    /// A stage submitted before the one that it follows.
    case stagesOutOfOrder(ReportStage, before: ReportStage)
    /// Letters, digits, dots, dashes and underscores make a case number.
    case badIdentifier
    /// A stage that cannot be submitted, or be covered by another.
    case notAStage(ReportStage)
    /// Stages are still owed: name exactly these when closing, and say why they are left.
    case outstanding([ReportStage])
    /// The same person asked for the closing and confirms it.
    case samePerson
    case unreadable(String)
}

/// A part of an action, as errors name it.
public enum CaseField: String, Codable, CaseIterable, Sendable {
    case author, reason, title, text, source, evidence, reference, channel, product, products, version, versions, actions
    case identifier = "case number"
    case entry = "time of the entry"
    case signal = "time of the signal"
    case awareness = "time of awareness"
    case measure = "date of the measure"
    case submission = "time of submission"
    case requested = "time of the CSIRT's request"
    case due = "due date of the CSIRT's request"
    case request = "request of the CSIRT"
    case requests = "requests of the CSIRT"
    case notice = "time of the notice"
    case criteria
}

extension CaseError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notOpened: "The first action of a case opens it with a signal."
        case .alreadyOpened: "The case is open already: log a further signal instead, or open another case."
        case .noProduct: "A case names at least one product: register the product first, or choose it."
        case .outOfTurn(let action, let phase, let why): "Cannot \(action) while the case is \(phase.title): \(why)."
        case .empty(let field): "The \(field.rawValue) is missing: write it down."
        case .tooLong(let field, let limit):
            "The \(field.rawValue) is longer than \(limit) bytes: shorten it, and keep the rest in a file."
        case .notOneLine(let field): "The \(field.rawValue) holds a line break or a control character: write it on one line."
        case .tooMany(let field, let limit): "More than \(limit) \(field.rawValue): split the case."
        case .tooLarge(let limit):
            "The texts of the case are larger than \(limit) bytes together: keep long evidence in files, and name them here."
        case .outOfRange(let field):
            "The \(field.rawValue) lies outside the years \(LocalClock.years.lowerBound) to \(LocalClock.years.upperBound): check its year."
        case .inFuture(let field):
            "The \(field.rawValue) lies after the entry that states it: check the date and its offset from UTC, and the server's clock."
        case .before(let field, let earlier):
            "The \(field.rawValue) lies before the \(earlier.rawValue), which it follows: check both."
        case .clock(let error): error.description
        case .unknownCriterion(let id): "There is no criterion '\(id.prefix(24))' for this kind of case."
        case .notSevere:
            "An incident is reportable only when it is severe: name which point of Art. 14(5) holds, or decide that it is not a case."
        case .alreadyRecorded(let field): "The \(field.rawValue) is recorded already: correct it, with a reason."
        case .notRecorded(let field): "The \(field.rawValue) is not recorded: there is nothing to correct."
        case .stageBefore(let stage, let missing):
            "The \(stage.title) follows the \(missing.title), which is not recorded as submitted: record that first."
        case .stagesOutOfOrder(let stage, let earlier):
            "The \(stage.title) is dated before the \(earlier.title), which it follows: check both times."
        case .badIdentifier:
            "A case number has 1 to \(Case.Limits.identifier) letters, digits, dots, dashes and underscores."
        case .notAStage(let stage): "The \(stage.title) cannot be recorded this way."
        case .outstanding(let stages):
            "Still owed: \(stages.map(\.title).joined(separator: ", ")). Submit them, or name exactly these as left and say why."
        case .samePerson: "Who asked for the closing cannot confirm it: another person must."
        case .unreadable(let why): "The actions do not read: \(why.prefix(200))"
        }
    }
}
