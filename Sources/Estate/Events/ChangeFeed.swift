import Synchronization

/// Something changed that a page may want to show.
public enum Change: Sendable {
    /// Beacons were answered.
    case beacons(count: Int, at: UTCInstant)
    /// This device moved, fell silent or came back: its name.
    case device(String)
    case event(EventRecord)
    /// This outage began or ended.
    case outage(Int64)
    /// Devices were imported.
    case inventory
}

/// Tells every subscriber of every change, each through a buffer of its own from which the oldest changes are dropped when it is
/// slow.
final class ChangeFeed: Sendable {
    /// Changes that wait for one subscriber.
    static let buffer = 256
    /// Subscribers at a time; one more gets a stream that has ended.
    static let subscribers = 1_024

    private struct State {
        var next = 0
        var continuations: [Int: AsyncStream<Change>.Continuation] = [:]
    }

    private let state = Mutex(State())

    var hasSubscribers: Bool { state.withLock { !$0.continuations.isEmpty } }
    var subscriberCount: Int { state.withLock { $0.continuations.count } }

    func subscribe() -> AsyncStream<Change> {
        let (stream, continuation) = AsyncStream.makeStream(of: Change.self, bufferingPolicy: .bufferingNewest(Self.buffer))
        let id: Int? = state.withLock { state in
            guard state.continuations.count < Self.subscribers else { return nil }
            state.next += 1
            state.continuations[state.next] = continuation
            return state.next
        }
        guard let id else {
            continuation.finish()
            return stream
        }
        continuation.onTermination = { [weak self] _ in self?.unsubscribe(id) }
        return stream
    }

    private func unsubscribe(_ id: Int) {
        // Released outside the lock: a continuation's end may call back.
        let ended = state.withLock { $0.continuations.removeValue(forKey: id) }
        _ = ended
    }

    func send(_ change: Change) {
        let listeners = state.withLock { Array($0.continuations.values) }
        for listener in listeners { listener.yield(change) }
    }
}
