import Lab
import Server
import Synchronization

/// The demo's lab as the console drives it.
final class DemoDrills: DrillControl {
    private struct State {
        var lab: LiveLab?
        var name: String?
        var begun = 0.0
        var isRunning = false
        var lasting = 0.0
        /// Whoever did it at the terminal.
        var startedBy: String?
        var stoppedBy: String?
    }

    /// How long a drill's fault lasts in the demo.
    let lasting: Duration
    private let state = Mutex(State())

    init(lasting: Duration) {
        self.lasting = lasting
    }

    /// The lab is there: from now on drills can be started.
    func attach(_ lab: LiveLab) { state.withLock { $0.lab = lab } }

    /// The lab's state, once there is one.
    var snapshot: LiveSnapshot? { state.withLock { $0.lab }?.snapshot }

    func list() async -> [DrillSummary] {
        Drill.all.map {
            DrillSummary(name: $0.name, title: $0.title, source: "\($0.source.operator), \($0.source.date)", about: $0.summary)
        }
    }

    func start(_ name: String) async throws(DrillRefusal) { try await start(name, by: nil) }

    /// - Parameter person: who asked for it at the terminal.
    func start(_ name: String, by person: String?) async throws(DrillRefusal) {
        guard let drill = Drill.named(name) else { throw .unknown(name: name) }
        guard let lab = state.withLock({ $0.lab }) else { throw .notReady("it is still being made.") }
        guard !drill.primaryRoams else {
            throw .notReady("this drill needs roaming primaries; run `holdfast drill \(name)` in a shell.")
        }
        do {
            try await lab.start(drill, lasting: lasting)
        } catch .alreadyRunning(let running) {
            throw .alreadyRunning(name: running)
        } catch {
            throw .notReady("it has been shut down.")
        }
        let begun = lab.snapshot.at
        let whole = drill.faultLasts.map { lasting.seconds * drill.lasts.seconds / $0.seconds } ?? lasting.seconds
        state.withLock {
            $0.name = name
            $0.begun = begun
            $0.lasting = whole
            $0.startedBy = person
            $0.stoppedBy = nil
        }
    }

    func stop() async { await stop(by: nil) }

    func stop(by person: String?) async {
        state.withLock { $0.stoppedBy = person }
        await state.withLock { $0.lab }?.stop()
    }

    func status() async -> DrillStatus {
        let state = state.withLock { $0 }
        guard let lab = state.lab else { return DrillStatus(phase: "The lab is being made.") }
        let snapshot = lab.snapshot
        let isRunning = snapshot.drill != nil
        return DrillStatus(
            name: state.name, isRunning: isRunning, elapsed: state.name == nil ? 0 : max(0, snapshot.at - state.begun),
            duration: state.name == nil ? nil : state.lasting, phase: phase(snapshot), groups: snapshot.groups.map(Self.group),
            events: snapshot.lines.reversed().map { DrillEvent(at: $0.at - state.begun, text: $0.text) },
            startedBy: state.startedBy,
            stoppedBy: isRunning ? nil : state.stoppedBy)
    }

    private func phase(_ snapshot: LiveSnapshot) -> String {
        let faults = snapshot.operators.filter { !$0.faults.isEmpty }.map { "\($0.name): \($0.faults.joined(separator: ", "))" }
        let down = snapshot.responders.enumerated().filter { !$0.element }.map { "responder \($0.offset) is down" }
        let all = faults + down
        guard all.isEmpty else { return all.joined(separator: "; ") }
        return snapshot.drill == nil ? "Both operators are well." : "The fault is over; cards come home."
    }

    private static func group(_ group: LiveSnapshot.GroupState) -> DrillGroup {
        func quantiles(_ value: Figures.Quantiles?) -> DrillQuantiles? { value.map { DrillQuantiles(p50: $0.p50, p99: $0.p99) } }
        let measured = group.measured
        return DrillGroup(
            name: group.group.rawValue, cards: group.cards, reachable: group.onPrimary + group.onBackup, onPrimary: group.onPrimary,
            onBackup: group.onBackup, dark: group.dark, detection: quantiles(measured?.detectionSeconds),
            move: quantiles(measured?.moveSeconds),
            returning: quantiles(measured?.returnSeconds), switchesPerCard: measured?.switchesPerCard ?? 0,
            darkMinutes: measured?.darkMinutes ?? 0)
    }
}

extension Duration {
    /// The length in seconds.
    var seconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}
