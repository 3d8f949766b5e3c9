import Beacon
import Estate
import Foundation
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
            card: card, profile: profile, lastMove: reason, moves: moves, boots: 1, missed: 0, policy: 1, sinceMove: nil,
            network: nil,
            technology: nil, responder: responder)
        return try client.request(heartbeat).bytes
    }

    /// What the estate says to it.
    mutating func accept(_ datagram: [UInt8]) throws -> Answer { try client.accept(datagram) }

    /// An inventory of these rows as JSON.
    static func json(_ rows: [InventoryRow]) throws -> [UInt8] {
        let objects = rows.map { row in
            var object: [String: Any] = [
                "device": row.device, "product": row.product, "firmware": row.firmware, "country": row.country, "card": row.card,
                "tags": row.tags, "primary_iccid": row.primary.iccid.description, "primary_imsi": row.primary.imsi.description,
                "primary_plmn": row.primary.plmn.description,
            ]
            object["area"] = row.area
            object["primary_operator"] = row.primary.operatorName
            object["backup_iccid"] = row.backup?.iccid.description
            object["backup_imsi"] = row.backup?.imsi.description
            object["backup_plmn"] = row.backup?.plmn.description
            object["backup_operator"] = row.backup?.operatorName
            object["interval"] = row.interval
            object["technologies"] = row.technologies.isEmpty ? nil : row.technologies.map(\.rawValue)
            object["primary_apn"] = row.primary.apn?.text
            object["backup_apn"] = row.backup?.apn?.text
            object["secret"] = row.secret.map { Hex.text($0.masterSecret) }
            return object
        }
        return Array(try JSONSerialization.data(withJSONObject: objects))
    }

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
