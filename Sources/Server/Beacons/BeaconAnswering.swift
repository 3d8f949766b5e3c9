import Estate

/// Who answers beacons behind a socket: the estate's desk, or a stand-in in tests.
public protocol BeaconAnswering: Sendable {
    /// - Returns: as many answers as there were datagrams, nil for silence, after what they change is durable.
    /// - Throws: when nothing was changed; then nobody is answered.
    func answer(_ datagrams: [[UInt8]], at now: UTCInstant) throws -> [[UInt8]?]
    /// The answer that asks to come back later (5.03), without looking at the store.
    func refuse(_ datagram: [UInt8]) -> [UInt8]?
}

extension BeaconDesk: BeaconAnswering {}
