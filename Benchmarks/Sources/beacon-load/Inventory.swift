import Beacon
import Cipher
import Foundation
import Wire

/// What the inventory and the cards agree on without talking to each other: everything about a card follows from its index and the seed.
struct Identity {
    let index: Int
    let seed: UInt64

    var number: UInt64 { 0x10_0000_0000 + UInt64(index) }

    /// 16 bytes that only a benchmark may call secret.
    var secret: [UInt8] { [UInt8](SHA256.digest(Array("secret \(seed) \(index)".utf8)).prefix(16)) }
    var salt: [UInt8] { [UInt8](SHA256.digest(Array("salt \(seed) \(index)".utf8)).prefix(8)) }

    /// The card's keys with one responder, as the estate derives them: the responder's index ends the salt.
    func keys(responder: UInt8) -> SecurityKeys? {
        CardNumber(number).flatMap { card in
            SecurityKeys.derive(
                masterSecret: secret, masterSalt: salt + [responder], sender: card.identifier, recipient: BeaconServer.identifier,
                using: SHA256())
        }
    }
}

/// A synthetic estate as an import file: three operators, a few products, countries and areas.
struct Inventory {
    var first: Int
    var cards: Int
    var seed: UInt64

    private static let products = [
        ("Telecare hub", "4.2.1"), ("Intruder panel", "2.0.3"), ("EV charger", "7.1.0"), ("Gas meter", "1.8.2"),
    ]
    private static let countries = ["GB", "IE", "DE", "FR", "ES"]
    private static let networks = [
        ("999-70", "99970", "Alder Mobile"), ("999-71", "99971", "Birch Telecom"), ("999-72", "99972", "Cedar Cellular"),
    ]

    func write() {
        var text =
            "device,product,firmware,country,area,tags,card,primary_iccid,primary_imsi,primary_plmn,primary_operator,"
            + "backup_iccid,backup_imsi,backup_plmn,backup_operator,preset,interval,secret,salt,policy_version\r\n"
        for index in first..<(first + cards) {
            let identity = Identity(index: index, seed: seed)
            let product = Inventory.products[index % Inventory.products.count]
            let fields =
                [
                    "unit-\(index)", product.0, product.1, Inventory.countries[index / 7 % Inventory.countries.count],
                    "Area \(index % 40)", "bench",
                    String(identity.number),
                ] + profile(index, network: index % 3) + profile(index, network: (index + 1) % 3) + [
                    "standard", "600", Hex.text(identity.secret), Hex.text(identity.salt), "1",
                ]
            text += fields.joined(separator: ",") + "\r\n"
            if text.utf8.count > 1 << 20 {
                FileHandle.standardOutput.write(Data(text.utf8))
                text = ""
            }
        }
        FileHandle.standardOutput.write(Data(text.utf8))
    }

    private func profile(_ index: Int, network: Int) -> [String] {
        let (plmn, digits, name) = Inventory.networks[network]
        let serial = String(repeating: "0", count: 10 - String(index).count) + String(index)
        let body = "89999" + digits.suffix(3) + serial
        return [body + String(checkDigit(of: body)), digits + serial, plmn, name]
    }

    /// ISO/IEC 7812-1, annex B.
    private func checkDigit(of digits: String) -> Int {
        var sum = 0
        for (place, digit) in digits.reversed().enumerated() {
            let value = digit.wholeNumberValue ?? 0
            sum += place % 2 == 0 ? (value * 2 > 9 ? value * 2 - 9 : value * 2) : value
        }
        return (10 - sum % 10) % 10
    }
}
