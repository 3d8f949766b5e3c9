// MARK: Power saving (3GPP TS 23.682, clause 4.5.4; TS 31.102, clauses 5.1.10 and 5.1.11)
extension Terminal {
    /// How long the modem stays awake after something went on (T3324).
    private static var activeTime: Duration { .seconds(20) }

    private var sleep: Duration? {
        for case .sleeps(let seconds) in equipment.quirks { return .seconds(seconds) }
        return nil
    }

    /// Something goes on.
    mutating func stayAwake() {
        if sleep != nil, power == .on { set(.sleep, after: Self.activeTime) }
    }

    /// Deactivates the card and stops listening; registration and the host's connection stay. A modem that is busy waits.
    mutating func fallAsleep() {
        guard let sleep, power == .on, pending == nil, case .registered(let cell) = registration else { return stayAwake() }
        session.powerOff()
        power = .asleep
        for bearer in bearers where bearer.id != Bearer.hostID { send(.bearerRelease(id: bearer.id), to: cell) }
        bearers.removeAll { $0.id != Bearer.hostID }
        forgetToolkit()
        clear(.poll)
        set(.rouse, after: sleep)
    }

    /// Activates the card again and looks whether it is the one that it was.
    mutating func rouse() {
        do throws(USIM.Fault) {
            let read = try session.initialise(profile: profile.bytes, pin: equipment.pin)
            power = .on
            guard read.imsi == usim?.imsi else {
                if let cell = servingCell { send(.detach, to: cell) }
                dropBearers()
                return adopt(read)
            }
            note(.booted(read.iccid, read.imsi))
            set(.poll, after: timing.defaultPoll)
            stayAwake()
            // What was missed while nobody listened.
            if let cell = servingCell, !cells.contains(cell) {
                set(.radioLinkFailure, after: timing.radioLinkFailure.draw(&random))
            }
        } catch {
            power = .cardless
            note(.cardFailed(error))
        }
    }
}
