import Beacon
import Cipher
import Resilience
import SmartCard
import TestSupport
import Wire

typealias TestCard = Card<TableAES, InProcessMemory>

func hex(_ text: String) -> [UInt8] {
    do { return try Hex.bytes(text) } catch { return [] }
}

/// An answer as a test reads it.
struct Reply: Equatable, CustomStringConvertible {
    var data: [UInt8]
    var status: UInt16

    init(_ bytes: [UInt8]) {
        data = Array(bytes.dropLast(2))
        status = bytes.count >= 2 ? UInt16(bytes[bytes.count - 2]) << 8 | UInt16(bytes[bytes.count - 1]) : 0
    }

    init(_ data: String, _ status: UInt16) {
        self.data = hex(data)
        self.status = status
    }

    var description: String { Hex.text(data) + " " + Hex.text([UInt8(status >> 8), UInt8(status & 0xFF)]) }
}

extension Card {
    /// Sends a command written in hexadecimal digits.
    @discardableResult
    mutating func send(_ command: String) -> Reply { Reply(transmit(hex(command))) }

    /// Sends a command and fetches what it left for GET RESPONSE.
    @discardableResult
    mutating func exchange(_ command: String) -> Reply {
        let first = send(command)
        guard first.status & 0xFF00 == 0x6100 else { return first }
        return send("00C00000" + Hex.text([UInt8(first.status & 0xFF)]))
    }

    /// Reads a transparent file by its path below the MF.
    mutating func read(_ path: String, count: UInt8) -> Reply {
        let selected = send("00A4080C" + Hex.text([UInt8(path.count / 2)]) + path)
        guard selected.status == 0x9000 else { return selected }
        return send("00B00000" + Hex.text([count]))
    }

    /// Selects the USIM by its identifier.
    mutating func selectApplication() { send("00A4040C07A0000000871002") }
}

/// What the tests' cards are made of.
enum Workbench {
    static let key = Block(hex("465b5ce8b199b49faa5f0a2ee238a6bc"))
    static let operatorConstant = Block(hex("cd63cb71954a9f4e48a5994e37a02baf"))
    static let backupKey = Block(hex("fec86ba6eb707ed08905757b1bb44b8f"))
    static let backupConstant = Block(hex("1006020f0a478bf6b699f15c062e42b3"))

    static func subscription(_ slot: Slot) throws -> Subscription {
        switch slot {
        case .primary:
            Subscription(
                iccid: try ICCID("8944110068000000018"), imsi: try IMSI("234150000000017"), networkCodeDigits: 2, key: key,
                operatorConstant: operatorConstant, accessPoint: try AccessPointName("iot.alpha"), serviceProvider: "Alpha",
                preferredNetworks: [PreferredNetwork(try PLMN("234-15"))])
        case .backup:
            Subscription(
                iccid: try ICCID("8931410400000000023"), imsi: try IMSI("310410000000029"), networkCodeDigits: 3, key: backupKey,
                operatorConstant: backupConstant, accessPoint: try AccessPointName("iot.beta"), serviceProvider: "Beta")
        }
    }

    static func codes(isPINEnabled: Bool = false) throws -> AccessCodes {
        AccessCodes(
            pin: try code("1234"), isPINEnabled: isPINEnabled, unblockPIN: try code("12345678"), secondPIN: try code("5678"),
            unblockSecondPIN: try code("87654321"), administrative: try code("55555555"))
    }

    private struct NoCode: Error {}

    private static func code(_ text: String) throws -> AccessCodes.Code {
        guard let code = AccessCodes.Code(text) else { throw NoCode() }
        return code
    }

    static func keys(_ responder: UInt8) -> SecurityKeys {
        SecurityKeys(
            commonIV: CCMNonce(exactly: [UInt8](repeating: 0x10 + responder, count: 13)) ?? .init(high: 0, low: 0),
            sender: Block([UInt8](repeating: 0x20 + responder, count: 16)),
            recipient: Block([UInt8](repeating: 0x30 + responder, count: 16)))
    }

    static let cardNumber: UInt64 = 0x01_0203_0405

    static func personalisation(
        isPINEnabled: Bool = false, parameters: Parameters = .standard, hasBackup: Bool = true, responders: Int = 2,
        watchdog: Interval? = nil, policyKey: Block? = nil
    ) throws -> Personalisation {
        guard let card = CardNumber(cardNumber) else { throw NoCode() }
        return Personalisation(
            card: card, primary: try subscription(.primary), backup: hasBackup ? try subscription(.backup) : nil,
            codes: try codes(isPINEnabled: isPINEnabled), parameters: parameters,
            responders: (0..<responders).map { index in
                ResponderAddress(.v4(192, 0, 2, UInt8(index + 1)), port: 5683, keys: keys(UInt8(index)))
            }, watchdog: watchdog, policyKey: policyKey)
    }

    static func card(
        isPINEnabled: Bool = false, parameters: Parameters = .standard, hasBackup: Bool = true, responders: Int = 2
    ) throws -> TestCard {
        let image = try personalisation(
            isPINEnabled: isPINEnabled, parameters: parameters, hasBackup: hasBackup, responders: responders
        ).image()
        var card = try TestCard(image: image)
        _ = card.reset()
        return card
    }

    /// PIN digits as commands carry them.
    static func pin(_ digits: String) -> String {
        Hex.text(Array(digits.utf8) + [UInt8](repeating: 0xFF, count: 8 - digits.utf8.count))
    }
}

typealias Seeded = Seed
