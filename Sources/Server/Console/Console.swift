import Estate
import Hummingbird
import NIOPosix

/// The pages, rendered on the server. Each works without the script; the script only keeps it true while it is open.
struct Console: Sendable {
    let estate: EstateService
    let threads: NIOThreadPool
    let pages: Pages
    let seal: FormSeal
    let drills: DrillRecorder?
    let beacons: @Sendable () -> [BeaconEndpoint.Figures]

    func add(to routes: inout Routes) {
        routes.on(.get, "/", .session(.read)) { exchange in try await self.overview(exchange) }
        routes.on(.get, "/devices", .session(.read)) { exchange in try await self.devices(exchange) }
        routes.on(.get, "/devices/:id", .session(.read)) { exchange in try await self.device(exchange) }
        routes.on(.post, "/devices/:id/rehearsal", .session(.operate)) { exchange in try await self.rehearse(exchange) }
        routes.on(.post, "/devices/:id/policy", .session(.operate)) { exchange in try await self.pushPolicy(exchange) }
        routes.on(.get, "/operators", .session(.read)) { exchange in try await self.operators(exchange) }
        routes.on(.get, "/events", .session(.read)) { exchange in try await self.events(exchange) }
        addProducts(to: &routes)
        addRisks(to: &routes)
        addNetworkFacts(to: &routes)
        addCases(to: &routes)
        addEvidence(to: &routes)
        if let drills {
            routes.on(.get, "/drill", .session(.read)) { exchange in await self.drill(exchange, drills.drills) }
            routes.on(.post, "/drill/start", .session(.operate)) { exchange in try await self.startDrill(exchange, drills) }
            routes.on(.post, "/drill/stop", .session(.operate)) { exchange in try await self.stopDrill(exchange, drills) }
        }
    }

    static func path(ofDevice id: String) -> String { "/devices/\(PercentEncoding.encode(id))" }

    /// A read of the estate, off the event loops.
    func read<Value: Sendable>(_ body: @escaping @Sendable (EstateService) throws -> Value) async throws -> Value {
        let estate = estate
        return try await threads.runIfActive { try body(estate) }
    }

    func page(_ template: String, title: String, place: String, live: String?, _ exchange: Exchange, _ model: Any) -> Response {
        let frame = Pages.Frame(
            title: title, place: place, live: live, now: exchange.now, seal: seal.value(for: exchange.caller?.session ?? ""),
            fault: estate.ledgerFault)
        return .html(pages.page(template, frame, model))
    }
}
