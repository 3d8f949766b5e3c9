import Beacon
import Cipher
import Resilience

/// What a card knows of policy documents: its key, what it has followed, what is on trial, and what the estate has to hear.
struct PolicyUpdates: Equatable, Sendable {
    let layout: PolicyUpdatesLayout
    let key: Block
    /// The highest version that was ever followed.
    private(set) var highest: UInt32
    var trial: PolicyTrial?
    /// What came of the last document.
    private(set) var outcome: PolicyOutcome?
    /// An answer has shown that the estate heard the outcome.
    private var isHeard = false
    /// To each responder, the number of the first beacon that told the outcome.
    private var told: [UInt64?] = [UInt64?](repeating: nil, count: ResidentLayout.responders)

    /// The section of a card that has had no document yet.
    static func section(key: Block, version: UInt32) -> [UInt8] {
        var bytes = key.bytes
        bytes.append(UInt64(version), size: 4)
        return bytes + [UInt8](repeating: 0, count: PolicyUpdatesLayout.size - bytes.count)
    }

    /// Reads what personalisation and earlier sessions left.
    init(_ bytes: [UInt8], layout: PolicyUpdatesLayout) throws(CardImageError) {
        self.layout = layout
        key = Block(bytes, at: layout.key)
        highest = UInt32(truncatingIfNeeded: bytes.number(at: layout.highest, size: 4))
        if let result = PolicyOutcome.Result(rawValue: bytes.byte(at: layout.outcome)) {
            outcome = PolicyOutcome(
                version: UInt32(truncatingIfNeeded: bytes.number(at: layout.outcomeVersion, size: 4)), result)
        }
        guard bytes.byte(at: layout.isOnTrial) == 1 else { return }
        let length = Int(bytes.byte(at: layout.previous))
        guard let previous = Parameters((0..<length).map { bytes.byte(at: layout.previous + 1 + $0) }) else {
            throw .badPolicyUpdates(offset: layout.previous)
        }
        trial = PolicyTrial(
            previous: previous, powerOns: bytes.byte(at: layout.powerOns),
            earlier: UInt32(truncatingIfNeeded: bytes.number(at: layout.elapsed, size: 4)), began: .zero)
    }

    /// Stages all that may have changed.
    func stage<Memory: NonVolatileMemory>(in store: inout ImageStore<Memory>, at now: Instant) {
        store.stage(UInt64(highest), size: 4, at: layout.highest)
        store.stage(trial == nil ? 0 : 1, size: 1, at: layout.isOnTrial)
        store.stage(UInt64(outcome?.version ?? 0), size: 4, at: layout.outcomeVersion)
        store.stage(UInt64(outcome?.result.rawValue ?? 0), size: 1, at: layout.outcome)
        guard let trial else { return }
        store.stage(UInt64(trial.powerOns), size: 1, at: layout.powerOns)
        store.stage(UInt64(trial.elapsed(at: now)), size: 4, at: layout.elapsed)
        let previous = trial.previous.encoded
        store.stage(UInt64(previous.count), size: 1, at: layout.previous)
        store.stage(previous.span, at: layout.previous + 1)
    }

    /// Whether a document may be followed, in what it says; what it is signed with is settled.
    func refusal(of document: PolicyDocument, on card: CardNumber, profiles: Int) -> PolicyOutcome.Result? {
        if document.card != card { return .refusedContent }
        if document.version <= highest { return .refusedOld }
        let parameters = document.parameters
        // A card with one profile has nowhere to move, and what beacons too seldom could never be confirmed.
        if profiles < 2, parameters.movement != .never { return .refusedContent }
        let slowest = max(parameters.heartbeat, parameters.heartbeatAway)
        return slowest > PolicyTrial.longestHeartbeat ? .refusedContent : nil
    }

    mutating func begin(_ document: PolicyDocument, after previous: Parameters, at now: Instant) {
        highest = document.version
        // What was itself still on trial is nothing to go back to.
        trial = PolicyTrial(previous: trial?.previous ?? previous, began: now)
        note(PolicyOutcome(version: document.version, .onTrial))
    }

    mutating func end(_ result: PolicyOutcome.Result, of version: UInt32) {
        trial = nil
        note(PolicyOutcome(version: version, result))
    }

    mutating func note(_ outcome: PolicyOutcome) {
        self.outcome = outcome
        isHeard = false
        for index in told.indices { told[index] = nil }
    }

    // MARK: What the estate has to hear

    /// What the next beacon tells.
    var report: PolicyOutcome? { isHeard ? nil : outcome }

    /// A beacon with the report leaves.
    mutating func tell(_ responder: UInt8, sequence: UInt64) {
        guard report != nil, told.indices.contains(Int(responder)), told[Int(responder)] == nil else { return }
        told[Int(responder)] = sequence
    }

    /// Whether this answer shows that the report was heard.
    func hears(_ responder: UInt8, answered sequence: UInt64?) -> Bool {
        guard report != nil, let sequence, told.indices.contains(Int(responder)), let first = told[Int(responder)] else {
            return false
        }
        return sequence >= first
    }

    mutating func heard() { isHeard = true }
}
