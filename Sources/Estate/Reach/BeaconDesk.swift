import Beacon
import Synchronization

/// Answers the beacons that reach one responder. A batch of datagrams is one transaction, and no answer is given out before it is
/// durable.
///
/// What hostile datagrams cost is bounded: one that is not authentic changes nothing, is never written, and is answered with no
/// more bytes than it had. Calls wait for each other; give one thread the socket and let it hand over what has arrived.
public final class BeaconDesk: Sendable {
    /// Datagrams that go into one transaction; a larger batch is taken in parts.
    public static let batchLimit = 4_096
    /// Answers that are remembered, for requests that come again.
    public static let answersRemembered = 16_384
    /// Seconds after which a card that was turned away may ask again.
    public static let retryAfter: UInt32 = 30

    /// The responder's number, part of the derivation of its keys.
    public let responder: UInt8
    private let estate: EstateService
    private let desk: Desk

    /// - Parameter responder: below ``EstateService/responders``; nil is returned for any other.
    public init?(_ estate: EstateService, responder: UInt8) {
        guard Int(responder) < estate.desks.count else { return nil }
        self.responder = responder
        self.estate = estate
        desk = estate.desks[Int(responder)]
    }

    /// The answer to each datagram, nil where nothing is to be said. Returns after the commit.
    ///
    /// - Throws: `StorageError` when the batch could not be made durable. Then nothing has changed and nobody may be answered.
    public func answer(_ datagrams: [[UInt8]], at now: UTCInstant) throws -> [[UInt8]?] {
        guard datagrams.count > Self.batchLimit else { return try desk.answer(datagrams[...], at: now, estate: estate) }
        var answers: [[UInt8]?] = []
        answers.reserveCapacity(datagrams.count)
        var rest = datagrams[...]
        while !rest.isEmpty {
            answers += try desk.answer(rest.prefix(Self.batchLimit), at: now, estate: estate)
            rest = rest.dropFirst(Self.batchLimit)
        }
        return answers
    }

    /// What a responder that has no time for a datagram says: 5.03 with the seconds to wait, or nothing.
    public func refuse(_ datagram: [UInt8]) -> [UInt8]? {
        desk.state.withLock { $0.counters.overloaded += 1 }
        return BeaconServer.refusal(for: .overloaded(retryAfter: Self.retryAfter), to: datagram)
    }

    /// As after a restart: the answers that were given are no longer known.
    func forgetAnswers() { desk.state.withLock { $0.answered = AnsweredRequests(capacity: Self.answersRemembered) } }

    public var counters: DeskCounters { desk.state.withLock { $0.counters } }
}

/// A beacon that is authentic, between its opening and its commit.
struct Accepted {
    /// Its place in the batch.
    var place: Int
    var device: UInt32
    /// Nil for an authentic request that is refused under protection.
    var request: BeaconRequest?
    /// The protected refusal.
    var refusal: [UInt8]?
    /// Whether no later request of this card was known to this responder.
    var isNewest: Bool
}

/// One responder's contexts, and how it reads and answers.
final class Desk: Sendable {
    struct State {
        var contexts = ContextTable()
        var answered = AnsweredRequests(capacity: BeaconDesk.answersRemembered)
        var counters: DeskCounters
    }

    let responder: UInt8
    let state: Mutex<State>

    init(responder: UInt8) {
        self.responder = responder
        state = Mutex(State(counters: DeskCounters(responder: Int(responder))))
    }

    func answer(_ datagrams: ArraySlice<[UInt8]>, at now: UTCInstant, estate: EstateService) throws -> [[UInt8]?] {
        try state.withLock { state in
            var batch = Batch(datagrams: datagrams, responder: responder)
            batch.identify(estate)
            batch.open(&state)
            let advice: [Answer]
            do {
                advice = try estate.commit(
                    batch.accepted, windows: state.contexts, responder: responder, at: now, counters: &state.counters)
            } catch {
                batch.undo(&state)
                throw error
            }
            batch.seal(&state, advice: advice)
            state.counters.lastBatch = datagrams.count
            return batch.answers
        }
    }
}

/// A batch on its way through a desk.
private struct Batch {
    let datagrams: ArraySlice<[UInt8]>
    let responder: UInt8
    var answers: [[UInt8]?]
    var accepted: [Accepted] = []
    private var cards: [CardNumber?]
    private var faults: [BeaconError?]
    private var devices: [UInt32?]
    /// The places of the batch's authentic requests, made when the first replay is met.
    private var requests: [UInt64: Int]?
    /// The windows as they were, in case the commit fails.
    private var before: [(device: UInt32, window: ReplayWindow)] = []
    /// Identical datagrams within the batch: their place, and that of the one that is answered.
    private var repeats: [(place: Int, of: Int)] = []

