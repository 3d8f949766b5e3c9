import Beacon
import Estate
import Wire

/// A card as far as its beacons go.
struct SampleCard {
    let number: UInt64
    let responder: UInt8
    private var client: BeaconClient<HostAES>
    private var moves: UInt32 = 0

    init(_ number: UInt64, responder: UInt8 = 0) throws {
        guard let card = CardNumber(number), let keys = Self.secret(of: number)?.cardKeys(card: card, responder: responder) else {
            throw SampleError.card(number)
        }
        self.number = number
        self.responder = responder
        client = BeaconClient(card: card, keys: keys, ceiling: 0)
    }

    enum SampleError: Error { case card(UInt64) }

    /// The next beacon's datagram.
    mutating func beacon(on profile: Heartbeat.Profile = .primary, moved reason: UInt8 = 0) throws -> [UInt8] {
        guard let card = CardNumber(number) else { throw SampleError.card(number) }
        if reason != 0 { moves += 1 }
        let heartbeat = Heartbeat(
            card: card, profile: profile, lastMove: reason, moves: moves, boots: 1, missed: 0, policy: 1, sinceMove: nil, network: nil,
            technology: nil, responder: responder)
        return try client.request(heartbeat).bytes
    }

    /// What the estate says to it.
    mutating func accept(_ datagram: [UInt8]) throws -> Answer { try client.accept(datagram) }

    static func secret(of number: UInt64) -> CardSecret? {
        CardSecret(masterSecret: (0..<16).map { UInt8(truncatingIfNeeded: number &+ UInt64($0)) }, masterSalt: [])
    }

    /// The device that carries the card, on two operators, or on the first alone.
    static func row(_ number: UInt64, device: String, isSingle: Bool = false) throws -> InventoryRow {
        let digits = String(number + 1_000_000)
        func profile(_ network: String, _ name: String) throws -> InventoryProfile {
            let plmn = try PLMN(network)
            let compact = network.replacing("-", with: "")
            return InventoryProfile(
                iccid: try ICCID("894400\(compact)0000000".prefix(18 - digits.count) + digits),
                imsi: try IMSI("\(compact)000000".prefix(15 - digits.count) + digits), plmn: plmn, operatorName: name)
        }
        var row = InventoryRow(
            device: device, product: "Telecare Hub", firmware: number.isMultiple(of: 3) ? "2.4.1" : "2.4.0",
            country: number.isMultiple(of: 2) ? "GB" : "IE", card: number, primary: try profile("001-01", "Alder Mobile"),
            backup: isSingle ? nil : try profile("001-02", "Birch Wireless"), secret: secret(of: number))
        row.tags = [isSingle ? "single-profile" : "resilient"]
        row.interval = 60
        return row
    }
}

extension ICCID {
    init(_ text: Substring) throws { try self.init(String(text)) }
}

extension IMSI {
    init(_ text: Substring) throws { try self.init(String(text)) }
}
