import Cipher
import Wire

@testable import SecuredPackets

/// The bytes of a vector; none for a text that is not hexadecimal.
func hex(_ text: String) -> [UInt8] {
    do { return try Hex.bytes(text) } catch { return [] }
}

func text(_ bytes: [UInt8]) -> String { Hex.text(bytes) }

typealias Keys = KeySet<TableAES>

extension KeySet where Cipher == TableAES {
    init(_ version: UInt8, _ ciphering: String, _ integrity: String, _ length: ChecksumLength = .eight) {
        guard
            let keys = KeySet(
                version: version, ciphering: Block(hex(ciphering)), integrity: Block(hex(integrity)), checksumLength: length)
        else { fatalError("no such key version") }
        self = keys
    }

    /// The keys of pySim's test cards.
    static var second: Keys { Keys(2, "200102030405060708090a0b0c0d0e0f", "201102030405060708090a0b0c0d0e0f") }
    static var short: Keys { Keys(2, "200102030405060708090a0b0c0d0e0f", "201102030405060708090a0b0c0d0e0f", .four) }
    static var first: Keys { Keys(1, "000102030405060708090a0b0c0d0e0f", "f00102030405060708090a0b0c0d0e0f") }
}

let files = ToolkitApplicationReference(0xB00011)

func cntr(_ value: UInt64) -> PacketCounter { PacketCounter(low40: value) }

extension CommandPacket {
    static func fixture(
        _ count: UInt64 = 1, parameters: SecurityParameters = .full, version: UInt8 = 2, data: [UInt8] = hex("00a40004023f00")
    ) -> CommandPacket {
        CommandPacket(parameters: parameters, keyVersion: version, target: files, counter: cntr(count), data: data)
    }
}

func receiver(
    held: UInt64 = 0, minimum: MinimumSecurityLevel = .confidential, keyVersions: UInt16 = 0xFFFE,
    unauthenticated: Receiver<TableAES>.UnauthenticatedAnswers = .withoutCost
) -> Receiver<TableAES> {
    let receiver = Receiver(
        keySets: [.first, .second],
        applications: [RemoteApplication(target: files, minimum: minimum, keyVersions: keyVersions)],
        counters: [HeldCounter(version: 2, counter: cntr(held))], unauthenticated: unauthenticated)
    guard let receiver else { fatalError("the receiver is not possible") }
    return receiver
}

extension Reception {
    var accepted: AcceptedCommand? { if case .accepted(let command) = self { command } else { nil } }
    var refused: RefusedCommand? { if case .refused(let command) = self { command } else { nil } }
    var unreadable: SecuredPacketError? { if case .unreadable(let error) = self { error } else { nil } }
}

extension DataDownload.Delivery {
    var reception: Reception? { if case .packet(let reception, _) = self { reception } else { nil } }
}

/// The address of pySim's tests: 12345678, unknown type, telephone numbering.
let sender = MessageAddress(digits: 8, type: 0x81, value: hex("21436587"))
/// Another one.
let stranger = MessageAddress(digits: 7, type: 0x91, value: hex("214365f7"))

func deliver(_ userData: [UInt8], header: Bool = true, from address: MessageAddress? = sender) -> [UInt8] {
    [header ? 0x44 : 0x04] + (address?.bytes ?? []) + [0x7F, 0xF6, 0x22, 0x70, 0x52, 0, 0, 0, 0] + [
        UInt8(truncatingIfNeeded: userData.count)
    ]
        + userData
}
