import Foundation

/// One entry in the history of a case: who did what when, and why. Never changed afterwards; a mistake is corrected by a further entry.
public struct CaseAction: Codable, Hashable, Sendable {
    /// When it was entered, by the clock of the server.
    public var at: Date
    /// Who entered it: the name under which the person signed in.
    public var author: String
    /// Why. Needed for decisions, corrections, and for closing and reopening.
    public var reason: String
    public var step: CaseStep

    public init(at: Date, author: String, reason: String = "", _ step: CaseStep) {
        self.at = at
        self.author = author
        self.reason = reason
        self.step = step
    }
}

/// What can be done in a case.
public enum CaseStep: Codable, Hashable, Sendable {
    /// Opens the case with its first signal. Only as the first action.
    case open(opening: CaseOpening)
    /// A further alert, report or KEV entry.
    case logSignal(signal: CaseSignal)
    case startAssessment
    /// The Member State of the coordinator, once routing has decided it, or decided otherwise.
    case nameCoordinator(country: String)
    /// The decision that the manufacturer is aware; starts the clocks.
    case declareAware(decision: AwareDecision)
    /// The decision that this is not a case. Kept, so that it can be shown.
    case declareNoCase(evidence: String)
    case correctAwareness(since: Date)
    case recordSubmission(submission: CaseSubmission)
    /// Replaces the time, reference or coverage of the stage's submission.
    case correctSubmission(submission: CaseSubmission)
    /// The submission does not count, as after a wrong choice of the coordinator: the stage is owed again.
    case invalidateSubmission(stage: ReportStage)
    case recordMeasure(availableAt: Date)
    /// Another date; nil when it turned out that there is no measure yet.
    case correctMeasure(availableAt: Date?)
    case recordRequest(request: CSIRTRequest)
    /// The answer to a request of the CSIRT, by its number from 1.
    case answerRequest(number: Int, submittedAt: Date, reference: String)
    case recordUserNotice(notice: UserNotice)
    case note(text: String)
    /// First half of a closing by two persons.
    case askToClose
    /// Closes; `leaving` names exactly the stages that are still owed, and the action's reason says why they are left.
    case close(leaving: [ReportStage])
    case reopen
}

/// A signal as it came in.
public struct CaseSignal: Codable, Hashable, Sendable {
    public var receivedAt: Date
    /// From where: an alert, a reporter, "CISA KEV".
    public var source: String
    public var text: String

    public init(receivedAt: Date, source: String, text: String) {
        self.receivedAt = receivedAt
        self.source = source
        self.text = text
    }
}

/// A product with the versions that are affected.
public struct AffectedProduct: Codable, Hashable, Sendable {
    /// The product's identifier in the estate.
    public var product: String
    /// Empty: all.
    public var versions: [String]

    public init(product: String, versions: [String] = []) {
        self.product = product
        self.versions = versions
    }
}

/// What is settled when a case is opened, and stays.
public struct CaseOpening: Codable, Hashable, Sendable {
    /// The number under which the case is kept, such as "2026-007". It becomes part of calendar entries.
    public var identifier: String
    public var kind: CaseKind
    public var title: String
    public var products: [AffectedProduct]
    public var signal: CaseSignal
    /// A case on paper: nothing happened and nothing is submitted. Cannot be changed later.
    public var isDrill: Bool
    /// Where the manufacturer reads the clock: an IANA name.
    public var zone: String
    /// The coordinator's Member State, once routing has decided it.
    public var country: String?
    public var size: ReportingClock.Size?
    /// Who asks for the closing and who confirms it are two persons.
    public var twoPersonClosing: Bool

    public init(
        identifier: String, kind: CaseKind, title: String, products: [AffectedProduct], signal: CaseSignal, isDrill: Bool = false,
        zone: String, country: String? = nil, size: ReportingClock.Size? = nil, twoPersonClosing: Bool = false
    ) {
        self.identifier = identifier
        self.kind = kind
        self.title = title
        self.products = products
        self.signal = signal
        self.isDrill = isDrill
        self.zone = zone
        self.country = country
        self.size = size
        self.twoPersonClosing = twoPersonClosing
    }
}

/// The decision that the manufacturer is aware (guidance pts 211-215); the action's author decides, its reason says why.
public struct AwareDecision: Codable, Hashable, Sendable {
    /// T0: when there was a reasonable degree of certainty.
    public var since: Date
    /// What it rests on.
    public var evidence: String
    /// The tests that hold, by their ids in ``Article14/triggers``. For an incident one of Art. 14(5) is among them.
    public var criteria: [String]

    public init(since: Date, evidence: String, criteria: [String] = []) {
        self.since = since
        self.evidence = evidence
        self.criteria = criteria
    }
}

/// A report that went in. In a drill: that would have.
public struct CaseSubmission: Codable, Hashable, Sendable {
    /// Early warning, notification or final report.
    public var stage: ReportStage
    public var at: Date
    /// What the platform gave back.
    public var reference: String
    /// Later stages whose whole content it held, so that they are not needed (Art. 14(2)(b)-(c), 14(4)(b)-(c)).
    public var covers: [ReportStage]

    public init(stage: ReportStage, at: Date, reference: String, covers: [ReportStage] = []) {
        self.stage = stage
        self.at = at
        self.reference = reference
        self.covers = covers
    }
}

/// The coordinator's request for an intermediate report (Art. 14(6)).
public struct CSIRTRequest: Codable, Hashable, Sendable {
    public var requestedAt: Date
    /// When the CSIRT wants it.
    public var dueAt: Date
    public var text: String

    public init(requestedAt: Date, dueAt: Date, text: String) {
        self.requestedAt = requestedAt
        self.dueAt = dueAt
        self.text = text
    }
}

/// How users were told (Art. 14(8)).
public struct UserNotice: Codable, Hashable, Sendable {
    public enum Audience: String, Codable, CaseIterable, Sendable { case impacted, all }

    public var at: Date
    public var audience: Audience
    /// E-mail, console, advisory page.
    public var channel: String
    /// Where it can be read.
    public var reference: String
    /// Also in a form that machines read, such as CSAF.
    public var isMachineReadable: Bool

    public init(at: Date, audience: Audience, channel: String, reference: String, isMachineReadable: Bool) {
        self.at = at
        self.audience = audience
        self.channel = channel
        self.reference = reference
        self.isMachineReadable = isMachineReadable
    }
}
