import Beacon
import Cipher
import Foundation
import Resilience
import Storage
import Testing
import Wire

@testable import Estate

/// A folder that is gone after the test.
final class Folder: Sendable {
    let path: String
    init() throws {
        path = NSTemporaryDirectory() + "holdfast-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
    deinit { try? FileManager.default.removeItem(atPath: path) }
    func file(_ name: String) -> String { path + "/" + name }
}

func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }

/// Noon on a day of 2026: where the tests' time begins.
let noon = UTCInstant(milliseconds: 1_772_366_400_000)

/// A small generator with a seed that can be printed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

/// The estates' key in tests: fixed, so that an estate can be opened again.
func testKey(_ byte: UInt8 = 7) throws -> EstateKey { try EstateKey(bytes: [UInt8](repeating: byte, count: 32), source: "test") }

/// The secret of one card.
func secret(_ card: UInt64) throws -> CardSecret {
    let bytes = (0..<16).map { UInt8(truncatingIfNeeded: card &* 31 &+ UInt64($0)) }
    return try #require(CardSecret(masterSecret: bytes, masterSalt: [UInt8(truncatingIfNeeded: card)]))
}

/// Digits with the check digit of ISO/IEC 7812-1 behind them.
func withLuhn(_ digits: String) -> String {
    var sum = 0
    for (place, character) in digits.reversed().enumerated() {
        var digit = character.wholeNumberValue ?? 0
        if place % 2 == 0 {
            digit *= 2
            if digit > 9 { digit -= 9 }
        }
        sum += digit
    }
    return digits + String((10 - sum % 10) % 10)
}

func profile(_ number: Int, plmn: String, name: String) throws -> InventoryProfile {
    let digits = String(repeating: "0", count: 8 - String(number).count) + String(number)
    return InventoryProfile(
        iccid: try ICCID(withLuhn("8944" + plmn.filter(\.isNumber) + "0" + digits)),
        imsi: try IMSI(plmn.filter(\.isNumber) + "00" + digits), plmn: try PLMN(plmn), operatorName: name)
}

/// The inventory row of test device `number`.
func row(_ number: Int, product: String = "meter", country: String = "GB", area: String? = nil, single: Bool = false) throws
    -> InventoryRow
{
    var row = InventoryRow(
        device: "dev-\(number)", product: product, firmware: "1.\(number % 3)", country: country, card: UInt64(1_000 + number),
        primary: try profile(number, plmn: "234-15", name: "Alpha"),
        backup: single ? nil : try profile(number, plmn: "234-10", name: "Beta"), secret: try secret(UInt64(1_000 + number)))
    row.area = area
    row.preset = .alarm
    row.tags = [single ? "single-profile" : "resilient"]
    return row
}

func rows(_ count: Int) throws -> [InventoryRow] { try (0..<count).map { try row($0) } }

/// An estate in memory with these devices.
func makeEstate(_ rows: [InventoryRow]) throws -> EstateService {
    let estate = try EstateService(database: .inMemory(schema: EstateSchema.schema), key: testKey(), at: noon)
    try estate.importInventory(InventoryCSV.write(rows), format: .csv, at: noon)
    return estate
}

/// A card as the estate meets it: it beacons to the responders and keeps what it was told.
struct TestCard {
    let number: UInt64
    private(set) var clients: [BeaconClient<HostAES>]
    var slot: Heartbeat.Profile = .primary
    var moves: UInt32 = 0
    var reason: MoveReason = .none
    var boots: UInt32 = 1
    var rehearsed: UInt8 = 0
    var outcome: PolicyOutcome?

    init(_ number: Int) throws {
        self.number = UInt64(1_000 + number)
        let card = try #require(CardNumber(self.number))
        let secret = try secret(self.number)
        clients = try (0..<2).map { responder in
            BeaconClient(card: card, keys: try #require(secret.cardKeys(card: card, responder: responder)), ceiling: 0)
        }
    }

    mutating func move(to slot: Heartbeat.Profile, _ reason: MoveReason) {
        self.slot = slot
        self.reason = reason
        moves += 1
    }

    mutating func request(responder: Int = 0, sinceMove: UInt32? = nil) throws -> [UInt8] {
        let heartbeat = Heartbeat(
            card: try #require(CardNumber(number)), profile: slot, lastMove: reason.rawValue, moves: moves, boots: boots, missed: 3,
            policy: 1,
            sinceMove: sinceMove, network: try PLMN(slot == .primary ? "234-15" : "234-10"), technology: 8,
            responder: UInt8(responder), rehearsed: rehearsed, outcome: outcome)
        return try clients[responder].request(heartbeat).bytes
    }

    mutating func accept(_ answer: [UInt8]?, responder: Int = 0) throws -> Answer {
        try clients[responder].accept(try #require(answer))
    }

    /// One beacon and its answer.
    @discardableResult
    mutating func beacon(_ estate: EstateService, responder: Int = 0, at now: UTCInstant) throws -> Answer {
        let desk = try #require(estate.beacon(responder: UInt8(responder)))
        let answers = try desk.answer([try request(responder: responder)], at: now)
        return try accept(answers.first ?? nil, responder: responder)
    }
}

func cards(_ count: Int) throws -> [TestCard] { try (0..<count).map { try TestCard($0) } }
