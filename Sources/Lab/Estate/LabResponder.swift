import Beacon
import Cipher

/// A responder without an estate: it knows the cards of a lab, answers their beacons, and counts.
public final class LabResponder: Responding {
    private var contexts: [CardNumber: [SecurityContext]] = [:]
    private var groups: [CardNumber: Group] = [:]
    private var lastHeard: [CardNumber: Int64] = [:]
    /// Beacons answered.
    public private(set) var answered = 0
    /// Why the others were refused.
    public private(set) var refused: [String] = []
    /// What the answers say of the primary.
    public var hint: (Int64) -> Answer = { _ in Answer() }

    public init(_ estate: LabEstate, using derivation: some KeyDerivation) {
        for member in estate.members {
            groups[member.card] = member.group
            contexts[member.card] = (0..<2).compactMap { index in
                SecurityKeys.derive(
                    masterSecret: member.secret, masterSalt: member.salt + [UInt8(index)], sender: BeaconServer.identifier,
                    recipient: member.card.identifier, using: derivation
                ).map { BeaconServer.context(for: member.card, keys: $0, window: ReplayWindow()) }
            }
        }
    }

    /// From now on answers tell of the primary what its ordinary cards show: whether most were heard within so many milliseconds.
    public func hintsByOrdinaryCards(within interval: Int64) {
        hint = { [unowned self] time in
            let ordinary = groups.filter { $0.value == .singleProfile }.keys
            let heard = ordinary.count { time - lastHeard[$0, default: .min / 2] <= interval }
            return Answer(primary: 4 * heard > 3 * ordinary.count ? .healthy : .failing, returnWindow: 600)
        }
    }

    public func answer(_ datagram: [UInt8], responder: UInt8, at time: Int64) -> [UInt8]? {
        do throws(BeaconError) {
            let card = try BeaconServer.identify(datagram)
            guard var context = contexts[card]?[Int(responder)] else { return nil }
            var request = try BeaconServer.open(datagram, in: &context, with: TableAES.self)
            contexts[card]?[Int(responder)] = context
            lastHeard[card] = time
            answered += 1
            return try request.answer(hint(time), in: context, with: TableAES.self)
        } catch {
            refused.append("\(error)")
            return BeaconServer.refusal(for: error, to: datagram)
        }
    }

    public func reach24(of group: Group, at time: Int64) -> Double? {
        let cards = groups.filter { $0.value == group }.keys
        guard !cards.isEmpty else { return nil }
        return Double(cards.filter { time - lastHeard[$0, default: .min / 2] < 86_400_000 }.count) / Double(cards.count)
    }
}
