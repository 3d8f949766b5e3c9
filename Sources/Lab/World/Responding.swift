/// Where beacons are answered. The lab knows no estate: whoever has one puts it behind this.
public protocol Responding: AnyObject {
    /// The answer to one datagram that has come to a responder, or nil for silence. `time` is UTC in milliseconds since 1970.
    func answer(_ datagram: [UInt8], responder: UInt8, at time: Int64) -> [UInt8]?

    /// Called regularly, so that silence and outages can be noticed.
    func tick(at time: Int64)

    /// The responders come back after they had been down.
    func resumed(at time: Int64)

    /// The share of a group's cards heard from within the last 24 hours, 0...1, or nil when it is not kept.
    func reach24(of group: Group, at time: Int64) -> Double?
}

extension Responding {
    public func tick(at time: Int64) {}
    public func resumed(at time: Int64) {}
    public func reach24(of group: Group, at time: Int64) -> Double? { nil }
}

/// What carries datagrams from the operators' gateways to real responders, in real time.
public protocol Transport: AnyObject {
    /// Sends a datagram on; what comes back to the same source reaches the world through ``World/arrive(_:from:)``.
    func send(_ datagram: Datagram, from carrier: Int)
}
