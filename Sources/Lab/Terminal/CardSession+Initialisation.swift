import Wire

extension CardSession {
    /// Boots the card as a terminal does: UICC activation and application selection (TS 102 221, clause 14), profile download
    /// (TS 102 223, clause 6.5), then the initialisation of the USIM (TS 31.102, clause 5.1.1).
    mutating func initialise(profile: [UInt8], pin: [UInt8]?) throws(USIM.Fault) -> USIM {
        let answerToReset = reset()
        guard CardSession.isUICC(answerToReset) else { throw .answerToReset }
        guard select([0x3F, 0x00], p1: 0x00).isNormal else { throw .file(0x3F00, status: 0x6A82) }
        // Power class, extended logical channels, additional interfaces (TS 102 221, clause 11.1.19); a card may not know the command.
        _ = command(0x80, 0xAA, 0x00, 0x00, data: [0xA9, 0x08, 0x81, 0x00, 0x82, 0x01, 0x00, 0x83, 0x01, 0x00])
        let iccid = try value(of: EF.iccid) { (bytes) throws(NumberingError) in try ICCID(coded: bytes) }
        let application = try applicationIdentifier()
        _ = binary(EF.pl)
        let selected = select(application, p1: 0x04)
        guard selected.isNormal else { throw .application(status: selected.status) }
        _ = records(EF.ecc)
        if !profile.isEmpty { _ = command(0x80, 0x10, 0x00, 0x00, data: profile) }
        try verify(pin, control: selected.data)
        var usim = try readUSIM(iccid, application)
        usim.answerToReset = answerToReset
        // The terminal says that the USIM session stands (TS 31.102, clause 5.1.1.1).
        _ = status(0x01)
        return usim
    }

    /// Reads the USIM again, after REFRESH with initialisation (TS 31.111, clause 6.4.7).
    mutating func reinitialise(_ usim: USIM, pin: [UInt8]?) throws(USIM.Fault) -> USIM {
        guard select([0x3F, 0x00], p1: 0x00).isNormal else { throw .file(0x3F00, status: 0x6A82) }
        let iccid = try value(of: EF.iccid) { (bytes) throws(NumberingError) in try ICCID(coded: bytes) }
        let selected = select(usim.application, p1: 0x04)
        guard selected.isNormal else { throw .application(status: selected.status) }
        try verify(pin, control: selected.data)
        var again = try readUSIM(iccid, usim.application)
        again.answerToReset = usim.answerToReset
        _ = status(0x01)
        return again
    }

    private mutating func readUSIM(_ iccid: ICCID, _ application: [UInt8]) throws(USIM.Fault) -> USIM {
        _ = binary(EF.li)
        let serviceTable = try required(EF.ust)
        let imsi = try value(of: EF.imsi) { (bytes) throws(NumberingError) in try IMSI(coded: bytes) }
        let administrative = try required(EF.ad)
        // The fourth byte gives the length of the MNC (TS 31.102, clause 4.2.18).
        guard administrative.count >= 4, (2...3).contains(administrative[3] & 0x0F) else { throw .content(EF.ad) }
        let accessClass = try required(EF.acc)
        guard accessClass.count == 2 else { throw .content(EF.acc) }
        _ = binary(EF.hpplmn)
        _ = binary(EF.keys)
        _ = binary(EF.keysPS)
        _ = binary(EF.startHFN)
        _ = binary(EF.threshold)
        let location = try required(EF.loci)
        guard location.count == 11 else { throw .content(EF.loci) }
        _ = binary(EF.psLOCI)
        var usim = USIM(
            iccid: iccid, application: application, imsi: imsi, mncDigits: Int(administrative[3] & 0x0F),
            serviceTable: serviceTable,
            accessClass: UInt16(accessClass[0]) << 8 | UInt16(accessClass[1]),
            forbidden: CardSession.networks(try required(EF.fplmn), each: 3),
            equivalentHomes: [], preferred: [], lastRegistered: nil)
        // Fixed and barred dialling and the APN control list are what the enabled services table switches.
        if [2, 6, 35].contains(where: usim.offers) { _ = binary(EF.est) }
        if usim.offers(71) { usim.equivalentHomes = CardSession.networks(binary(EF.ehplmn) ?? [], each: 3) }
        if usim.offers(20) { usim.preferred += CardSession.networks(binary(EF.plmnWAcT) ?? [], each: 5) }
        if usim.offers(42) { usim.preferred += CardSession.networks(binary(EF.oplmnWAcT) ?? [], each: 5) }
        if usim.offers(43) { _ = binary(EF.hplmnWAcT) }
        if usim.offers(19), let name = binary(EF.spn) {
            usim.name = String(decoding: name.dropFirst().prefix { $0 != 0xFF }, as: UTF8.self)
        }
        var lastArea = location[4..<7]
        if usim.offers(85), let packet = binary(EF.epsLOCI), packet.count == 18 {
            lastArea = packet[12..<15]
            _ = records(EF.epsNSC)
        }
        usim.lastRegistered = try? PLMN(bytes: lastArea)
        return usim
    }

