import Estate
import Foundation
import Hummingbird
import HummingbirdCore
import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import ServiceLifecycle

/// What is served: beacons over UDP, the API and the console over HTTP. One estate behind it.
///
/// ```swift
/// let server = try HoldfastServer(estate: estate, settings: ServerSettings(), logger: logger) { addresses in
///     print("listening on http://\(addresses.http)")
/// }
/// try await ServiceGroup(services: [server], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger).run()
/// ```
public final class HoldfastServer: Service {
    /// Where the server ended up listening; ports are real even when 0 was asked for.
    public struct Addresses: Sendable {
        /// "127.0.0.1:8480"
        public var http: String
        public var httpPort: Int
        /// One for each responder.
        public var beacons: [SocketAddress]
        /// The same as people write them: "127.0.0.1:5683".
        public var beaconTexts: [String] {
            beacons.map { address in
                let host = address.ipAddress ?? "?"
                return "\(host.contains(":") ? "[\(host)]" : host):\(address.port ?? 0)"
            }
        }
    }

    private let estate: EstateService
    private let settings: ServerSettings
    private let clock: @Sendable () -> UTCInstant
    private let logger: Logger
    /// Nil where there are no drills.
    let drills: DrillRecorder?
    /// Whether the log has it already that the ledger is broken.
    private let hasToldFault: Bool
    private let onReady: @Sendable (Addresses) -> Void
    private let threads: NIOThreadPool
    private let live: Live
    private let alerts: AlertService
    private let endpoint = NIOLockedValueBox<BeaconEndpoint?>(nil)
    let site: Site

    /// - Parameters:
    ///   - drills: what drives drills; nil leaves the drill page out.
    ///   - clock: the one clock of everything that is served.
    ///   - onReady: called once, when everything listens.
    /// - Throws: when a page's template is broken, or the certificates for alerts cannot be read.
    public init(
        estate: EstateService, settings: ServerSettings = ServerSettings(), drills: (any DrillControl)? = nil,
        clock: @escaping @Sendable () -> UTCInstant = HoldfastServer.wallClock, logger: Logger,
        onReady: @escaping @Sendable (Addresses) -> Void = { _ in }
    ) throws {
        self.estate = estate
        self.settings = settings
        self.clock = clock
        self.logger = logger
        hasToldFault = Self.tell(estate.ledgerFault, logger)
        self.onReady = onReady
        threads = NIOThreadPool(numberOfThreads: settings.readerThreads)
        threads.start()
        let recorder = drills.map { [threads] in DrillRecorder($0, estate, threads: threads, logger: logger) }
        self.drills = recorder
        live = Live(listenerLimit: settings.liveLimit) { estate.changes() }
        alerts = AlertService(
            estate: estate, threads: threads, ways: try settings.alerts.ways(), console: settings.alerts.consoleURL, clock: clock,
            logger: logger)
        let assets = Assets()
        let pages = try Pages(assets: assets, hasDrills: drills != nil, clock: clock)
        let throttle = Throttle()
        let seal = FormSeal()
        var routes = Routes()
        assets.add(to: &routes)
        API(estate: estate, threads: threads, importLimit: settings.importLimit).add(to: &routes)
        SignIn(
            access: estate.access, threads: threads, throttle: throttle, seal: seal, pages: pages,
            secureCookies: settings.secureCookies
        ).add(to: &routes)
        LiveStream(live: live, access: estate.access, threads: threads, clock: clock).add(to: &routes)
        Console(
            estate: estate, threads: threads, pages: pages, seal: seal, drills: recorder,
            beacons: { [endpoint] in endpoint.withLockedValue { $0 }?.figures ?? [] }
        ).add(to: &routes)
        site = Site(
            routes: routes, doorkeeper: Doorkeeper(access: estate.access, threads: threads, throttle: throttle), clock: clock,
            errorPage: { pages.problem($0) })
    }

    /// - Returns: whether there was something to tell.
    fileprivate static func tell(_ fault: LedgerFault?, _ logger: Logger) -> Bool {
        guard let fault else { return false }
        logger.error("\(fault)")
        return true
    }

