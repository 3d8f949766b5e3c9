import Foundation

/// What a draft has and lacks, by the law and by the platform's form. The two differ: the form calls some fields optional that Article 14
/// asks for, and the law goes first.
public struct ReportCompleteness: Codable, Hashable, Sendable {
    /// A field of the form with its counter.
    public struct FieldState: Codable, Hashable, Sendable {
        public enum Problem: String, Codable, Sendable {
            case missing, tooLong, notAChoice, notAnInstant, notMemberStates
        }

        public var field: PlatformForm.Field
        public var status: PlatformForm.Status
        public var value: String?
        /// As ``PlatformForm/length(of:)`` counts.
        public var count: Int
        /// Characters that are left; negative when there are too many, nil without a limit.
        public var remaining: Int?
        public var problem: Problem?
        /// The elements of the law that it holds, whatever the form says about it.
        public var elements: [String]
    }

    /// An element of the law with what became of it.
    public struct ElementState: Codable, Hashable, Sendable {
        public enum Standing: String, Codable, Sendable {
            case given
            /// Stated to be unknown or not to apply.
            case stated
            case missing
            /// Not there, and nobody asks for it.
            case leftOut
        }

        public var element: Article14.Element
        public var standing: Standing
        /// The fields that it lacks.
        public var missingFields: [String]
    }

    public var fields: [FieldState]
    public var elements: [ElementState]

    public var missingElements: [Article14.Element] { elements.filter { $0.standing == .missing }.map(\.element) }
    public var missingFields: [PlatformForm.Field] { fields.filter { $0.problem == .missing }.map(\.field) }
    public var tooLong: [FieldState] { fields.filter { $0.problem == .tooLong } }
    /// Values in another form than the field takes.
    public var invalid: [FieldState] { fields.filter { $0.problem != nil && $0.problem != .missing && $0.problem != .tooLong } }
    /// Nothing is missing, too long or malformed. Says nothing about whether it is right.
    public var isComplete: Bool { fields.allSatisfy { $0.problem == nil } && missingElements.isEmpty }
}

extension ReportDraft {
    public func completeness(form: PlatformForm = .current, law: Article14 = .facts) -> ReportCompleteness {
        let content = law.content(of: stage, for: kind)
        let elements = content?.elements ?? []
        return ReportCompleteness(
            fields: form.fields(for: kind).compactMap { field in
                let status = field.status(at: stage)
                return status == .notAsked ? nil : fieldState(field, status, elements)
            },
            elements: elements.map(elementState))
    }

    /// A value that is more than spaces.
    private func value(_ number: String) -> String? {
        guard let value = values[number], !value.allSatisfy(\.isWhitespace) else { return nil }
        return value
    }

    private func elementState(_ element: Article14.Element) -> ReportCompleteness.ElementState {
        let missing = (element.fields ?? []).filter { value($0) == nil }
        let standing: ReportCompleteness.ElementState.Standing
        if let fields = element.fields, !fields.isEmpty, missing.isEmpty {
            standing = .given
        } else {
            switch statements[element.id] {
            case .given?: standing = .given
            case .unknown?, .notApplicable?: standing = .stated
            case nil: standing = element.obligation.isOptional ? .leftOut : .missing
            }
        }
        return .init(element: element, standing: standing, missingFields: standing == .missing ? missing : [])
    }

    private func fieldState(_ field: PlatformForm.Field, _ status: PlatformForm.Status, _ elements: [Article14.Element])
        -> ReportCompleteness.FieldState
    {
        let value = value(field.number)
        let count = PlatformForm.length(of: values[field.number] ?? "")
        var problem: ReportCompleteness.FieldState.Problem?
        if let value {
            if let longest = field.longest, count > longest {
                problem = .tooLong
            } else if let choices = field.choices, !choices.contains(value) {
                problem = .notAChoice
            } else if field.isInstant == true, !Self.isInstant(value) {
                problem = .notAnInstant
            } else if field.isMemberStates == true, !Self.areMemberStates(value) {
                problem = .notMemberStates
            }
        } else if field.isNeeded(at: stage) {
            problem = .missing
        }
        return .init(
            field: field, status: status, value: values[field.number], count: count, remaining: field.longest.map { $0 - count },
            problem: problem, elements: elements.filter { $0.fields?.contains(field.number) == true }.map(\.id))
    }

    /// An instant in UTC, the time base of the form.
    private static func isInstant(_ text: String) -> Bool {
        guard text.hasSuffix("Z"), let utc = try? LocalClock(zone: "UTC") else { return false }
        return (try? StatedInstant(text, in: utc)) != nil
    }

    /// Codes of Member States with commas between them, each once.
    private static func areMemberStates(_ text: String) -> Bool {
        let codes = text.split(separator: ",", omittingEmptySubsequences: false).map { $0.filter { !$0.isWhitespace } }
        return Set(codes).count == codes.count && codes.allSatisfy { Coordinator.of($0) != nil }
    }
}
