import ArgumentParser
import Estate
import Logging
import Server
import ServiceLifecycle

/// Answers beacons and serves the console and the API.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Answer beacons, and serve the console and the API.",
        discussion: """
            Listens on loopback unless told otherwise. Put TLS in front before you go further.

              holdfast serve
              holdfast serve --beacon-host 0.0.0.0 --http-port 9000
              HOLDFAST_KEY=$(cat /run/secrets/estate) holdfast serve --database /var/lib/holdfast/estate.sqlite
            """)

    @OptionGroup var options: EstateOptions
    @OptionGroup var listening: ListeningOptions
    @OptionGroup(title: "Alerts before deadlines") var alerts: AlertOptions

    func run() async throws {
        var settings = listening.settings
        settings.alerts = try alerts.settings()
        let estate = try options.open()
        let listening = listening
        let server = try HoldfastServer(estate: estate, settings: settings, logger: listening.logger) { addresses in
            listening.announce(addresses, estate: estate)
        }
        try await ServiceGroup(services: [server], gracefulShutdownSignals: [.sigterm, .sigint], logger: listening.logger).run()
    }
}

/// Where a server listens and how much it says.
struct ListeningOptions: ParsableArguments {
    @Option(help: "Address for the console and the API.")
    var httpHost = "127.0.0.1"

    @Option(help: "Port for the console and the API; 0 takes any.")
    var httpPort = 8480

    @Option(help: "Address for beacons.")
    var beaconHost = "127.0.0.1"

    @Option(help: "Port for beacons, once for each of the two responders; 0 takes any.")
    var beaconPort: [Int] = [5683, 5693]

    @Option(help: "Whom the sign-in link is for that is printed at the start. Without it: the operating system's user.")
    var name: String?

    @Flag(help: "A proxy in front speaks TLS: mark the session cookie so.")
    var secureCookies = false

    @Flag(name: .shortAndLong, help: "Log every request.")
    var verbose = false

    func validate() throws {
        guard beaconPort.count == 2 else { throw ValidationError("Give --beacon-port twice: there are two responders.") }
        for port in beaconPort + [httpPort] where !(0...65_535).contains(port) {
            throw ValidationError("\(port) is not a port: give 0 to 65535.")
        }
    }

    var settings: ServerSettings {
        var settings = ServerSettings()
        settings.host = httpHost
        settings.port = httpPort
        settings.beaconHost = beaconHost
        settings.beaconPorts = beaconPort
        settings.secureCookies = secureCookies
        return settings
    }

    var logger: Logger {
        var logger = Logger(label: "holdfast") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = verbose ? .debug : .warning
        return logger
    }

    /// Says where the server listens, with a link that signs its reader in once.
    func announce(_ addresses: HoldfastServer.Addresses, estate: EstateService) {
        let beacons = addresses.beacons.map { "\($0.ipAddress ?? "?"):\($0.port ?? 0)" }.joined(separator: ", ")
        note("Beacons:  \(beacons)")
        do {
            let name = name ?? LocalUser.name
            let code = try estate.access.issueSignInLink(
                name: name, role: .administrator, by: Authorship(LocalUser.name, reason: "printed when the server started"),
                at: .now)
            note("Console:  http://\(addresses.http)/sign-in?code=\(code)")
            note("          The link works once, for ten minutes, and signs in \(name) (--name). `holdfast sign-in` makes another.")
        } catch {
            note("Console:  http://\(addresses.http)  (no sign-in link: \(error))")
        }
    }
}
