import Resilience

extension MoveReason {
    /// A word that programs can rely on.
    public var name: String {
        switch self {
        case .none: "none"
        case .noRegistration: "no-registration"
        case .rejected: "rejected"
        case .bearerLost: "bearer-lost"
        case .dataPathDead: "data-path-dead"
        case .responderDoubt: "responder-doubt"
        case .trialReturn: "trial-return"
        case .hintedReturn: "hinted-return"
        case .trialFailed: "trial-failed"
        case .bothDark: "both-dark"
        case .abandoned: "abandoned"
        case .appointed: "appointed"
        case .rehearsal: "rehearsal"
        case .rehearsed: "rehearsed"
        case .rehearsalFailed: "rehearsal-failed"
        }
    }

    /// The rest of a sentence about a move, for people.
    var phrase: String {
        switch self {
        case .none: "no reason given"
        case .noRegistration: "no registration"
        case .rejected: "the network refused the subscription"
        case .bearerLost: "the data connection was lost"
        case .dataPathDead: "registered, but no data came through"
        case .responderDoubt: "beacons failed through both operators, so the fault was not the operator's"
        case .trialReturn: "a trial return, on schedule"
        case .hintedReturn: "the estate said that it is healthy again"
        case .trialFailed: "a trial return did not deliver"
        case .bothDark: "neither operator delivered"
        case .abandoned: "the terminal did not obey a switch, and this profile delivers"
        case .appointed: "the device or an eIM enabled this profile"
        case .rehearsal: "a rehearsal, to prove the backup"
        case .rehearsed: "a rehearsal proved the backup"
        case .rehearsalFailed: "in a rehearsal the backup did not deliver"
        }
    }
}

extension MoveReason {
    /// Every reason by its word.
    static let allNames: [String: MoveReason] = Dictionary(
        uniqueKeysWithValues: (UInt8.min...UInt8.max).compactMap { MoveReason(rawValue: $0) }.map { ($0.name, $0) })
}

/// Why a card moved, in words, from the code that it reports; a newer card may report one that is not known here.
struct MoveReasonText {
    let name: String
    let phrase: String

    init(_ code: UInt8) {
        let reason = MoveReason(rawValue: code)
        name = reason?.name ?? "reason-\(code)"
        phrase = reason?.phrase ?? "reason \(code)"
    }
}
