/// An access point of a gateway: its name and the addresses it gives.
public struct AccessPoint: Equatable, Sendable {
    /// The APN, lower case.
    public var name: String
    /// The first address of the pool; host parts 0 and 1 are left out.
    public var network: UInt32
    /// How many addresses it has.
    public var size: Int

    public init(name: String, network: UInt32, size: Int) {
        self.name = name
        self.network = network
        self.size = size
    }
}

/// The gateway: which terminal has which address on which connection. Addresses are given in rotation, as osmo-ggsn does.
struct PacketGateway: Sendable {
    struct Refusal: Error, Equatable {
        var cause: SessionCause
    }

    struct Bearer: Hashable, Comparable {
        var terminal: TerminalID
        var id: UInt8

        static func < (left: Bearer, right: Bearer) -> Bool {
            left.terminal == right.terminal ? left.id < right.id : left.terminal < right.terminal
        }
    }

    private var accessPoints: [AccessPoint]
    private var cursors: [Int]
    private var addresses: [Bearer: UInt32] = [:]
    private var bearers: [UInt32: Bearer] = [:]

    init(_ accessPoints: [AccessPoint]) {
        self.accessPoints = accessPoints
        cursors = Array(repeating: 0, count: accessPoints.count)
    }

    /// Opens a connection; one that was open under the same number is replaced.
    mutating func open(_ id: UInt8, accessPoint name: String, for terminal: TerminalID) -> Result<IPAddress, Refusal> {
        guard let index = accessPoints.firstIndex(where: { $0.name == name }) else { return .failure(Refusal(cause: .unknownAPN)) }
        let bearer = Bearer(terminal: terminal, id: id)
        release(terminal, id: id)
        let pool = accessPoints[index]
        for _ in 0..<pool.size {
            let address = pool.network &+ 2 &+ UInt32(truncatingIfNeeded: cursors[index])
            cursors[index] = (cursors[index] + 1) % pool.size
            guard bearers[address] == nil else { continue }
            bearers[address] = bearer
            addresses[bearer] = address
            return .success(.v4(address))
        }
        return .failure(Refusal(cause: .insufficientResources))
    }

    mutating func release(_ terminal: TerminalID, id: UInt8) {
        if let address = addresses.removeValue(forKey: Bearer(terminal: terminal, id: id)) { bearers[address] = nil }
    }

    mutating func release(_ terminal: TerminalID) {
        for id in BearerIdentity.range { release(terminal, id: id) }
    }

    @discardableResult
    mutating func releaseAll() -> [Bearer] {
        let gone = addresses.keys.sorted()
        addresses = [:]
        bearers = [:]
        return gone
    }

    func address(of id: UInt8, for terminal: TerminalID) -> IPAddress? {
        addresses[Bearer(terminal: terminal, id: id)].map { .v4($0) }
    }

    func bearer(at address: IPAddress) -> Bearer? {
        guard case .v4(let number) = address else { return nil }
        return bearers[number]
    }

    func serves(_ terminal: TerminalID) -> Bool {
        BearerIdentity.range.contains { addresses[Bearer(terminal: terminal, id: $0)] != nil }
    }
}

/// EPS bearer identities (3GPP TS 24.007, clause 11.2.3.1.5).
enum BearerIdentity {
    static let range: ClosedRange<UInt8> = 5...15
}
