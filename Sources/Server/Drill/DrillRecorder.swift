import Estate
import Logging
import NIOPosix
import ServiceLifecycle

/// Starts and stops drills for people, and sees to it that the ledger has each drill with who did it and what came of it.
actor DrillRecorder {
    nonisolated let drills: any DrillControl
    private let estate: EstateService
    private let threads: NIOThreadPool
    private let logger: Logger
    private var watch = DrillWatch()
    /// People's calls that are under way: what the control says meanwhile is theirs.
    private var calls = 0
    private var isFailing = false

    init(_ drills: any DrillControl, _ estate: EstateService, threads: NIOThreadPool, logger: Logger) {
        self.drills = drills
        self.estate = estate
        self.threads = threads
        self.logger = logger
    }

    /// - Throws: ``DrillRefusal``; `EstateError.ledgerBroken(_:)`, and then nothing was started, or it was stopped at once.
    func start(_ name: String, by authorship: Authorship, at now: UTCInstant) async throws {
        if let fault = estate.ledgerFault { throw EstateError.ledgerBroken(fault) }
        calls += 1
        defer { calls -= 1 }
        try await drills.start(name)
        watch.started(name)
        do {
            try await note(.started, name, await drills.status(), by: authorship, at: now)
        } catch {
            await drills.stop()
            watch.stopped(name)
            throw error
        }
    }

    /// Nothing is noted when none runs.
    func stop(by authorship: Authorship, at now: UTCInstant) async throws {
        calls += 1
        defer { calls -= 1 }
        let status = await drills.status()
        await drills.stop()
        guard status.isRunning, let name = status.name else { return }
        watch.stopped(name)
        try await note(.stopped, name, status, by: authorship, at: now)
    }

    /// Notes what began or ended without us. Called about once a second.
    func look(at now: UTCInstant) async {
        guard calls == 0 else { return }
        let status = await drills.status()
        guard calls == 0 else { return }
        for finding in watch.look(status) {
            do {
                switch finding {
                case .began(let name):
                    try await note(
                        .started, name, status, by: Self.author(status.startedBy, reason: "not started in the console"), at: now)
                case .ended(let name):
                    try await note(
                        status.stoppedBy == nil ? .ended : .stopped, name, status,
                        by: Self.author(status.stoppedBy, reason: ""), at: now)
                }
                isFailing = false
            } catch {
                // Said once, not each second.
                if !isFailing { logger.error("a drill could not be noted in the ledger", metadata: ["error": "\(error)"]) }
                isFailing = true
            }
        }
    }

    private static func author(_ name: String?, reason: String) -> Authorship {
        name.map { Authorship($0, reason: reason) } ?? Authorship(Authorship.estate.author, reason: reason)
    }

    private func note(
        _ step: DrillNote.Step, _ name: String, _ status: DrillStatus, by authorship: Authorship, at now: UTCInstant
    ) async throws {
        let summary = await drills.list().first { $0.name == name }
        // Figures are of the drill that the status names, and of no other.
        let isOfIt = status.name == name
        let note = DrillNote(
            step: step, name: name, title: summary?.title ?? name, source: summary?.source ?? "",
            seconds: isOfIt ? status.duration.flatMap { Self.whole($0) } : nil,
            cards: isOfIt ? status.groups.reduce(0) { $0 &+ max(0, $1.cards) } : 0,
            groups: isOfIt && step != .started ? status.groups.map(Self.group) : [])
        try await threads.runIfActive { [estate] in try estate.noteDrill(note, by: authorship, at: now) }
    }

    private static func group(_ group: DrillGroup) -> DrillNote.Group {
        func quantiles(_ value: DrillQuantiles?) -> DrillNote.Quantiles? {
            guard let value, let p50 = whole(value.p50 * 1_000), let p99 = whole(value.p99 * 1_000) else { return nil }
            return DrillNote.Quantiles(p50: p50, p99: p99)
        }
        return DrillNote.Group(
            name: group.name, cards: group.cards, reachable: group.reachable, onPrimary: group.onPrimary, onBackup: group.onBackup,
            dark: group.dark, detection: quantiles(group.detection), move: quantiles(group.move),
            returning: quantiles(group.returning),
            darkSeconds: whole(group.darkMinutes * 60))
    }

    /// Nil for what is no number that the ledger takes.
    private static func whole(_ value: Double) -> Int? {
        guard value.isFinite, value.magnitude < 1e12 else { return nil }
        return Int(value.rounded())
    }
}

/// Looks at the drills while the server runs.
struct DrillService: Service {
    let recorder: DrillRecorder
    let clock: @Sendable () -> UTCInstant

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                try await Task.sleep(for: .seconds(1))
                await recorder.look(at: clock())
            }
        }
    }
}
