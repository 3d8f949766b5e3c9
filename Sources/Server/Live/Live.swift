import Estate
import Logging
import NIOConcurrencyHelpers
import ServiceLifecycle

/// Gathers the estate's changes and tells the open pages once a second. Pages that are slow to listen miss pulses, never delay
/// others.
final class Live: Service {
    /// Pages that may listen at the same time; more are asked to come back later.
    let listenerLimit: Int

    private struct State {
        var pulse = Pulse()
        var listeners: [UInt64: AsyncStream<Pulse>.Continuation] = [:]
        var next: UInt64 = 0
    }

    private let state = NIOLockedValueBox(State())
    private let changes: @Sendable () -> AsyncStream<Change>

    init(listenerLimit: Int, changes: @escaping @Sendable () -> AsyncStream<Change>) {
        self.listenerLimit = listenerLimit
        self.changes = changes
    }

    /// - Returns: one pulse a second, empty ones too; nil beyond the limit.
    func listen() -> AsyncStream<Pulse>? {
        let (stream, continuation) = AsyncStream.makeStream(of: Pulse.self, bufferingPolicy: .bufferingNewest(2))
        let id: UInt64? = state.withLockedValue { state in
            guard state.listeners.count < listenerLimit else { return nil }
            state.next &+= 1
            state.listeners[state.next] = continuation
            return state.next
        }
        guard let id else { return nil }
        continuation.onTermination = { [state] _ in state.withLockedValue { _ = $0.listeners.removeValue(forKey: id) } }
        return stream
    }

    var listeners: Int { state.withLockedValue { $0.listeners.count } }

    func run() async throws {
        let stream = changes()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [state] in
                for await change in stream.cancelOnGracefulShutdown() {
                    state.withLockedValue { $0.pulse.note(change) }
                }
            }
            group.addTask {
                try? await cancelWhenGracefulShutdown {
                    while true {
                        try await Task.sleep(for: .seconds(1))
                        self.beat()
                    }
                }
            }
            try await group.waitForAll()
        }
        state.withLockedValue { state in
            defer { state.listeners = [:] }
            return Array(state.listeners.values)
        }.forEach { $0.finish() }
    }

    /// Tells everyone what came together since the last beat.
    func beat() {
        let (pulse, listeners) = state.withLockedValue { state in
            defer { state.pulse = Pulse() }
            return (state.pulse, Array(state.listeners.values))
        }
        for listener in listeners { listener.yield(pulse) }
    }
}
