import ArgumentParser
import Estate
import Foundation
import Lab
import Logging
import Resilience
import Server
import ServiceLifecycle
import Storage
import Synchronization

/// Everything on one machine: the server, a lab of live cards, and drills to strike them with.
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the server with a lab of live cards on two operators, and strike it with an outage of record.",
        discussion: """
            A third of the cards are resilient, a third watch registration only, a third are ordinary single-profile SIMs. All speak real
            CoAP and OSCORE over UDP to this server. A first drill begins by itself 80 seconds after the start; start others from the
            console, or by typing a drill's name and Enter in this terminal.

              holdfast demo
              holdfast demo --cards 600 --drill attach-rejected --fault-minutes 4
              holdfast demo --drill none --http-port 9000

            The policy is the alarm preset with its waits shortened (a beacon every 10 s, a first trial return after 45 s), so that
            there is something to see within minutes. `holdfast drill` measures the presets as they ship.
            """)

    @Option(help: "Cards in the lab, a third of each kind: 3 to 3000.")
    var cards = 300

    @Option(help: "The seed of the lab.")
    var seed: UInt64 = 1

    @Option(help: "The drill that begins by itself, or 'none'.")
    var drill = "data-path-dead"

    @Option(help: "How long a drill's fault lasts, in minutes.")
    var faultMinutes = 3.0

    @OptionGroup var listening: ListeningOptions

    func validate() throws {
        guard (3...3_000).contains(cards) else { throw ValidationError("\(cards) cards: give 3 to 3000.") }
        guard (0.5...120).contains(faultMinutes) else {
            throw ValidationError("A fault of \(faultMinutes) minutes: give 0.5 to 120.")
        }
        guard drill == "none" || Drill.named(drill) != nil else {
            throw ValidationError(
                "There is no drill '\(drill)'. There are: \(Drill.all.map(\.name).joined(separator: ", ")), and none.")
        }
    }

    /// The alarm preset with its waits shortened for watching.
    static let parameters: Parameters = {
        var parameters = Parameters.alarm
        parameters.heartbeat = .seconds(10)
        parameters.heartbeatAway = .seconds(10)
        parameters.attachBudget = .seconds(45)
        parameters.trialBudget = .seconds(30)
        parameters.hold = .seconds(45)
        parameters.holdLimit = .minutes(4)
        parameters.stable = .minutes(2)
        parameters.darkPause = .seconds(20)
        parameters.darkLimit = .minutes(2)
        parameters.doubtPause = .minutes(10)
        parameters.doubtLimit = .minutes(20)
        parameters.refill = .minutes(1)
        return parameters
    }()

    func run() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("holdfast-demo-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        let key = try EstateKey.create(file: folder.appendingPathComponent("estate.key").path)
        let database = try Database.open(folder.appendingPathComponent("estate.sqlite").path, schema: EstateSchema.schema)
        let estate = try EstateService(database: database, key: key, settings: Self.settings, at: .now)
        let drills = DemoDrills(lasting: .milliseconds(Int64(faultMinutes * 60_000)))
        let listening = listening
        let (ready, isReady) = AsyncStream.makeStream(of: HoldfastServer.Addresses.self)
        let server = try HoldfastServer(estate: estate, settings: listening.settings, drills: drills, logger: listening.logger) {
            addresses in
            listening.announce(addresses, estate: estate)
            isReady.yield(addresses)
            isReady.finish()
        }
        let lab = DemoLab(
            estate: estate, drills: drills, cards: cards, seed: seed, first: drill == "none" ? nil : drill, ready: ready)
        try await ServiceGroup(services: [server, lab], gracefulShutdownSignals: [.sigterm, .sigint], logger: listening.logger)
            .run()
    }

    /// Outages are inferred on the time scale of the demo's beacons.
    private static var settings: EstateSettings {
        var settings = EstateSettings()
        settings.detection.recoveryHold = 15
        return settings
    }
}

/// The lab beside the server.
struct DemoLab: Service {
    let estate: EstateService
    let drills: DemoDrills
    let cards: Int
    let seed: UInt64
    let first: String?
    let ready: AsyncStream<HoldfastServer.Addresses>

