/// How many registrations a serving node is asked for and serves: a queue of bounded length in front of a fixed capacity.
///
/// What comes to a full queue is refused with congestion (cause 22), except for the share for which places fall free.
struct RegistrationLoad {
    enum Admission: Equatable {
        case served(after: Duration)
        case congested
    }

    /// Registrations a second.
    var capacity: Double
    /// Longest wait in the queue, in seconds.
    var patience: Double
    var crowd: Crowd?
    /// False while nobody is registered at all: then attempts fall on deaf ears and the crowd stays where it is.
    var serving = true

    private var queued = 0.0
    private var isFull = false
    private var advanced = Moment.start
    private var random: SplitMix64

    private(set) var estate = RateCounter()
    private(set) var offered = RateCounter()
    private(set) var served = RateCounter()
    private(set) var congested = 0

    init(capacity: Double, patience: Double, random: SplitMix64) {
        self.capacity = max(capacity, 0.001)
        self.patience = patience
        self.random = random
    }

    /// Lets time pass, in steps of at most a second.
    mutating func advance(to now: Moment) {
        while advanced < now {
            let nextSecond = Moment(milliseconds: (advanced.milliseconds / 1_000 + 1) * 1_000)
            let until = min(now, nextSecond)
            let step = (until - advanced).inSeconds
            let attempts = (crowd?.offered ?? 0) * step
            if attempts > 0 { offered.add(attempts, at: advanced) }
            if serving {
                isFull = queued + attempts > capacity * patience
                queued = min(queued + attempts, capacity * patience)
            }
            if serving {
                let done = min(queued, capacity * step)
                queued -= done
                let waiting = crowd?.unregistered ?? 0
                if done > 0, waiting > 0 {
                    served.add(done, at: advanced)
                    crowd?.unregistered = max(0, waiting - done)
                }
            }
            advanced = until
        }
    }

    /// One of the estate's terminals asks.
    mutating func ask(at now: Moment) -> Admission {
        advance(to: now)
        estate.add(1, at: now)
        offered.add(1, at: now)
        let limit = capacity * patience
        if isFull || queued + 1 > limit {
            // Places fall free at the pace of the capacity, and whoever asks next gets one.
            let others = crowd?.offered ?? 0
            guard others > capacity, random.unit() < capacity / others else {
                congested += 1
                return .congested
            }
            queued -= 1
        }
        let wait = queued / capacity
        queued += 1
        served.add(1, at: now)
        return .served(after: .milliseconds(Int64(wait * 1_000)))
    }

    /// One of the estate's terminals asked and nobody listened.
    mutating func ignore(at now: Moment) {
        advance(to: now)
        estate.add(1, at: now)
        offered.add(1, at: now)
    }

    /// Everybody is thrown off.
    mutating func scatter() {
        let everybody = crowd?.subscribers ?? 0
        crowd?.unregistered = everybody
    }
}

/// Counts events by the second and remembers the busiest one.
struct RateCounter {
    private var second: Int64 = -1
    private var count = 0.0
    private(set) var last = 0.0
    private(set) var peak = 0.0
    private(set) var total = 0.0

    mutating func add(_ events: Double, at now: Moment) {
        let current = now.milliseconds / 1_000
        if current != second {
            last = current == second + 1 ? count : 0
            second = current
            count = 0
        }
        count += events
        total += events
        peak = max(peak, count)
    }

    /// Events in the second before `now`'s.
    func rate(at now: Moment) -> Double {
        switch now.milliseconds / 1_000 - second {
        case 0: last
        case 1: count
        default: 0
        }
    }
}
