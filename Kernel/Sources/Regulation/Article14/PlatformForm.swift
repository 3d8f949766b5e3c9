/// The form of the single reporting platform: which fields there are, and what each stage asks of them. State, not law: ENISA edits it.
public struct PlatformForm: Codable, Hashable, Sendable {
    /// What the form asks of a field at a stage.
    public enum Status: String, Codable, CaseIterable, Sendable {
        case required, optional
        /// Shown from the stage before, and not changed.
        case carriedOver
        /// To be filled in when it is known.
        case ifAvailable
        case notAsked
    }

    public struct Field: Codable, Hashable, Sendable {
        /// The form's own number: "2", "v21", "i31".
        public let number: String
        public let name: String
        /// Nil: for both kinds.
        public let kind: CaseKind?
        public let earlyWarning: Status
        public let notification: Status
        public let finalReport: Status
        /// The most characters; nil where none is known.
        public let longest: Int?
        public let choices: [String]?
        public let isInstant: Bool?
        public let isMemberStates: Bool?
        public let note: String?

        /// What a stage asks of the field. The form has no page for intermediate reports and notices to users.
        public func status(at stage: ReportStage) -> Status {
            switch stage {
            case .earlyWarning: earlyWarning
            case .notification: notification
            case .finalReport: finalReport
            case .intermediateReport, .userNotice: .notAsked
            }
        }

        /// Whether a stage needs it: required there, or carried over from one that required it.
        public func isNeeded(at stage: ReportStage) -> Bool {
            switch status(at: stage) {
            case .required: true
            case .carriedOver: earlyWarning == .required || (stage == .finalReport && notification == .required)
            case .optional, .ifAvailable, .notAsked: false
            }
        }
    }

    public let source: String
    /// The day of the version that was taken over.
    public let asOf: Day
    public let mark: Mark
    public let note: String
    public let fields: [Field]

    /// The form that is built in.
    public static let current: PlatformForm = FactFile.read(FactFile.platformForm, "platform_form.swift")

    /// The fields of a kind of case, in the form's order.
    public func fields(for kind: CaseKind) -> [Field] { fields.filter { $0.kind == nil || $0.kind == kind } }

    public func field(_ number: String) -> Field? { fields.first { $0.number == number } }

    /// How a text is counted against ``Field/longest``. The platform's glossary says "characters" and no more. Browsers count UTF-16 code
    /// units, with a line break as one; a server that gets the form over HTTP sees each as two. We count the larger, so that what fits
    /// here fits there: UTF-16 code units, each line break as two.
    public static func length(of text: String) -> Int {
        var count = 0
        var previous: UInt16 = 0
        for unit in text.utf16 {
            // CR LF is one line break.
            if unit == 0x0A { count += previous == 0x0D ? 0 : 2 } else { count += unit == 0x0D ? 2 : 1 }
            previous = unit
        }
        return count
    }

    /// How ``length(of:)`` counts, for the page that shows it.
    public static let counting = Reason(
        "Counted in UTF-16 code units, a line break as two. The form's glossary does not say how it counts; this is the larger of the usual ways.",
        [Citation("our choice of the larger count", .interpretation)])
}
