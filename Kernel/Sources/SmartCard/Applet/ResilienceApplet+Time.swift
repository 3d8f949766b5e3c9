import Resilience

/// The most events that wait for the time.
private let longestInbox = 16
/// The most decisions that one command may lead to.
private let mostSteps = 16

extension ResilienceApplet {
    var now: Instant { clock.now }

    /// Queues an event for the policy. While the timer runs, the time is asked for first.
    mutating func note(_ event: Event, _ session: inout ProactiveSession) {
        if inbox.count < longestInbox { inbox.append(event) }
        guard clock.isTimed, let profile = session.profile else { return }
        session.pushFirst(profile.timerValue ? .timerValue : .stopTimer)
    }

    /// Delivers what waits, does what is due, and has the terminal wake the card for what comes next.
    mutating func settle(_ session: inout ProactiveSession, _ store: inout Store) {
        // An answer will tell the time soon.
        if clock.isTimed, session.has({ $0 == .timerValue || $0 == .stopTimer }) { return }
        for _ in 0..<mostSteps {
            if case .tenths(let interval) = tempo, inbox.isEmpty { clock.polled(upTo: due, within: interval) }
            if !inbox.isEmpty {
                deliver(inbox.removeFirst(), &session, &store)
            } else if let overdue = exchange, overdue.deadline <= now {
                fail(.beaconTimedOut(responder: overdue.responder))
            } else if inquiry <= now {
                inquire(&session)
            } else if trialCheck <= now {
                checkTrial(&session, &store)
            } else if wake <= now {
                deliver(.wake, &session, &store)
            } else {
                break
            }
        }
        closeUnused(&session)
        arm(&session)
    }

    /// What is due next.
    private var due: Instant { min(min(wake, trialCheck), min(inquiry, exchange?.deadline ?? .never)) }

    private var trialCheck: Instant { updates?.trial?.check ?? .never }

    /// Has the terminal wake the card when something is due.
    private mutating func arm(_ session: inout ProactiveSession) {
        let due = due
        let left = due == .never ? UInt64.max : due.milliseconds - min(due.milliseconds, now.milliseconds)
        switch tempo {
        case .tenths, .asTheyCome: break
        case .polls:
            guard due != .never else { return }
            let wanted = Duration.rounded(Interval(milliseconds: UInt32(clamping: max(left, 1_000))))
            // More often is needed; much more seldom spares the terminal.
            let isFar = UInt64(poll.milliseconds) * 4 < UInt64(wanted.milliseconds)
            guard wanted < poll || isFar, !session.has({ $0.type == ProactiveCommand.pollInterval(wanted).type }) else { return }
            session.pushFirst(.pollInterval(wanted))
        case .timers:
            if clock.isTimed {
                // The running timer serves when it ends no later than what is due, rounded up to its seconds. Starting it anew
                // would lose how long it has run, so it is stopped first: the answer tells.
                if max(due, now) + .seconds(1) < clock.expiry { session.pushFirst(.stopTimer) }
            } else {
                let seconds = min(left, UInt64(ProactiveCommand.longestTimer) * 1_000).advanced(by: 999) / 1_000
                session.pushFirst(.startTimer(seconds: max(UInt32(clamping: seconds), 1)))
            }
        }
    }

    mutating func pollAnswered(_ performed: TerminalResponse?, _ asked: Interval, _ session: ProactiveSession) {
        if let performed {
            poll = Duration.interval(performed.duration) ?? asked
        } else {
            poll = Tempo.defaultPoll
            tempo = session.profile?.timers == true ? .timers : .asTheyCome
        }
    }

    mutating func timerAnswered(_ performed: TerminalResponse?, _ seconds: UInt32, _ session: ProactiveSession) {
        if performed != nil {
            clock.timerStarted(seconds: seconds)
        } else {
            tempo = session.profile?.pollInterval == true ? .polls : .asTheyCome
        }
    }
}
