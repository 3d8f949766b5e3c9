import Estate
import Logging
import NIOConcurrencyHelpers
import NIOPosix
import ServiceLifecycle

/// Tells people of new cases and of deadlines that come near, by every configured way.
///
/// An alert is settled when at least one way took it; the ledger then has it with the ways that did. Until then it is tried again,
/// with growing pauses, and gives place to the alert of the next mark. It may arrive twice (after a crash between sending and noting),
/// never not at all while a way works. Without any way nothing is noted: the ledger does not say that somebody was told. The console
/// shows every deadline all the same, and the log says once what had nowhere to go.
final class AlertService: Service {
    /// How often the estate is asked.
    static let interval: Duration = .seconds(30)
    /// Alerts that are sent at the same time; what is left waits for the next round.
    static let batch = 8
    /// Pauses after the first failure, the second and so on, in seconds; the last stays.
    static let pauses: [Int64] = [30, 60, 120, 240, 480, 900]

    private struct Attempt {
        var failures = 0
        var notBefore = UTCInstant(milliseconds: .min)
        /// Ways that took it, while noting that has not worked.
        var taken: [String] = []
    }

    private let estate: EstateService
    private let threads: NIOThreadPool
    private let ways: [any AlertWay]
    private let console: String?
    private let clock: @Sendable () -> UTCInstant
    private let logger: Logger
    private let attempts = NIOLockedValueBox<[String: Attempt]>([:])
    private let isFailing = NIOLockedValueBox(false)
    /// Cases of which it was said that they cannot be read.
    private let unreadable = NIOLockedValueBox<Set<String>>([])

    init(
        estate: EstateService, threads: NIOThreadPool, ways: [any AlertWay], console: String?,
        clock: @escaping @Sendable () -> UTCInstant, logger: Logger
    ) {
        self.estate = estate
        self.threads = threads
        self.ways = ways
        self.console = console
        self.clock = clock
        self.logger = logger
    }

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                await self.round()
                try await Task.sleep(for: Self.interval)
            }
        }
    }

    /// Sends what is due now.
    func round() async {
        let now = clock()
        let alerts: [CaseAlert]
        do {
            let found = try await threads.runIfActive { [estate] in try estate.caseAlerts(at: now) }
            isFailing.withLockedValue { $0 = false }
            say(found.unreadable)
            alerts = found.alerts
        } catch {
            // Said once, not every round.
            let isNews = isFailing.withLockedValue { failing in
                defer { failing = true }
                return !failing
            }
            if isNews, !(error is CancellationError) {
                logger.error("alerts cannot be read from the estate", metadata: ["error": "\(error)"])
            }
            return
        }
        let messages = alerts.map { ($0, message(of: $0, at: now)) }
        let due = attempts.withLockedValue { attempts in
            let known = Set(messages.map(\.1.identifier))
            attempts = attempts.filter { known.contains($0.key) }
            return messages.filter { (attempts[$0.1.identifier]?.notBefore).map { $0 <= now } ?? true }.prefix(Self.batch)
        }
        await withTaskGroup(of: Void.self) { group in
            for (alert, message) in due { group.addTask { await self.tell(alert, message, at: now) } }
        }
    }

    /// Of these nobody can be told; each is said once, and again when it broke anew.
    private func say(_ broken: [UnreadableCase]) {
        let news = unreadable.withLockedValue { known in
            defer { known = Set(broken.map(\.number)) }
            return broken.filter { !known.contains($0.number) }
        }
        for each in news {
            logger.error(
                "a case cannot be read: no alert is sent for it, and the calendar leaves it out",
                metadata: ["case": "\(each.number)", "problem": "\(each.problem)", "remedy": "\(each.remedy)"])
        }
    }

    private func tell(_ alert: CaseAlert, _ message: AlertMessage, at now: UTCInstant) async {
        guard !ways.isEmpty else {
            logger.warning(
                "nobody was told: no way for alerts is configured (--smtp, --webhook)", metadata: ["alert": "\(message.subject)"])
            // Said once for each alert.
            attempts.withLockedValue { $0[message.identifier, default: Attempt()].notBefore = UTCInstant(milliseconds: .max) }
            return
        }
        var taken = attempts.withLockedValue { $0[message.identifier]?.taken } ?? []
        if taken.isEmpty { taken = await send(message, at: now) }
        guard !taken.isEmpty else { return postpone(message) }
        do {
            try await threads.runIfActive { [estate, clock, taken] in try estate.noteSent(alert, by: taken, at: clock()) }
            attempts.withLockedValue { $0[message.identifier] = nil }
        } catch {
            logger.error("an alert was sent and cannot be noted", metadata: ["alert": "\(message.subject)", "error": "\(error)"])
            attempts.withLockedValue { [taken] in $0[message.identifier, default: Attempt()].taken = taken }
        }
    }

    /// By all ways at once: none waits for another.
    /// - Returns: the ways that took it, in their order.
    private func send(_ message: AlertMessage, at now: UTCInstant) async -> [String] {
        let names = await withTaskGroup(of: String?.self) { [logger] group in
            for way in ways {
                group.addTask {
                    do throws(AlertFailure) {
                        let answer = try await way.send(message, at: now)
                        logger.info(
                            "alert sent", metadata: ["way": "\(way.name)", "alert": "\(message.subject)", "answer": "\(answer)"])
                        return way.name
                    } catch {
                        logger.warning(
                            "an alert did not go out",
                            metadata: ["way": "\(way.name)", "alert": "\(message.subject)", "error": "\(error.description)"])
                        return nil
                    }
                }
            }
            return await group.reduce(into: Set<String>()) { names, name in if let name { names.insert(name) } }
        }
        return ways.map(\.name).filter(names.contains)
    }

    private func postpone(_ message: AlertMessage) {
        let now = clock()
        attempts.withLockedValue { attempts in
            var attempt = attempts[message.identifier] ?? Attempt()
            let pause = Self.pauses[min(attempt.failures, Self.pauses.count - 1)]
            attempt.failures += 1
            attempt.notBefore = now.adding(seconds: pause)
            attempts[message.identifier] = attempt
        }
    }

    private func message(of alert: CaseAlert, at now: UTCInstant) -> AlertMessage {
        switch alert {
        case .deadline(let alert): AlertMessage(alert, at: now, console: console)
        case .opened(let alert): AlertMessage(alert, at: now, console: console)
        }
    }
}
