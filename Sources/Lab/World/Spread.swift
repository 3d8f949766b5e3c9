/// How long something takes when it does not always take as long: a distribution given by five of its quantiles.
///
/// Straight lines join the quantiles, so that a draw needs no transcendental function and is the same on every machine.
public struct Spread: Equatable, Sendable {
    private static let shares: [Double] = [0, 0.5, 0.9, 0.99, 1]
    private let quantiles: [Double]

    /// The shortest time, the median, the 90th and 99th percentile, and the longest.
    public init(_ least: Duration, p50: Duration, p90: Duration, p99: Duration, most: Duration) {
        quantiles = [least, p50, p90, p99, most].map { Double($0.wholeMilliseconds) }
    }

    /// Always the same time.
    public init(always duration: Duration) {
        quantiles = Array(repeating: Double(duration.wholeMilliseconds), count: Spread.shares.count)
    }

    /// One draw, to the whole millisecond.
    public func draw(_ random: inout SplitMix64) -> Duration {
        let share = random.unit()
        for index in 1..<Spread.shares.count where share < Spread.shares[index] {
            let within = (share - Spread.shares[index - 1]) / (Spread.shares[index] - Spread.shares[index - 1])
            return .milliseconds(Int64(quantiles[index - 1] + within * (quantiles[index] - quantiles[index - 1])))
        }
        return .milliseconds(Int64(quantiles[Spread.shares.count - 1]))
    }

    /// The median.
    public var median: Duration { .milliseconds(Int64(quantiles[1])) }

    /// This distribution, so many times as long.
    public func scaled(by factor: Double) -> Spread {
        Spread(quantiles: quantiles.map { $0 * factor })
    }

    private init(quantiles: [Double]) {
        self.quantiles = quantiles
    }
}
