import Foundation
import Measure

/// A load of cards for a running server: real beacons, each sealed with its card's own keys, over real UDP.
@main
enum BeaconLoad {
    static let usage = """
        usage: beacon-load inventory --cards N [--first N] [--seed N]          an inventory for `holdfast import`, on standard output
               beacon-load run --to HOST:PORT --to HOST:PORT --cards N --round N   beacons, and figures as JSON on standard output
                   --rate N | --window N   open loop (so many a second, come what may) or closed loop (so many without answer at a time)
                   [--seconds N] [--warm-up N] [--seed N] [--pid N] [--name TEXT] [--goal N]

        --round grows from run to run against one server: a card's sequence numbers never repeat. --pid is the server's, whose CPU time is taken.
        """

    static func main() {
        var words = Array(CommandLine.arguments.dropFirst())
        guard let command = words.first else { fail(usage) }
        words.removeFirst()
        var values: [String: [String]] = [:]
        while words.count >= 2, words[0].hasPrefix("--") {
            values[String(words[0].dropFirst(2)), default: []].append(words[1])
            words.removeFirst(2)
        }
        guard words.isEmpty else { fail("\(words[0])?\n\(usage)") }
        func number(_ name: String, _ standard: Int?) -> Int {
            guard let text = values[name]?.last else {
                if let standard { return standard }
                fail("--\(name) is missing\n\(usage)")
            }
            guard let value = Int(text), value >= 0 else { fail("--\(name) \(text) is not a number") }
            return value
        }
        let seed = UInt64(number("seed", 1))
        do {
            switch command {
            case "inventory":
                Inventory(first: number("first", 0), cards: number("cards", nil), seed: seed).write()
            case "run":
                var load = Load()
                load.responders = try (values["to"] ?? []).map(Load.Address.init)
                load.cards = number("cards", nil)
                load.seed = seed
                load.firstRound = UInt64(number("round", nil))
                load.seconds = Double(number("seconds", 10))
                load.warmUp = Double(number("warm-up", 3))
                switch (values["rate"]?.last, values["window"]?.last) {
                case (_?, nil): load.pace = .open(perSecond: Double(number("rate", nil)))
                case (nil, _?): load.pace = .closed(window: number("window", nil))
                default: fail("give one of --rate and --window\n\(usage)")
                }
                load.server = values["pid"]?.last.flatMap { Int32($0) }
                let name = values["name"]?.last ?? "\(load.cards) cards"
                let goal = values["goal"]?.last.flatMap { Double($0) }
                for figure in try load.run().figures(named: name, goal: goal) { figure.publish() }
            default: fail(usage)
            }
        } catch {
            fail("\(error)")
        }
    }

    static func fail(_ text: String) -> Never {
        FileHandle.standardError.write(Data("\(text)\n".utf8))
        exit(1)
    }
}
