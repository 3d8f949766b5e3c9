import Estate
import NIOConcurrencyHelpers

/// Slows down who sends wrong secrets. Right ones are never refused: whoever shares an address with a guesser still gets in.
final class Throttle: Sendable {
    /// Wrong secrets that one address may send in a minute before it is told to wait.
    static let limit = 20
    /// Addresses that are remembered; beyond it all are forgotten.
    static let peerLimit = 4_096

    private struct Tally {
        var minute: Int64
        var count: Int
    }

    private let tallies = NIOLockedValueBox<[String: Tally]>([:])

    /// Notes a wrong secret.
    /// - Throws: ``Problem`` 429 beyond the limit.
    func failed(_ peer: String, at now: UTCInstant) throws(Problem) {
        let minute = now.milliseconds / 60_000
        let count = tallies.withLockedValue { tallies in
            if tallies.count >= Self.peerLimit, tallies[peer] == nil {
                tallies = tallies.filter { $0.value.minute == minute }
                if tallies.count >= Self.peerLimit { tallies.removeAll() }
            }
            var tally = tallies[peer] ?? Tally(minute: minute, count: 0)
            if tally.minute != minute { tally = Tally(minute: minute, count: 0) }
            tally.count += 1
            tallies[peer] = tally
            return tally.count
        }
        if count > Self.limit {
            let seconds = Int(60 - now.milliseconds / 1_000 % 60)
            throw .later(
                .tooManyRequests, seconds: seconds,
                detail: "More than \(Self.limit) wrong secrets came from this address within a minute; try again in \(seconds) s.")
        }
    }
}
