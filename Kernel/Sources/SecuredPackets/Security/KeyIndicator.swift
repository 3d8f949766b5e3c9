/// Which key and which algorithm a packet was made with: KIc for ciphering, KID for the checksum (ETSI TS 102 225, 5.1.2 and
/// 5.1.3).
///
/// Bits 5 to 8 are the key version, bits 1 to 4 the algorithm. Of the algorithms there is AES alone: DES in all its forms is
/// refused.
public struct KeyIndicator: Equatable, Sendable {
    /// The byte.
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// AES (in CBC mode for KIc, as CMAC for KID) with this key version; only the low four bits of it count.
    public static func aes(version: UInt8) -> KeyIndicator { KeyIndicator(rawValue: version << 4 | 0x2) }

    /// No key at all.
    public static var none: KeyIndicator { KeyIndicator(rawValue: 0) }

    /// The key version, 0 to 15; 0 is no key.
    public var version: UInt8 { rawValue >> 4 }

    /// Refuses what is not AES. An algorithm that both sides know without saying so (0) is AES too: a key set knows no other.
    func requireAES() throws(SecuredPacketError) {
        switch rawValue & 0xF {
        case 0x0, 0x2: return
        case let algorithm where algorithm & 3 == 1: throw .des(indicator: rawValue)
        default: throw .algorithm(indicator: rawValue)
        }
    }
}
