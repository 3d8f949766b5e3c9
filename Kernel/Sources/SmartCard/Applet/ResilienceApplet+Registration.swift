import Resilience

extension ResilienceApplet {
    /// Takes note of where the terminal is. A network that is not named again is still the same.
    mutating func locate(_ status: LocationStatus, plmn: UInt32?, technology: UInt8?) {
        location = status
        guard status == .normal, let plmn = plmn ?? network?.plmn else {
            network = nil
            return
        }
        network = ServingNetwork(plmn: plmn, technology: network?.technology ?? .other)
        if let technology { name(technology) }
    }

    /// Takes note of the access technology.
    mutating func name(_ technology: UInt8) {
        network?.technology = AccessTechnology(rawValue: technology) ?? .other
    }

    /// Asks where the terminal is: once at the beginning, because only changes are reported, and again and again where not even
    /// they are.
    mutating func inquire(_ session: inout ProactiveSession) {
        inquiry = .never
        guard let profile = session.profile, profile.locationInformation else { return }
        session.push(.provideLocation)
        if profile.accessTechnology { session.push(.provideAccessTechnology) }
        if !(profile.eventList && profile.locationStatusEvent) {
            inquiry = now + max(Interval(milliseconds: policy.parameters.registrationGrace.milliseconds / 2), .seconds(10))
        }
    }

    /// The terminal said where it is, or that it is nowhere.
    mutating func located(_ response: TerminalResponse?, _ session: inout ProactiveSession) {
        guard let response else { return }
        let status: LocationStatus
        switch (response.result, response.information) {
        // Performed with limited service; performed; unable for lack of service (TS 102 223, clauses 8.12 and 8.12.2).
        case (0x06, _): status = .limited
        case (0x00...0x0F, _): status = .normal
        case (0x20, 0x04): status = .none
        default: return
        }
        locate(status, plmn: Envelope.plmn(response.location), technology: nil)
        note(.location(status, network), &session)
    }

    /// The event list was refused: it is set up without the events that few terminals know, then without all but the oldest.
    mutating func listRefused(_ list: EventList, _ session: inout ProactiveSession) {
        let rare: EventList = [.networkRejection, .dataConnectionStatusChange]
        let shorter =
            list.isDisjoint(with: rare) ? list.subtracting([.accessTechnologyChange, .channelStatus]) : list.subtracting(rare)
        reportsBearer = false
        if shorter != list, !shorter.isEmpty { session.push(.setUpEventList(shorter)) }
    }

    /// Whether a report about a data connection is about the profile's own access point, as far as it says. The report may add the
    /// operator's labels to the name (TS 23.003, clause 9.1.2).
    func concerns(_ accessPoint: [UInt8], _ store: Store) -> Bool {
        accessPoint.isEmpty || accessPoint.starts(with: self.accessPoint(store))
    }

    /// The access point of the visible profile; empty for the terminal's default.
    func accessPoint(_ store: Store) -> [UInt8] {
        let profiles = store.layout.profiles
        let profile = profiles[min(Int(visible.rawValue), profiles.count - 1)]
        return (0..<profile.apnLength).map { store.bytes.byte(at: profile.apn + $0) }
    }
}
