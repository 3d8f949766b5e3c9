/// The operator's other subscribers, as a fluid: what makes a re-registration storm.
///
/// Once thrown off the network, each tries again every `retryInterval`; as many are let in a second as the serving node has capacity left.
/// Real ones lasted far longer than the fault (AT&T 2024: 10 h of 12; KDDI 2022: 61 h).
public struct Crowd: Equatable, Sendable {
    /// How many they are.
    public var subscribers: Double
    /// The mean time between two attempts of one that is not registered.
    public var retryInterval: Duration
    /// How many are not registered now.
    public internal(set) var unregistered: Double = 0

    public init(subscribers: Double, retryInterval: Duration) {
        self.subscribers = subscribers
        self.retryInterval = retryInterval
    }

    /// Attempts a second at the present.
    var offered: Double { unregistered / max(retryInterval.inSeconds, 0.001) }
}