    func run() async throws {
        try await cancelWhenGracefulShutdown { try await live() }
    }

    private func live() async throws {
        var addresses: HoldfastServer.Addresses?
        for await found in ready { addresses = found }
        guard let addresses else { return }
        let responders = addresses.beacons.compactMap { address in
            address.port.map { Endpoint(.v4(127, 0, 0, 1), port: UInt16(truncatingIfNeeded: $0)) }
        }
        var settings = LabEstate.Settings(preset: .alarm, responders: responders)
        settings.cards = cards
        settings.seed = seed
        settings.parameters = Demo.parameters
        let plan = try LabEstate(settings)
        _ = try estate.importInventory(Array(plan.inventory.utf8), format: .csv, at: .now)
        try sayNetworks()
        note(
            "Lab:      \(cards) cards on \(plan.operators.map(\.name).joined(separator: " and ")), switched on over the next 20 seconds."
        )
        let lab = try await LiveLab(
            plan, timing: .field, epoch: UTCInstant.now.milliseconds, powerOn: .seconds(20), using: HostKeyDerivation())
        drills.attach(lab)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await show() }
            group.addTask { await begin() }
            group.addTask { await listen() }
            await group.waitForAll()
        }
        await lab.shutDown()
    }

    /// What the demo knows of its own networks. Who made their cores is left for a person to say, on the page of risks.
    private func sayNetworks() throws {
        let author = Authorship("demo", reason: "a network of the lab")
        let facts = try estate.networkFacts()
        for plmn in facts.operators.map(\.operator.plmn) {
            try estate.sayCore(of: plmn, carrier: plmn, vendor: nil, by: author, at: .now)
        }
        for point in facts.accessPoints {
            try estate.sayExposure(
                of: point.apn, point.apn == "internet" ? .publicInternet : .privateNetwork, by: author, at: .now)
        }
        try estate.updateRisks(at: .now)
    }

    /// The first drill begins when the cards have settled.
    private func begin() async {
        guard let first else { return }
        try? await Task.sleep(for: .seconds(80))
        guard !Task.isCancelled else { return }
        do { try await drills.start(first) } catch { note("The first drill did not begin: \(error)") }
    }

    /// A drill's name typed into the terminal starts it.
    private func listen() async {
        guard isatty(STDIN_FILENO) == 1 else { return }
        let names = Drill.all.map(\.name)
        let person = LocalUser.name
        var typed: [UInt8] = []
        while !Task.isCancelled {
            var waiting = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
            guard poll(&waiting, 1, 0) > 0 else {
                try? await Task.sleep(for: .milliseconds(200))
                continue
            }
            var byte: UInt8 = 0
            guard read(STDIN_FILENO, &byte, 1) == 1 else { return }
            guard byte == 0x0A else {
                if typed.count < 64 { typed.append(byte) }
                continue
            }
            let word = String(decoding: typed, as: UTF8.self).trimmingCharacters(in: .whitespaces)
            typed = []
            switch word {
            case "": continue
            case "stop": await drills.stop(by: person)
            case _ where names.contains(word):
                do { try await drills.start(word, by: person) } catch { note("\(error)") }
            default: note("Type one of \(names.joined(separator: ", ")), or stop.")
            }
        }
    }

    /// The lab on the screen: a table in a terminal, a line now and then elsewhere.
    private func show() async {
        let isTerminal = isatty(STDOUT_FILENO) == 1
        let board = LiveBoard(
            title: "The lab, live. Type a drill's name and Enter to start it, stop to end it.", isShown: isTerminal)
        var shown = 0
        var turns = 0
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(1))
            guard let snapshot = drills.snapshot else { continue }
            if isTerminal {
                board.show(snapshot)
                continue
            }
            turns += 1
            let newest = Int((snapshot.lines.last?.at ?? 0) * 1_000)
            guard turns % 15 == 0 || newest > shown && turns % 3 == 0 else { continue }
            shown = newest
            let groups = snapshot.groups.map { "\($0.group.rawValue) \($0.onPrimary) home, \($0.onBackup) away, \($0.dark) dark" }
            print("\(Int(snapshot.at)) s: \(groups.joined(separator: "; "))")
            fflush(nil)
        }
    }
}