    /// The time of day in UTC.
    @Sendable public static func wallClock() -> UTCInstant {
        UTCInstant(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))
    }

    /// What the beacon sockets have seen; empty before ``run()``.
    public var beaconFigures: [BeaconEndpoint.Figures] { endpoint.withLockedValue { $0 }?.figures ?? [] }

    /// Listens until the graceful shutdown; then lets requests finish, ends live streams, answers the beacons that wait, and
    /// returns within ``ServerSettings/shutdownTime``.
    /// - Throws: when an address cannot be bound.
    public func run() async throws {
        do {
            try await serve()
        } catch {
            await close()
            throw error
        }
        await close()
    }

    /// Ends the threads of a server that was not run.
    func close() async { try? await threads.shutdownGracefully() }

    private func serve() async throws {
        var lines: [BeaconEndpoint.Line] = []
        for (index, port) in settings.beaconPorts.enumerated() {
            guard let responder = UInt8(exactly: index), let desk = estate.beacon(responder: responder) else {
                throw ServerError.noResponder(index: index)
            }
            lines.append(BeaconEndpoint.Line(responder: responder, host: settings.beaconHost, port: port, desk: desk))
        }
        let beacons = try await BeaconEndpoint.bind(lines, limits: settings.beaconLimits, clock: clock, logger: logger)
        endpoint.withLockedValue { $0 = beacons }
        let requestSeconds = settings.requestSeconds
        var channel = HTTP1Channel.Configuration(
            additionalChannelHandlers: [RequestDeadline(seconds: requestSeconds)], idleTimeout: .seconds(settings.idleSeconds))
        channel.httpDecoder.maxHeaderFieldSize = settings.headerLimit
        channel.httpDecoder.maxHeaderListSize = settings.headerLimit
        channel.httpDecoder.maxHeaderFieldCount = 64
        let onReady = onReady
        let host = settings.host
        let application = Application(
            responder: site, server: .http1(configuration: channel),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.host, port: settings.port),
                availableConnectionsDelegate: MaximumAvailableConnections(settings.connectionLimit)),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? 0
                let shown = host.contains(":") ? "[\(host)]" : host
                onReady(Addresses(http: "\(shown):\(port)", httpPort: port, beacons: beacons.addresses))
            }, logger: logger)
        let ticker = Ticker(estate: estate, threads: threads, clock: clock, logger: logger, hasToldFault: hasToldFault)
        var services: [any Service] = [ticker, live, alerts, beacons, application]
        if let drills { services.append(DrillService(recorder: drills, clock: clock)) }
        var configuration = ServiceGroupConfiguration(services: services, logger: logger)
        configuration.maximumGracefulShutdownDuration = settings.shutdownTime
        configuration.maximumCancellationDuration = .seconds(2)
        try await ServiceGroup(configuration: configuration).run()
    }
}

/// Why the server did not start.
public enum ServerError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A port is given for a responder that the estate does not have.
    case noResponder(index: Int)

    public var description: String {
        switch self {
        case .noResponder(let index):
            "a beacon port is given for responder \(index), and the estate has \(EstateService.responders); give no more ports"
        }
    }
}

/// Lets the estate look at the clock each second: silence, outages, events.
private struct Ticker: Service {
    /// A pause as long as this between two ticks means that we were asleep, and that silence proves nothing.
    static let sleepSeconds: Int64 = 15

    let estate: EstateService
    let threads: NIOThreadPool
    let clock: @Sendable () -> UTCInstant
    let logger: Logger
    let hasToldFault: Bool

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            var last = clock()
            var failing = false
            var hasToldFault = hasToldFault
            while true {
                try await Task.sleep(for: .seconds(1))
                let now = clock()
                let slept = now - last > Self.sleepSeconds * 1_000
                last = now
                do {
                    try await threads.runIfActive {
                        if slept { try estate.resumed(at: now) }
                        try estate.tick(at: now)
                    }
                    failing = false
                } catch is CancellationError {
                    throw CancellationError()
                } catch {
                    // Said once, not each second.
                    if !failing { logger.error("the estate's tick failed", metadata: ["error": "\(error)"]) }
                    failing = true
                }
                if !hasToldFault { hasToldFault = HoldfastServer.tell(estate.ledgerFault, logger) }
            }
        }
    }
}
