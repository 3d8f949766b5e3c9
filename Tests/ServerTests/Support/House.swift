import Estate
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOConcurrencyHelpers
import NIOCore
import Storage
import Wire

@testable import Server

/// An estate with a few devices, and a server on it that is asked without a socket.
final class House: Sendable {
    let estate: EstateService
    let server: HoldfastServer
    private let time: NIOLockedValueBox<UTCInstant>
    let log = LogBook()

    /// A name that would break out of text, attributes, scripts and templates if anything let it. The quote has a combining mark
    /// behind it: as a character it is neither a quote nor anything else that an escaper by characters knows.
    static let hostileName = "<b a=\"'\">{{x}}</b>\"\u{301}'\u{301}<\u{338}&amp;/../%2e\\?#"

    /// Two devices with plain names and one with the given one, which its product, firmware, country, area, tag and operators
    /// bear too.
    static func rows(_ name: String = hostileName) throws -> [InventoryRow] {
        var rows = [
            try SampleCard.row(1, device: "HF-0001"), try SampleCard.row(2, device: "HF-0002"), try SampleCard.row(3, device: name),
        ]
        (rows[2].product, rows[2].firmware, rows[2].country, rows[2].area) = (name, name, name, name)
        rows[2].tags = [name.replacing(" ", with: "")]
        rows[2].primary.plmn = try PLMN("001-03")
        rows[2].primary.operatorName = name
        rows[2].backup?.plmn = try PLMN("001-04")
        rows[2].backup?.operatorName = "2" + name
        return rows
    }

    init(
        rows: [InventoryRow]? = nil, settings: ServerSettings = House.quietSettings, drills: (any DrillControl)? = nil,
        onReady: @escaping @Sendable (HoldfastServer.Addresses) -> Void = { _ in }
    ) throws {
        guard let start = UTCInstant(iso8601: "2026-03-01T12:00:00.000Z") else { throw HouseError.clock }
        let time = NIOLockedValueBox(start)
        self.time = time
        estate = try EstateService(database: try Database.inMemory(schema: EstateSchema.schema), key: .ephemeral(), at: start)
        let rows = try rows ?? Self.rows()
        if !rows.isEmpty {
            _ = try estate.importInventory(try SampleCard.json(rows), format: .json, at: start)
        }
        var logger = Logger(label: "test", factory: { [log] _ in log.handler })
        logger.logLevel = .trace
        server = try HoldfastServer(
            estate: estate, settings: settings, drills: drills, clock: { time.withLockedValue { $0 } }, logger: logger,
            onReady: onReady)
    }

    enum HouseError: Error { case clock, noSession, noItems }

    static var quietSettings: ServerSettings {
        var settings = ServerSettings()
        settings.port = 0
        settings.beaconPorts = [0, 0]
        // No datagram expires: how long a test keeps one waiting depends on the machine.
        settings.beaconLimits.patience = 3_600_000
        return settings
    }

    var now: UTCInstant { time.withLockedValue { $0 } }

    func advance(seconds: Int64) { time.withLockedValue { $0 = $0.adding(milliseconds: seconds * 1_000) } }

    /// Beacons of these cards, answered as if they had come through the first responder.
    func beacon(_ datagrams: [UInt8]...) throws {
        _ = try estate.beacon(responder: 0)?.answer(datagrams, at: now)
    }

    // MARK: Asking

    struct Answer: Sendable {
        var status: Int
        var headers: HTTPFields
        var text: String

        var json: Any { (try? JSONSerialization.jsonObject(with: Data(text.utf8))) ?? [:] }
        /// A member of a JSON object.
        subscript(_ name: String) -> Any? { (json as? [String: Any])?[name] }
        func header(_ name: String) -> String? {
            headers.first { $0.name.canonicalName == name.lowercased() }?.value
        }
    }

    func ask(
        _ method: String, _ target: String, headers: [String: String] = [:], body: String = "", peer: String = "192.0.2.1"
    ) async throws -> Answer {
        var fields = HTTPFields()
        for (name, value) in headers {
            guard let name = HTTPField.Name(name) else { continue }
            fields[name] = value
        }
        guard let method = HTTPRequest.Method(method) else { throw HouseError.clock }
        let request = Request(
            head: HTTPRequest(method: method, scheme: "http", authority: "console.example", path: target, headerFields: fields),
            body: RequestBody(buffer: ByteBuffer(string: body)))
        let response = await server.site.respond(
            to: request, context: Visit(peer: peer, logger: Logger(label: "t", factory: { [log] _ in log.handler })))
        let sink = Sink()
        do { try await response.body.write(Sink.Writer(sink: sink)) } catch {}
        return Answer(
            status: response.status.code, headers: response.headers, text: String(buffer: sink.buffer.withLockedValue { $0 }))
    }

    func token(_ role: Role) throws -> String { try estate.access.issueToken(name: "test", role: role, at: now).token }

    /// A GET of the API.
    func api(_ target: String) async throws -> Answer {
        try await ask("GET", target, headers: ["Authorization": "Bearer \(try token(.viewer))"])
    }

    /// The items of a list of the API.
    func items(_ target: String) async throws -> [Any] {
        guard let items = try await api(target)["items"] as? [Any] else { throw HouseError.noItems }
        return items
    }

    /// A session's cookie field.
    func signIn(_ role: Role = .administrator) throws -> String {
        let code = try estate.access.issueSignInLink(name: "Ada", role: role, at: now)
        guard let session = try estate.access.redeem(code: code, at: now) else { throw HouseError.noSession }
        return "\(Doorkeeper.cookie)=\(session.secret)"
    }

    /// A page as a browser asks for it.
    func page(_ target: String, cookie: String) async throws -> Answer {
        try await ask("GET", target, headers: ["Cookie": cookie, "Accept": "text/html"])
    }

    /// A form as a browser sends it.
    func form(_ target: String, _ fields: [String: String], headers: [String: String] = [:]) async throws -> Answer {
        let body = fields.map { "\($0.key)=\(PercentEncoding.encode($0.value))" }.joined(separator: "&")
        let all = headers.merging(["Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"]) { first, _ in first
        }
        return try await ask("POST", target, headers: all, body: body)
    }

    /// Collects what a response writes.
    private final class Sink: Sendable {
        let buffer = NIOLockedValueBox(ByteBuffer())

        struct Writer: ResponseBodyWriter {
            let sink: Sink
            mutating func write(_ buffer: ByteBuffer) async throws {
                sink.buffer.withLockedValue { _ = $0.writeImmutableBuffer(buffer) }
            }
            consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
        }
    }
}

/// A house for the time of a test.
func withHouse(
    rows: [InventoryRow]? = nil, settings: ServerSettings = House.quietSettings, drills: (any DrillControl)? = nil,
    _ body: (House) async throws -> Void
) async throws {
    let house = try House(rows: rows, settings: settings, drills: drills)
    do {
        try await body(house)
    } catch {
        await house.server.close()
        throw error
    }
    await house.server.close()
}

/// Everything that was logged.
final class LogBook: Sendable {
    private let lines = NIOLockedValueBox<[String]>([])

    var text: String { lines.withLockedValue { $0.joined(separator: "\n") } }

    var handler: Handler { Handler(book: self) }

    struct Handler: LogHandler {
        let book: LogBook
        var metadata: Logger.Metadata = [:]
        var logLevel: Logger.Level = .trace

        init(book: LogBook) { self.book = book }

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            book.lines.withLockedValue { $0.append("\(event.level) \(event.message) \(event.metadata ?? [:]) \(metadata)") }
        }
    }
}
