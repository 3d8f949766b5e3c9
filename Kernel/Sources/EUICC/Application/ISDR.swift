import Wire

/// The application through which an eUICC is managed, the Issuer Security Domain Root (GSMA SGP.22, 2.4.1).
public enum ISDR {
    /// The sixteen bytes of its AID (GSMA SGP.02, annex H).
    public static let aid: [UInt8] = [
        0xA0, 0x00, 0x00, 0x05, 0x59, 0x10, 0x10, 0xFF, 0xFF, 0xFF, 0xFF, 0x89, 0x00, 0x00, 0x01, 0x00,
    ]

    /// The AID of the ISD-P that stands for profile `index`: the first is ...0010 00 (GSMA SGP.02, annex H).
    public static func profileAID(_ index: Int) -> [UInt8] {
        let number = UInt16(truncatingIfNeeded: 0x10 + max(0, index))
        return Array(aid.prefix(13)) + [UInt8(number >> 8), UInt8(number & 0xFF), 0x00]
    }

    /// The answer to SELECT of the ISD-R: its file control information (GlobalPlatform Card Specification, 11.9.3.1; GSMA SGP.22,
    /// 5.7.1, tag E0; GSMA SGP.32, tag E1).
    ///
    /// - Parameters:
    ///   - svn: the version of SGP.22 that the card keeps to, three bytes.
    ///   - hasEnabledProfile: whether a profile is enabled.
    public static func fileControlInformation(svn: [UInt8], hasEnabledProfile: Bool) -> [UInt8] {
        ByteWriter.written {
            $0.ber(0x6F) {
                $0.ber(0x84, aid)
                $0.ber(0xA5) { $0.ber(0x9F65, [0xFF]) }
                $0.ber(0xE0) { $0.ber(0x82, svn) }
                // Bit 0: an IPA in the eUICC, which this card is not; bit 1: a profile is enabled.
                $0.ber(0xE1) { $0.derBits(0x80, hasEnabledProfile ? 0x40 : 0) }
            }
        }
    }
}
