import Testing
import Wire

@testable import Lab

/// One terminal by itself on a bench: what it sends is kept, and the test plays the network.
final class TerminalBench<Card: UICC> {
    var terminal: Terminal<Card>
    var now = Moment.start
    var sent: [RadioMessage.Uplink] = []
    var seen: [Observation] = []

    static var home: PLMN {
        guard let home = PLMN(mcc: 999, mnc: 70, mncDigits: 2) else { preconditionFailure("999-70 is a PLMN") }
        return home
    }
    static var cell: Cell { Cell(carrier: 0, area: TrackingArea(plmn: home, code: 1), identity: 0x101) }

    init(_ card: Card, quirks: Set<Quirk> = [], timing: Timing = .laboratory, pin: [UInt8]? = nil) {
        var equipment = Terminal<Card>.Equipment(timing: timing)
        equipment.quirks = quirks
        equipment.pin = pin
        equipment.epoch = 1_767_225_600_000
        terminal = Terminal(id: TerminalID(rawValue: 0), card: card, equipment: equipment, seed: 1)
    }

    func tell(_ input: Terminal<Card>.Input) {
        take(terminal.handle(input, at: now))
    }

    private func take(_ outputs: [Terminal<Card>.Output]) {
        for output in outputs {
            switch output {
            case .uplink(let message, _, _): sent.append(message)
            case .saw(let observation): seen.append(observation)
            }
        }
    }

    /// Lets time pass, with every wake-up on the way.
    func wait(_ duration: Duration) {
        let end = now + duration
        while let wake = terminal.nextWake, wake <= end {
            now = max(now, wake)
            take(terminal.handle(.wake, at: now))
        }
        now = end
    }

    func powerOn(_ cells: [Cell] = [TerminalBench.cell]) {
        tell(.cells(cells))
        tell(.powerOn)
    }

    func hear(_ message: RadioMessage.Downlink) { tell(.downlink(message, from: 0)) }

    /// Boots, is let in, and gets an address.
    func register() {
        powerOn()
        wait(.milliseconds(200))
        hear(.attachAccept(area: Self.cell.area))
        wait(.milliseconds(50))
        hear(.bearerAccept(id: 5, address: .v4(100, 64, 0, 2)))
    }

    var locations: [Observation] { seen.filter { if case .location = $0 { true } else { false } } }
    func attaches() -> Int { sent.count { if case .attachRequest = $0 { true } else { false } } }
}

extension TerminalBench where Card == ScriptedCard {
    var script: CardScript { terminal.card.script }

    /// Has the card ask for something, and gives the result that the terminal answered with; nil when it did not answer.
    func result(of kind: UInt8, _ qualifier: UInt8 = 0, _ body: (inout ByteWriter) -> Void = { _ in }) -> [UInt8]? {
        let before = script.responses.count
        script.ask(kind, qualifier, body)
        poll()
        return script.responses.count > before ? script.results.last : nil
    }

    /// The card wants something: the next poll shows it.
    func poll() { wait(.seconds(31)) }
}
