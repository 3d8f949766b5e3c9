import Beacon
import Cipher

/// One responder as the card knows it: where it is, and the keys shared with it.
struct Responder<C: BlockCipher>: Sendable {
    let address: [UInt8]
    let port: UInt16
    var client: BeaconClient<C>

    /// Reads what personalisation wrote; nil when no responder can be that.
    init?(_ bytes: [UInt8], layout: ResponderLayout, card: CardNumber) {
        let family = bytes.byte(at: layout.family)
        guard family == 4 || family == 6 else { return nil }
        address = (0..<(family == 4 ? 4 : 16)).map { bytes.byte(at: layout.address + $0) }
        port = UInt16(truncatingIfNeeded: bytes.number(at: layout.port, size: 2))
        guard port != 0, let keys = SecurityKeys((0..<SecurityKeys.size).map { bytes.byte(at: layout.keys + $0) }) else {
            return nil
        }
        client = BeaconClient(card: card, keys: keys, ceiling: bytes.number(at: layout.ceiling, size: 8))
    }
}