    init(datagrams: ArraySlice<[UInt8]>, responder: UInt8) {
        self.datagrams = datagrams
        self.responder = responder
        answers = [[UInt8]?](repeating: nil, count: datagrams.count)
        cards = [CardNumber?](repeating: nil, count: datagrams.count)
        faults = [BeaconError?](repeating: nil, count: datagrams.count)
        devices = [UInt32?](repeating: nil, count: datagrams.count)
        accepted.reserveCapacity(datagrams.count)
        before.reserveCapacity(datagrams.count)
    }

    private func datagram(_ place: Int) -> [UInt8] { datagrams[datagrams.startIndex + place] }

    /// Whose each datagram says it is.
    mutating func identify(_ estate: EstateService) {
        for place in answers.indices {
            do throws(BeaconError) {
                cards[place] = try BeaconServer.identify(datagram(place))
            } catch {
                faults[place] = error
            }
        }
        estate.live.withLock { live in
            for place in answers.indices {
                if let card = cards[place] { devices[place] = live.cards.id(of: card.value) }
            }
        }
    }

    /// Opens what can be opened; the windows move, and the rest is refused.
    mutating func open(_ state: inout Desk.State) {
        for place in answers.indices {
            if let fault = faults[place] {
                refuse(place, fault, &state.counters)
                continue
            }
            guard let card = cards[place], let device = devices[place], var context = state.contexts.context(of: device, card: card)
            else {
                refuse(place, .unknownCard, &state.counters)
                continue
            }
            let window = context.window
            do throws(BeaconError) {
                let request = try BeaconServer.open(datagram(place), in: &context, with: HostAES.self)
                let isNewest = window.mask == 0 || request.sequence > window.highest
                accepted.append(Accepted(place: place, device: device, request: request, refusal: nil, isNewest: isNewest))
                requests?[Self.key(device, request.sequence)] = place
                before.append((device, window))
                state.contexts.set(context.window, of: device)
            } catch {
                switch error {
                case .refused(let fault, let answer):
                    if case .payload = fault { state.counters.malformed += 1 } else { state.counters.misdirected += 1 }
                    accepted.append(Accepted(place: place, device: device, request: nil, refusal: answer, isNewest: false))
                    before.append((device, window))
                    state.contexts.set(context.window, of: device)
                case .oscore(.replayed(let sequence)):
                    if let answer = state.answered.answer(to: datagram(place)) {
                        answers[place] = answer
                        state.counters.repeated += 1
                        continue
                    }
                    if let earlier = placeOfRequest(sequence, of: device), datagram(earlier) == datagram(place) {
                        repeats.append((place, earlier))
                        state.counters.repeated += 1
                    } else {
                        refuse(place, error, &state.counters)
                    }
                default: refuse(place, error, &state.counters)
                }
            }
        }
    }

    /// Which authentic request of this batch had this number.
    private mutating func placeOfRequest(_ sequence: UInt64, of device: UInt32) -> Int? {
        if requests == nil {
            var made: [UInt64: Int] = [:]
            for earlier in accepted {
                if let request = earlier.request { made[Self.key(earlier.device, request.sequence)] = earlier.place }
            }
            requests = made
        }
        return requests?[Self.key(device, sequence)]
    }

    private static func key(_ device: UInt32, _ sequence: UInt64) -> UInt64 { UInt64(device) << 40 | sequence }

    private mutating func refuse(_ place: Int, _ error: BeaconError, _ counters: inout DeskCounters) {
        switch error {
        case .unknownCard, .oscore(.otherContext): counters.unknownCard += 1
        case .oscore(.replayed), .oscore(.notFresh): counters.replayed += 1
        case .oscore(.notAuthentic): counters.forged += 1
        default: counters.malformed += 1
        }
        answers[place] = BeaconServer.refusal(for: error, to: datagram(place))
    }

    /// The commit failed: the windows are again what the store has.
    mutating func undo(_ state: inout Desk.State) {
        for entry in before.reversed() { state.contexts.set(entry.window, of: entry.device) }
    }

    /// Seals the answers to what is now durable.
    mutating func seal(_ state: inout Desk.State, advice: [Answer]) {
        for (beacon, advice) in zip(accepted, advice) {
            if let refusal = beacon.refusal {
                answers[beacon.place] = refusal
                state.answered.insert(refusal, to: datagram(beacon.place))
                continue
            }
            guard var request = beacon.request, let card = cards[beacon.place],
                let context = state.contexts.context(of: beacon.device, card: card)
            else { continue }
            do throws(BeaconError) {
                let answer = try request.answer(advice, in: context, with: HostAES.self)
                answers[beacon.place] = answer
                state.answered.insert(answer, to: datagram(beacon.place))
                state.counters.answered += 1
            } catch {
                answers[beacon.place] = BeaconServer.refusal(for: error, to: datagram(beacon.place))
            }
        }
        for copy in repeats { answers[copy.place] = answers[copy.of] }
    }
}
