import Estate
import Lab

/// The estate behind the lab's responders: each datagram goes to the desk that a real one would go to.
final class DeskResponding: Responding {
    private let estate: EstateService
    private let desks: [BeaconDesk]
    /// What went wrong first; a drill's figures are worth nothing then.
    private(set) var failure: (any Error)?

    init(_ estate: EstateService) {
        self.estate = estate
        desks = (0..<2).compactMap { estate.beacon(responder: $0) }
    }

    func answer(_ datagram: [UInt8], responder: UInt8, at time: Int64) -> [UInt8]? {
        guard desks.indices.contains(Int(responder)) else { return nil }
        do {
            return try desks[Int(responder)].answer([datagram], at: UTCInstant(milliseconds: time))[0]
        } catch {
            failure = failure ?? error
            return nil
        }
    }

    func tick(at time: Int64) {
        do { try estate.tick(at: UTCInstant(milliseconds: time)) } catch { failure = failure ?? error }
    }

    func resumed(at time: Int64) {
        do { try estate.resumed(at: UTCInstant(milliseconds: time)) } catch { failure = failure ?? error }
    }

    func reach24(of group: Group, at time: Int64) -> Double? {
        var filter = DeviceFilter()
        filter.tag = group.rawValue
        return try? estate.slice(filter, at: UTCInstant(milliseconds: time)).reach24.fraction
    }
}