    private mutating func applicationIdentifier() throws(USIM.Fault) -> [UInt8] {
        // A record is 61 { 4F application identifier, 50 label ... } (TS 102 221, clause 13.1).
        for record in records(EF.dir) {
            guard let template = try? ByteReader(record).berTLV(tagged: 0x61),
                let identifier = try? ByteReader(record, in: template.range).berTLV(tagged: 0x4F)
            else { continue }
            // The 3GPP RID and the application code of a USIM (TS 31.110, annex).
            if identifier.value.starts(with: [0xA0, 0x00, 0x00, 0x00, 0x87, 0x10, 0x02]) { return Array(identifier.value) }
        }
        throw .application(status: 0x6A82)
    }

    private mutating func verify(_ pin: [UInt8]?, control: [UInt8]) throws(USIM.Fault) {
        guard CardSession.asksForPIN(control) else { return }
        let state = command(0x00, 0x20, 0x00, 0x01)
        guard state.status >> 8 == 0x63 else {
            if state.isNormal || state.status == 0x6984 { return }
            throw .pin(status: state.status)
        }
        guard let pin, pin.count <= 8 else { throw .pin(status: state.status) }
        let verified = command(0x00, 0x20, 0x00, 0x01, data: pin + Array(repeating: 0xFF, count: 8 - pin.count))
        guard verified.isNormal else { throw .pin(status: verified.status) }
    }

    /// Whether PIN 1 (key reference 01) is enabled, from the PIN status template C6 of the control parameters (TS 102 221, clause 11.1.1.4.10).
    private static func asksForPIN(_ control: [UInt8]) -> Bool {
        guard let template = try? ByteReader(control).berTLV(tagged: 0x62),
            let status = try? ByteReader(control, in: template.range).berTLV(tagged: 0xC6)
        else { return true }
        var reader = ByteReader(control, in: status.range)
        var enabled: [UInt8] = []
        var position = 0
        while let object = try? reader.berTLV() {
            switch object.tag {
            case 0x90: enabled = Array(object.value)
            case 0x83:
                if object.value.first == 0x01 {
                    let (byte, bit) = (position / 8, 7 - position % 8)
                    return enabled.indices.contains(byte) && enabled[byte] >> bit & 1 == 1
                }
                position += 1
            default: break
            }
        }
        return false
    }

    /// TS present and known, and the check byte right when a protocol other than T=0 is named (ISO/IEC 7816-3, clause 8.2.5).
    static func isUICC(_ answer: [UInt8]) -> Bool {
        guard answer.count >= 2, answer.count <= 33, answer[0] == 0x3B || answer[0] == 0x3F else { return false }
        var index = 1
        var (indicators, historical) = (answer[1] >> 4, Int(answer[1] & 0x0F))
        var checked = false
        while true {
            index += (indicators & 7).nonzeroBitCount
            guard indicators & 8 != 0 else { break }
            index += 1
            guard answer.indices.contains(index) else { return false }
            if answer[index] & 0x0F != 0 { checked = true }
            indicators = answer[index] >> 4
        }
        historical += index + 1
        guard answer.count == historical + (checked ? 1 : 0) else { return false }
        return !checked || answer.dropFirst().reduce(0, ^) == 0
    }

