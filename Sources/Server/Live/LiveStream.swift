import Estate
import Hummingbird
import NIOPosix
import ServiceLifecycle

/// The server-sent events (WHATWG HTML, section 9.2) that keep open pages true. An event says only that there is something new;
/// the page then fetches itself, so that what is seen live is what is seen on loading.
struct LiveStream: Sendable {
    /// Seconds between looks at whether the session still holds.
    static let sessionCheck = 30

    let live: Live
    let access: Access
    let threads: NIOThreadPool
    let clock: @Sendable () -> UTCInstant

    func add(to routes: inout Routes) {
        routes.on(.get, "/live", .session(.read)) { exchange in try self.open(exchange) }
    }

    private func open(_ exchange: Exchange) throws -> Response {
        try exchange.query.allow(only: ["topic", "device"])
        guard exchange.request.method == .get else {
            throw Problem.methodNotAllowed(exchange.request.method, allowed: [.get])
        }
        guard let name = exchange.query.text("topic"), let topic = Topic(name: name, device: exchange.query.text("device")) else {
            throw Problem.badRequest(
                "The parameter \"topic\" must be overview, devices, operators, events, drill, or device with \"device\".")
        }
        guard let pulses = live.listen() else {
            throw Problem.later(
                .serviceUnavailable, seconds: 15,
                detail: "\(live.listenerLimit) pages are live already; close some, or reload by hand.")
        }
        let session = exchange.caller?.session ?? ""
        let body = ResponseBody { writer in
            // A first line at once opens the stream for the browser; "retry" is its pause before it comes back.
            try await writer.write(ByteBuffer(string: "retry: 3000\n\n"))
            var quiet = 0
            var seconds = 0
            for await pulse in pulses.cancelOnGracefulShutdown() {
                seconds += 1
                if seconds.isMultiple(of: Self.sessionCheck) {
                    let now = clock()
                    guard try await threads.runIfActive({ try access.session(session, at: now) }) != nil else { break }
                }
                quiet += 1
                if topic.isNews(pulse) || quiet >= topic.patience {
                    quiet = 0
                    try await writer.write(ByteBuffer(string: "event: changed\ndata: {\"beacons\":\(pulse.beacons)}\n\n"))
                } else if quiet.isMultiple(of: 5) {
                    // Shows that the line is alive, and finds out when nobody is there any more.
                    try await writer.write(ByteBuffer(string: ":\n\n"))
                }
            }
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-store"], body: body)
    }
}
