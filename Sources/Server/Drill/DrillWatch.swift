/// Which drills began and ended, told from what a ``DrillControl`` says about itself now and then. What it says may be a moment old, and
/// whoever sits at its terminal can start and stop drills too.
struct DrillWatch: Equatable, Sendable {
    enum Finding: Equatable, Sendable {
        /// Somebody started this drill elsewhere.
        case began(String)
        /// This drill is over.
        case ended(String)
    }

    private enum State: Equatable {
        case idle
        /// Under way since we were told; `looks` without it having been seen to run.
        case running(String, seen: Bool, looks: Int)
        /// Stopped, and perhaps still said to run.
        case stopped(String, looks: Int)
    }

    /// Looks after which what is said is believed, whatever was asked for before.
    static let patience = 5

    private var state = State.idle

    mutating func started(_ name: String) { state = .running(name, seen: false, looks: 0) }

    mutating func stopped(_ name: String) { state = .stopped(name, looks: 0) }

    mutating func look(_ status: DrillStatus) -> [Finding] {
        let running = status.isRunning ? status.name : nil
        switch state {
        case .idle:
            guard let running else { return [] }
            state = .running(running, seen: true, looks: 0)
            return [.began(running)]
        case .running(let name, let seen, let looks):
            if running == name {
                state = .running(name, seen: true, looks: 0)
                return []
            }
            guard seen || running != nil || looks + 1 >= Self.patience else {
                state = .running(name, seen: false, looks: looks + 1)
                return []
            }
            state = .idle
            return [.ended(name)] + look(status)
        case .stopped(let name, let looks):
            if running == name, looks + 1 < Self.patience {
                state = .stopped(name, looks: looks + 1)
                return []
            }
            state = .idle
            return look(status)
        }
    }
}
