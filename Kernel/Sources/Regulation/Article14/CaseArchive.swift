import Foundation

/// Actions as JSON: instants as RFC 3339 in UTC, keys in order, so that the same action gives the same bytes.
public enum CaseArchive {
    /// The largest text that is read, in bytes.
    public static let largest = 64 << 20

    public static func data(_ action: CaseAction) throws(CaseError) -> Data { try encoded(action) }
    public static func data(_ actions: [CaseAction]) throws(CaseError) -> Data { try encoded(actions) }
    public static func action(from data: Data) throws(CaseError) -> CaseAction { try decoded(data) }
    public static func actions(from data: Data) throws(CaseError) -> [CaseAction] { try decoded(data) }

    private static func encoded(_ value: some Encodable) throws(CaseError) -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(LocalClock.utcText(date))
        }
        do { return try encoder.encode(value) } catch { throw .unreadable("\(error)") }
    }

    private static func decoded<Value: Decodable>(_ data: Data) throws(CaseError) -> Value {
        guard data.count <= largest else { throw .unreadable("more than \(largest) bytes") }
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let container = try decoder.singleValueContainer()
            let text = try container.decode(String.self)
            // A local time has no meaning here.
            guard text.hasSuffix("Z") else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "an instant ends with Z")
            }
            return try StatedInstant(text, in: try LocalClock(zone: "UTC")).instant
        }
        do { return try decoder.decode(Value.self, from: data) } catch { throw .unreadable("\(error)") }
    }
}

extension CaseAction {
    /// The size of its texts.
    var bytes: Int {
        let texts: [String] =
            switch step {
            case .open(let opening):
                [opening.identifier, opening.title, opening.signal.source, opening.signal.text]
                    + opening.products.flatMap { [$0.product] + $0.versions }
            case .logSignal(let signal): [signal.source, signal.text]
            case .declareAware(let decision): [decision.evidence] + decision.criteria
            case .declareNoCase(let evidence): [evidence]
            case .recordSubmission(let submission), .correctSubmission(let submission): [submission.reference]
            case .recordRequest(let request): [request.text]
            case .answerRequest(_, _, let reference): [reference]
            case .recordUserNotice(let notice): [notice.channel, notice.reference]
            case .note(let text): [text]
            case .startAssessment, .nameCoordinator, .correctAwareness, .invalidateSubmission, .recordMeasure, .correctMeasure,
                .askToClose, .close, .reopen:
                []
            }
        return texts.reduce(author.utf8.count + reason.utf8.count) { $0 + $1.utf8.count }
    }

    /// With every instant at its whole second, the earlier one: what is kept is what was decided on.
    var wholeSeconds: CaseAction {
        func whole(_ date: Date) -> Date {
            LocalClock.seconds(of: date).map { Date(timeIntervalSince1970: Double($0)) } ?? date
        }
        var action = self
        action.at = whole(at)
        switch step {
        case .open(var opening):
            opening.signal.receivedAt = whole(opening.signal.receivedAt)
            action.step = .open(opening: opening)
        case .logSignal(var signal):
            signal.receivedAt = whole(signal.receivedAt)
            action.step = .logSignal(signal: signal)
        case .declareAware(var decision):
            decision.since = whole(decision.since)
            action.step = .declareAware(decision: decision)
        case .correctAwareness(let since): action.step = .correctAwareness(since: whole(since))
        case .recordSubmission(var submission):
            submission.at = whole(submission.at)
            action.step = .recordSubmission(submission: submission)
        case .correctSubmission(var submission):
            submission.at = whole(submission.at)
            action.step = .correctSubmission(submission: submission)
        case .recordMeasure(let date): action.step = .recordMeasure(availableAt: whole(date))
        case .correctMeasure(let date): action.step = .correctMeasure(availableAt: date.map(whole))
        case .recordRequest(var request):
            request.requestedAt = whole(request.requestedAt)
            request.dueAt = whole(request.dueAt)
            action.step = .recordRequest(request: request)
        case .answerRequest(let number, let date, let reference):
            action.step = .answerRequest(number: number, submittedAt: whole(date), reference: reference)
        case .recordUserNotice(var notice):
            notice.at = whole(notice.at)
            action.step = .recordUserNotice(notice: notice)
        case .startAssessment, .nameCoordinator, .declareNoCase, .invalidateSubmission, .note, .askToClose, .close, .reopen: break
        }
        return action
    }
}
