import Estate

/// Where the server listens, and what it puts up with.
public struct ServerSettings: Sendable {
    /// Loopback unless told otherwise. Beyond it, put TLS in front.
    public var host = "127.0.0.1"
    /// 0: any free port.
    public var port = 8480
    /// Loopback unless told otherwise.
    public var beaconHost = "127.0.0.1"
    /// One for each responder, in the order of their indexes. CoAP's own port is the first.
    public var beaconPorts = [5683, 5693]
    public var beaconLimits = BeaconEndpoint.Limits()
    /// Marks the session cookie as for TLS only: set it when a proxy in front speaks TLS.
    public var secureCookies = false

    /// By which ways people are told of cases and their deadlines.
    public var alerts = AlertSettings()

    /// Connections at the same time; more wait in the kernel's queue.
    public var connectionLimit = 512
    /// Bytes of all header fields of a request, and of one of them.
    public var headerLimit = 16_384
    /// Bytes of an import.
    public var importLimit = ImportLimit.bytes
    /// Pages that may be live at the same time.
    public var liveLimit = 128
    /// Seconds that a connection may stay open with nothing said.
    public var idleSeconds: Int64 = 60
    /// Seconds within which a request must have arrived as a whole.
    public var requestSeconds: Int64 = 150
    /// Threads that read from the estate.
    public var readerThreads = 2
    /// Time for a graceful shutdown; what is still busy then is cut off.
    public var shutdownTime: Duration = .seconds(5)

    public init() {}
}
