import Beacon
import Cipher
import Estate
import Foundation
import Lab
import Measure
import Resilience

/// The presets in virtual time: how long a drill's cards need, and what an ordinary day costs.
enum Drills {
    private static let cards = 60

    static func measure() throws {
        for preset in Lab.Preset.allCases { try drill(preset) }
        for preset in Lab.Preset.allCases { try day(preset) }
    }

    private static func settings(_ preset: Lab.Preset) -> LabEstate.Settings {
        var settings = LabEstate.Settings(preset: preset)
        settings.cards = cards
        settings.shares = [.resilient: 1]
        return settings
    }

    private static func drill(_ preset: Lab.Preset) throws {
        let drill = Drill.dataPathDead
        let estate = try DrillRun.estate(for: drill, settings(preset))
        let responding = try Responders(estate)
        let figures = try DrillRun(drill, estate: estate, responding: responding, using: HostKeyDerivation()).run()[.resilient]
        guard let answer = figures.faultToAnswerSeconds, let detection = figures.detectionSeconds, let move = figures.moveSeconds
        else {
            throw BenchmarkFailure("no card moved in \(drill.name) at \(preset.rawValue)")
        }
        func publish(_ name: String, _ quantiles: Figures.Quantiles, note: String? = nil) {
            var figure = Figure(
                "switchover", "\(preset.rawValue): \(name)", unit: "s", values: [quantiles.p50], moreIsBetter: false, note: note)
            figure.runs = quantiles.count
            figure.most = quantiles.max
            figure.publish()
        }
        publish(
            "fault to first answer", answer,
            note:
                "drill `\(drill.name)`, \(figures.answeredElsewhere) of \(figures.struck) cards, virtual time with the timing of modules in the field; "
                + "median, and the range goes up to the slowest card")
        publish("of that: fault to the decision", detection)
        publish("of that: decision to the answer", move)
    }

    /// A day without faults, every datagram counted with its IPv4 and UDP headers.
    private static func day(_ preset: Lab.Preset) throws {
        let estate = try LabEstate(settings(preset))
        let responding = try Responders(estate)
        let world = try estate.world(
            timing: .field, powerOn: .minutes(5), epoch: DrillRun.epoch, responding: responding, using: HostKeyDerivation())
        world.advance(to: .seconds(3_600))
        let before = responding.bytes
        world.advance(to: .seconds(25 * 3_600))
        let perMonth = Double(responding.bytes - before) / Double(cards) * 30 / 1_000_000
        let cost = preset.parameters.cost
        Figure(
            "switchover", "\(preset.rawValue): data per month and SIM", unit: "MB", values: [perMonth],
            goal: Double(cost.bytesPerMonth) / 1_000_000,
            moreIsBetter: false,
            note:
                "30 times a virtual day of \(cards) cards without faults, IPv4 and UDP headers counted; the goal is what Parameters.cost states as the most; "
                + "\(cost.wakeUpsPerDay) wake-ups a day at most"
        ).publish()
    }
}

/// Both responders of a virtual lab: real beacons, opened and answered.
private final class Responders: Responding {
    private var contexts: [[CardNumber: SecurityContext]] = [[:], [:]]
    /// What went over the air, headers included.
    private(set) var bytes = 0

    private static let headers = 28

    init(_ estate: LabEstate) throws {
        for member in estate.members {
            for responder in 0..<2 {
                guard
                    let keys = SecurityKeys.derive(
                        masterSecret: member.secret, masterSalt: member.salt + [UInt8(responder)], sender: BeaconServer.identifier,
                        recipient: member.card.identifier, using: HostKeyDerivation())
                else { throw BenchmarkFailure("no keys for \(member.name)") }
                contexts[responder][member.card] = BeaconServer.context(for: member.card, keys: keys, window: ReplayWindow())
            }
        }
    }

    func answer(_ datagram: [UInt8], responder: UInt8, at time: Int64) -> [UInt8]? {
        bytes += datagram.count + Responders.headers
        guard let card = try? BeaconServer.identify(datagram), var context = contexts[Int(responder)][card],
            var request = try? BeaconServer.open(datagram, in: &context, with: TableAES.self)
        else { return nil }
        contexts[Int(responder)][card] = context
        let answer = try? request.answer(Answer(time: UInt64(time / 1_000)), in: context, with: TableAES.self)
        bytes += answer.map { $0.count + Responders.headers } ?? 0
        return answer
    }
}