    /// The networks in a file of entries of so many bytes each; empty entries are left out.
    static func networks(_ bytes: [UInt8], each size: Int) -> [PLMN] {
        stride(from: 0, to: bytes.count - bytes.count % size, by: size).compactMap { try? PLMN(bytes: bytes[$0..<$0 + 3]) }
    }
}

// MARK: Files
extension CardSession {
    private mutating func select(_ name: [UInt8], p1: UInt8) -> Response {
        command(0x00, 0xA4, p1, 0x04, data: name)
    }

    private mutating func selectFile(_ file: UInt16) -> (control: ByteReader?, status: UInt16) {
        let selected = select([UInt8(file >> 8), UInt8(truncatingIfNeeded: file)], p1: 0x00)
        guard selected.isNormal, let template = try? ByteReader(selected.data).berTLV(tagged: 0x62) else {
            return (nil, selected.status)
        }
        return (ByteReader(selected.data, in: template.range), selected.status)
    }

    /// A transparent file of the current directory, or nil.
    mutating func binary(_ file: UInt16) -> [UInt8]? {
        try? required(file)
    }

    private mutating func required(_ file: UInt16) throws(USIM.Fault) -> [UInt8] {
        let (control, status) = selectFile(file)
        guard let control, let size = try? control.berTLV(tagged: 0x80) else { throw .file(file, status: status) }
        let length = size.value.reduce(0) { $0 << 8 | Int($1) }
        var content: [UInt8] = []
        while content.count < min(length, 0x7FFF) {
            let read = command(
                0x00, 0xB0, UInt8(content.count >> 8), UInt8(truncatingIfNeeded: content.count),
                expect: min(255, length - content.count))
            guard read.isNormal, !read.data.isEmpty else { throw .file(file, status: read.status) }
            content += read.data
        }
        return content
    }

    private mutating func value<Value>(
        of file: UInt16, _ parse: (ArraySlice<UInt8>) throws(NumberingError) -> Value
    ) throws(USIM.Fault) -> Value {
        let content = try required(file)
        do throws(NumberingError) { return try parse(content[...]) } catch { throw .content(file) }
    }

    /// The records of a linear fixed file; empty when it cannot be read.
    mutating func records(_ file: UInt16) -> [[UInt8]] {
        guard let control = selectFile(file).control, let descriptor = try? control.berTLV(tagged: 0x82),
            descriptor.value.count == 5
        else { return [] }
        let bytes = Array(descriptor.value)
        return (1...max(1, bytes[4])).compactMap {
            let read = command(0x00, 0xB2, $0, 0x04, expect: Int(bytes[3]))
            return read.isNormal ? read.data : nil
        }
    }

    /// Writes a transparent file of the USIM from its beginning.
    @discardableResult
    mutating func update(_ file: UInt16, _ content: [UInt8]) -> Bool {
        guard selectFile(file).control != nil else { return false }
        return command(0x00, 0xD6, 0x00, 0x00, data: content).isNormal
    }

    /// AUTHENTICATE in the 3G context (TS 31.102, clause 7.1.2).
    enum Authentication: Equatable {
        case response([UInt8])
        case synchronisation([UInt8])
        case wrongMAC
        case failed(status: UInt16)
    }

    mutating func authenticate(rand: [UInt8], autn: [UInt8]) -> Authentication {
        let answer = command(
            0x00, 0x88, 0x00, 0x81,
            data: [UInt8(truncatingIfNeeded: rand.count)] + rand + [UInt8(truncatingIfNeeded: autn.count)] + autn)
        if answer.status == 0x9862 { return .wrongMAC }
        guard answer.isNormal, answer.data.count >= 2 else { return .failed(status: answer.status) }
        let length = Int(answer.data[1])
        let field = Array(answer.data.dropFirst(2).prefix(length))
        guard field.count == length else { return .failed(status: answer.status) }
        switch answer.data[0] {
        case 0xDB: return .response(field)
        case 0xDC: return .synchronisation(field)
        default: return .failed(status: answer.status)
        }
    }
}
