import Wire

// The ISIM (3GPP TS 31.103, clause 4.2): who the subscriber is in an IMS, as it follows from the IMSI (TS 23.003, clause 13).
extension ProfileWriter {
    /// The ISIM's application identifier (TS 101 220, annexes E and L), otherwise as the USIM's.
    static let isimIdentifier: [UInt8] = [
        0xA0, 0x00, 0x00, 0x00, 0x87, 0x10, 0x04, 0xFF, 0xFF, 0xFF, 0xFF, 0x89, 0x07, 0x09, 0x00, 0x00,
    ]

    mutating func writeISIM() {
        directory = FileSystem.masterFile
        ruleFile = 0x2F06
        add(.adf, 0x7FF1, 0, .readAlways, ProfileWriter.isimIdentifier)
        directory = identifiers.count - 1
        ruleFile = 0x6F06
        let number = text(subscription.imsi.digits, 0..<subscription.imsi.digits.count)
        transparent(0x6F02, 0x02, .readPINUpdateAdministrator, named(number + [0x40] + domain))
        transparent(0x6F03, 0x05, .readPINUpdateAdministrator, named(domain))
        records(0x6F04, 0x04, .readPINUpdateAdministrator, [named(Array("sip:".utf8) + number + [0x40] + domain)])
        records(0x6F06, 0x06, .readAlwaysUpdateAdministrator, Rule.records(conceals: false))
        // No service: no address of a P-CSCF is known here, and none of the other services is offered.
        transparent(0x6F07, 0x07, .readPINUpdateAdministrator, [0x00, 0x00, 0x00])
        records(0x6F09, 0, .readPINUpdateAdministrator, [ProfileWriter.erased(32)])
        // Normal operation.
        transparent(0x6FAD, 0x03, .readAlwaysUpdateAdministrator, [0x00, 0x00, 0x00])
    }

    /// The home network's domain: ims.mncNNN.mccNNN.3gppnetwork.org, the network's code with three digits (TS 23.003, clause 13.2).
    private var domain: [UInt8] {
        let digits = subscription.imsi.digits
        var code = text(digits, 3..<3 + subscription.networkCodeDigits)
        if code.count == 2 { code.insert(0x30, at: 0) }
        return Array("ims.mnc".utf8) + code + Array(".mcc".utf8) + text(digits, 0..<3) + Array(".3gppnetwork.org".utf8)
    }

    private func text(_ digits: Digits, _ range: Range<Int>) -> [UInt8] { range.map { 0x30 + digits[$0] } }

    /// Tag 80 with a name in UTF-8 (TS 31.103, clauses 4.2.2 to 4.2.4).
    private func named(_ name: [UInt8]) -> [UInt8] {
        var object = ByteWriter()
        object.ber(0x80, name)
        return object.bytes
    }
}
