/// A report before it is submitted: a value per field of the platform's form, to be copied field by field. Holdfast submits nothing.
public struct ReportDraft: Codable, Hashable, Sendable {
    public enum Limits {
        /// The longest value that is kept, in bytes; more than any field takes, so that a text can be cut down here.
        public static let value = 32_000
        public static let statement = 4_000
    }

    /// What takes the place of content that the law asks for "where available" or "where applicable".
    public enum Statement: Codable, Hashable, Sendable {
        /// Not known yet; the text says what is being done.
        case unknown(text: String)
        /// Does not apply; the text says why.
        case notApplicable(text: String)
        /// Given elsewhere, as for a stage without a form: the text itself, or where it is.
        case given(text: String)

        var text: String {
            switch self {
            case .unknown(let text), .notApplicable(let text), .given(let text): text
            }
        }
    }

    public enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        case noSuchField(String)
        case notAsked(String, ReportStage)
        case carriedOver(String)
        case tooLong(limit: Int)
        case noSuchElement(String)
        /// The law asks for it without a condition.
        case cannotBeStated(String)
        case emptyStatement
        case otherKind
        case notEarlier

        public var description: String {
            switch self {
            case .noSuchField(let number): "The form has no field '\(number.prefix(16))' for this kind of case."
            case .notAsked(let number, let stage): "The form does not ask for field \(number.prefix(16)) in the \(stage.title)."
            case .carriedOver(let number): "Field \(number.prefix(16)) is carried over from the stage before: change it there."
            case .tooLong(let limit): "The text is longer than \(limit) bytes: shorten it."
            case .noSuchElement(let id): "This report has no element '\(id.prefix(16))'."
            case .cannotBeStated(let id): "Element \(id.prefix(16)) is mandatory: it cannot be unknown or inapplicable."
            case .emptyStatement: "Say what is being done to find out, or why it does not apply."
            case .otherKind: "The earlier report is about another kind of case."
            case .notEarlier: "Values are carried over from an earlier stage alone."
            }
        }
    }

    public let kind: CaseKind
    public let stage: ReportStage
    /// Of a case on paper: every text that leaves it says so.
    public let isDrill: Bool
    /// By the field's number.
    public private(set) var values: [String: String] = [:]
    /// By the element's id.
    public private(set) var statements: [String: Statement] = [:]

    public init(kind: CaseKind, stage: ReportStage, isDrill: Bool = false) {
        self.kind = kind
        self.stage = stage
        self.isDrill = isDrill
        // The one field that the kind decides.
        if stage == .earlyWarning { values["1"] = kind == .vulnerability ? "Vulnerability" : "Incident" }
    }

    /// A later report with the values of an earlier one: those that the form carries over, and those that it asks for again.
    public init(kind: CaseKind, stage: ReportStage, carrying earlier: ReportDraft, form: PlatformForm = .current) throws(Failure) {
        guard earlier.kind == kind else { throw .otherKind }
        guard earlier.stage < stage else { throw .notEarlier }
        self.kind = kind
        self.stage = stage
        isDrill = earlier.isDrill
        for field in form.fields(for: kind) where field.status(at: stage) != .notAsked {
            values[field.number] = earlier.values[field.number]
        }
    }

    /// Sets a field's value; an empty one removes it. Too many characters for the form are kept and reported by ``completeness(form:law:)``.
    public mutating func set(_ number: String, to value: String, form: PlatformForm = .current) throws(Failure) {
        guard let field = form.fields(for: kind).first(where: { $0.number == number }) else { throw .noSuchField(number) }
        switch field.status(at: stage) {
        case .notAsked: throw .notAsked(number, stage)
        case .carriedOver: throw .carriedOver(number)
        case .required, .optional, .ifAvailable: break
        }
        guard value.utf8.count <= Limits.value else { throw .tooLong(limit: Limits.value) }
        values[number] = value.isEmpty ? nil : value
    }

    /// States why an element has no content, or where it is; nil takes that back.
    public mutating func state(_ element: String, _ statement: Statement?, law: Article14 = .facts) throws(Failure) {
        guard let found = law.content(of: stage, for: kind)?.elements.first(where: { $0.id == element }) else {
            throw .noSuchElement(element)
        }
        guard let statement else {
            statements[element] = nil
            return
        }
        guard statement.text.utf8.count <= Limits.statement else { throw .tooLong(limit: Limits.statement) }
        guard !statement.text.allSatisfy(\.isWhitespace) else { throw .emptyStatement }
        switch statement {
        case .given: break
        case .unknown, .notApplicable: guard found.obligation.canBeStated else { throw .cannotBeStated(element) }
        }
        statements[element] = statement
    }

    /// The whole report as text: a line for each field that is filled in, drills marked on the first.
    public func text(form: PlatformForm = .current) -> String {
        var lines = isDrill ? ["DRILL - do not submit"] : []
        for field in form.fields(for: kind) {
            guard let value = values[field.number], field.status(at: stage) != .notAsked else { continue }
            lines.append("\(field.number) \(field.name): \(value)")
        }
        for (element, statement) in statements.sorted(by: { $0.key < $1.key }) {
            switch statement {
            case .unknown(let text): lines.append("\(element): not known. \(text)")
            case .notApplicable(let text): lines.append("\(element): does not apply. \(text)")
            case .given(let text): lines.append("\(element): \(text)")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
