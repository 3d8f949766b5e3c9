import Dispatch
import Synchronization

/// Many writers, one transaction: writes that arrive while a commit is under way share the next one, and each caller is told
/// when its own changes are durable.
///
/// A write that throws is undone alone; the others of its group stand. A commit that fails fails all of them.
public final class GroupCommit: Sendable {
    /// Writes that may wait; the next one is refused with ``StorageError/overloaded(limit:)``.
    public static let maximumWaiting = 10_000

    private struct Entry: Sendable {
        let work: @Sendable (Connection) -> Void
        let settle: @Sendable ((any Error)?) -> Void
    }

    private enum Admission { case start, join, refuse }

    private struct State {
        var waiting: [Entry] = []
        var draining = false
        var commits = 0
    }

    private let database: Database
    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "holdfast.group-commit")

    public init(_ database: Database) {
        self.database = database
    }

    /// How many transactions were committed: with many writers, fewer than there were writes.
    public var commits: Int { state.withLock { $0.commits } }

    /// Runs `body` in the next transaction and returns its result once that is durable.
    public func submit<T: Sendable>(_ body: @escaping @Sendable (Connection) throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            let outcome = Outcome<T>()
            let entry = Entry(
                work: { connection in
                    let result = Result { try connection.savepoint(body) }
                    outcome.result.withLock { $0 = result }
                },
                settle: { failure in
                    let result = outcome.result.withLock { $0 } ?? .failure(StorageError.closed)
                    if let failure { continuation.resume(throwing: failure) } else { continuation.resume(with: result) }
                })
            let step: Admission = state.withLock { state in
                guard state.waiting.count < Self.maximumWaiting else { return .refuse }
                state.waiting.append(entry)
                defer { state.draining = true }
                return state.draining ? .join : .start
            }
            switch step {
            case .start: queue.async { self.drain() }
            case .join: break
            case .refuse: continuation.resume(throwing: StorageError.overloaded(limit: Self.maximumWaiting))
            }
        }
    }

    private func drain() {
        while true {
            let group = state.withLock { state -> [Entry] in
                defer { state.waiting = [] }
                if state.waiting.isEmpty { state.draining = false }
                return state.waiting
            }
            guard !group.isEmpty else { return }
            var failure: (any Error)?
            do {
                try database.write { connection in
                    for entry in group { entry.work(connection) }
                }
                state.withLock { $0.commits += 1 }
            } catch {
                failure = error
            }
            for entry in group { entry.settle(failure) }
        }
    }

    /// A result on its way from the transaction to the caller.
    private final class Outcome<T: Sendable>: Sendable {
        let result = Mutex<Result<T, any Error>?>(nil)
    }
}
