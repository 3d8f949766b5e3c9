extension Template {
    /// PE-USIM (annex A, 9.5.1).
    static let usim = Template(
        number: 4, versions: 1...2, base: .application, isCreatedByDefault: true,
        rows: [
            .application("adf-usim"),
            .transparent("ef-imsi", 0x6F07, 9, rule: 2, sfi: 0x07, required: true),
            .linear("ef-arr", 0x6F06, nil, nil, rule: 10, sfi: 0x17, required: true),
            .transparent("ef-keys", 0x6F08, 33, rule: 5, sfi: 0x08, .fill([0x07, 0xFF]), often: true),
            .transparent("ef-keysPS", 0x6F09, 33, rule: 5, sfi: 0x09, .fill([0x07, 0xFF]), often: true),
            .transparent("ef-hpplmn", 0x6F31, 1, rule: 2, sfi: 0x12, .fill([0x0A])),
            .transparent("ef-ust", 0x6F38, 14, rule: 2, sfi: 0x04, required: true),
            .linear("ef-fdn", 0x6F3B, 20, 26, rule: 8, .ff),
            .linear("ef-sms", 0x6F3C, 10, 176, rule: 5, .free),
            .linear("ef-smsp", 0x6F42, 1, 38, rule: 5, .ff),
            .transparent("ef-smss", 0x6F43, 2, rule: 5, .ff),
            .transparent("ef-spn", 0x6F46, 17, rule: 10, required: true),
            .transparent("ef-est", 0x6F56, 1, rule: 8, sfi: 0x05, required: true),
            .transparent("ef-start-hfn", 0x6F5B, 6, rule: 5, sfi: 0x0F, .fill([0xF0, 0x00, 0x00, 0xF0, 0x00, 0x00]), often: true),
            .transparent("ef-threshold", 0x6F5C, 3, rule: 2, sfi: 0x10, .ff),
            .transparent("ef-psloci", 0x6F73, 14, rule: 5, sfi: 0x0C, .fill(ff: 10, [0x00, 0x00, 0xFF, 0x01]), often: true),
            .transparent("ef-acc", 0x6F78, 2, rule: 2, sfi: 0x06, required: true),
            .transparent("ef-fplmn", 0x6F7B, 12, rule: 5, sfi: 0x0D, .ff),
            .transparent("ef-loci", 0x6F7E, 11, rule: 5, sfi: 0x0B, .fill(ff: 7, [0x00, 0x00, 0xFF, 0x01]), often: true),
            .transparent("ef-ad", 0x6FAD, 4, rule: 10, sfi: 0x03, .fill([0x00, 0x00, 0x00, 0x02])),
            .linear("ef-ecc", 0x6FB7, 1, 4, rule: 10, sfi: 0x01, required: true),
            .transparent("ef-netpar", 0x6FC4, 128, rule: 5, .ff, often: true),
            .transparent("ef-epsloci", 0x6FE3, 18, rule: 5, sfi: 0x1E, .fill(ff: 15, [0x00, 0x00, 0x01]), often: true),
            .linear("ef-epsnsc", 0x6FE4, 1, 80, rule: 5, sfi: 0x18, .ff, often: true),
        ],
        changes: [
            (2, .transparent("ef-ust", 0x6F38, 17, rule: 2, sfi: 0x04, required: true))
        ])

    /// PE-OPT-USIM (annex A, 9.5.2); each version adds files at the end.
    static let optUSIM = Template(
        number: 5, versions: 1...3, base: .existing(.usim), isCreatedByDefault: false,
        rows: [
            .transparent("ef-li", 0x6F05, 6, rule: 1, sfi: 0x02, .ff),
            .transparent("ef-acmax", 0x6F37, 3, rule: 5, .zero),
            .cyclic("ef-acm", 0x6F39, 1, 3, rule: 7, .zero),
            .transparent("ef-gid1", 0x6F3E, 8, rule: 2),
            .transparent("ef-gid2", 0x6F3F, 8, rule: 2),
            .linear("ef-msisdn", 0x6F40, 1, 24, rule: 2, .ff),
            .transparent("ef-puct", 0x6F41, 5, rule: 5, .noPLMN),
            .transparent("ef-cbmi", 0x6F45, 10, rule: 5, .ff),
            .transparent("ef-cbmid", 0x6F48, 10, rule: 2, sfi: 0x0E, .ff),
            .linear("ef-sdn", 0x6F49, 10, 24, rule: 2, .ff),
            .linear("ef-ext2", 0x6F4B, 10, 13, rule: 8, .free),
            .linear("ef-ext3", 0x6F4C, 10, 13, rule: 2, .free),
            .transparent("ef-cbmir", 0x6F50, 20, rule: 5, .ff),
            .transparent("ef-plmnwact", 0x6F60, 40, rule: 5, sfi: 0x0A, .noPLMN),
            .transparent("ef-oplmnwact", 0x6F61, 40, rule: 2, sfi: 0x11, .noPLMN),
            .transparent("ef-hplmnwact", 0x6F62, 5, rule: 2, sfi: 0x13, .noPLMN),
            .transparent("ef-dck", 0x6F2C, 16, rule: 5, .ff),
            .transparent("ef-cnl", 0x6F32, 30, rule: 2, .ff),
            .linear("ef-smsr", 0x6F47, 10, 30, rule: 5, .free),
            .linear("ef-bdn", 0x6F4D, 10, 25, rule: 8, .ff),
            .linear("ef-ext5", 0x6F4E, 10, 13, rule: 5, .free),
            .linear("ef-ccp2", 0x6F4F, 5, 15, rule: 5, sfi: 0x16, .ff),
            .linear("ef-ext4", 0x6F55, 10, 13, rule: 8, .free),
            .transparent("ef-acl", 0x6F57, 101, rule: 8, .free),
            .linear("ef-cmi", 0x6F58, 10, 11, rule: 2, .ff),
            .cyclic("ef-ici", 0x6F80, 20, 38, rule: 5, sfi: 0x14, .ending(0xFF, [0x00, 0x00, 0x00, 0x00, 0x01, 0xFF, 0xFF])),
            .cyclic("ef-oci", 0x6F81, 20, 37, rule: 5, sfi: 0x15, .ending(0xFF, [0x00, 0x00, 0x00, 0x01, 0xFF, 0xFF])),
            .cyclic("ef-ict", 0x6F82, 1, 3, rule: 7, .zero),
            .cyclic("ef-oct", 0x6F83, 1, 3, rule: 7, .zero),
            .transparent("ef-vgcs", 0x6FB1, 20, rule: 2),
            .transparent("ef-vgcss", 0x6FB2, 7, rule: 5),
            .transparent("ef-vbs", 0x6FB3, 20, rule: 2),
            .transparent("ef-vbss", 0x6FB4, 7, rule: 5),
            .transparent("ef-emlpp", 0x6FB5, 2, rule: 2),
            .transparent("ef-aaem", 0x6FB6, 1, rule: 5, .zero),
            .transparent("ef-hiddenkey", 0x6FC3, 4, rule: 5, .ff),
            .linear("ef-pnn", 0x6FC5, 10, 16, rule: 10, sfi: 0x19),
            .linear("ef-opl", 0x6FC6, 5, 8, rule: 10, sfi: 0x1A),
            .linear("ef-mbdn", 0x6FC7, 3, 24, rule: 5),
            .linear("ef-ext6", 0x6FC8, 10, 13, rule: 5, .free),
            .linear("ef-mbi", 0x6FC9, 10, 5, rule: 5),
            .linear("ef-mwis", 0x6FCA, 10, 6, rule: 5, .zero, often: true),
            .linear("ef-cfis", 0x6FCB, 10, 16, rule: 5, .fill([0x01, 0x00, 0xFF])),
            .linear("ef-ext7", 0x6FCC, 10, 13, rule: 5, .free),
            .transparent("ef-spdi", 0x6FCD, 17, rule: 2, sfi: 0x1B),
            .linear("ef-mmsn", 0x6FCE, 10, 6, rule: 5, .fill([0x00, 0x00, 0x00, 0xFF])),
            .linear("ef-ext8", 0x6FCF, 10, 13, rule: 5, .free),
            .transparent("ef-mmsicp", 0x6FD0, 100, rule: 2, .ff),
            .linear("ef-mmsup", 0x6FD1, nil, nil, rule: 5, .ff),
            .transparent("ef-mmsucp", 0x6FD2, 100, rule: 5, .ff),
            .linear("ef-nia", 0x6FD3, 5, 11, rule: 2, .ff),
            .transparent("ef-vgcsca", 0x6FD4, nil, rule: 2, .zero),
            .transparent("ef-vbsca", 0x6FD5, nil, rule: 2, .zero),
            .transparent("ef-gbabp", 0x6FD6, nil, rule: 5, .ff),
            .linear("ef-msk", 0x6FD7, nil, nil, rule: 2, .ff, often: true),
            .linear("ef-muk", 0x6FD8, nil, nil, rule: 2, .ff),
            .transparent("ef-ehplmn", 0x6FD9, 15, rule: 2, sfi: 0x1D, .ff),
            .linear("ef-gbanl", 0x6FDA, nil, nil, rule: 2, .ff),
            .transparent("ef-ehplmnpi", 0x6FDB, 1, rule: 2, .zero),
            .transparent("ef-lrplmnsi", 0x6FDC, 1, rule: 2, .zero),
            .linear("ef-nafkca", 0x6FDD, nil, nil, rule: 2, .ff),
            .transparent("ef-spni", 0x6FDE, nil, rule: 10, .free),
            .linear("ef-pnni", 0x6FDF, nil, nil, rule: 10, .free),
            .linear("ef-ncp-ip", 0x6FE2, nil, nil, rule: 2),
            .transparent("ef-ufc", 0x6FE6, 30, rule: 10, .fill(defaultUFC)),
            .transparent("ef-nasconfig", 0x6FE8, 18, rule: 2),
            .linear("ef-uicciari", 0x6FE7, nil, nil, rule: 2),
            .transparent("ef-pws", 0x6FEC, nil, rule: 10),
            .linear("ef-fdnuri", 0x6FED, nil, nil, rule: 8, .ff),
            .linear("ef-bdnuri", 0x6FEE, nil, nil, rule: 8, .ff),
            .linear("ef-sdnuri", 0x6FEF, nil, nil, rule: 2, .ff),
            .linear("ef-ial", 0x6FF0, nil, nil, rule: 3, .ff),
            .cyclic("ef-ips", 0x6FF1, nil, 4, rule: 10, .ff),
            .linear("ef-ipd", 0x6FF2, nil, nil, rule: 3, .ff, often: true),
            .transparent("ef-epdgid", 0x6FF3, nil, rule: 2),
            .transparent("ef-epdgselection", 0x6FF4, nil, rule: 2),
            .transparent("ef-epdgidem", 0x6FF5, nil, rule: 2),
            .transparent("ef-epdgselectionem", 0x6FF6, nil, rule: 2),
            .transparent("ef-frompreferred", 0x6FF7, 1, rule: 2, .zero),
            .berTLV("ef-imsconfigdata", 0x6FF8, rule: 2),
            .transparent("ef-3gpppsdataoff", 0x6FF9, 4, rule: 2),
            .linear("ef-3gpppsdataoffservicelist", 0x6FFA, nil, nil, rule: 2),
            .berTLV("ef-xcapconfigdata", 0x6FFC, rule: 2),
            .transparent("ef-earfcnlist", 0x6FFD, nil, rule: 10),
            .berTLV("ef-mudmidconfigdata", 0x6FFE, rule: 2),
            .transparent("ef-eaka", 0x6F01, 1, rule: 3),
        ])

    /// PE-GSM-ACCESS (annex A, 9.5.4).
    static let gsmAccess = Template(
        number: 7, versions: 1...1, base: .within(.usim), isCreatedByDefault: false,
        rows: [
            .directory("df-gsm-access", 0x5F3B, required: true),
            .transparent("ef-kc", 0x4F20, 9, rule: 5, sfi: 0x01, .ending(0xFF, [0x07]), often: true),
            .transparent("ef-kcgprs", 0x4F52, 9, rule: 5, sfi: 0x02, .ending(0xFF, [0x07]), often: true),
            .transparent("ef-cpbcch", 0x4F63, 10, rule: 5, .ff, often: true),
            .transparent("ef-invscan", 0x4F64, 1, rule: 2, .zero),
        ])

    /// PE-DF-5GS (annex A, 9.5.11).
    static let df5GS = Template(
        number: 13, versions: 1...4, base: .within(.usim), isCreatedByDefault: false,
        rows: [
            .directory("df-df-5gs", 0x5FC0, required: true),
            .transparent("ef-5gs3gpploci", 0x4F01, 20, rule: 5, sfi: 0x01, .fill(ff: 16, [0x00, 0x00, 0x00, 0x01]), often: true),
            .transparent("ef-5gsn3gpploci", 0x4F02, 20, rule: 5, sfi: 0x02, .fill(ff: 16, [0x00, 0x00, 0x00, 0x01]), often: true),
            .linear("ef-5gs3gppnsc", 0x4F03, 1, 57, rule: 5, sfi: 0x03, .ff, often: true),
            .linear("ef-5gsn3gppnsc", 0x4F04, 1, 57, rule: 5, sfi: 0x04, .ff, often: true),
            .transparent("ef-5gauthkeys", 0x4F05, 110, rule: 5, sfi: 0x05, often: true),
            .transparent("ef-uac-aic", 0x4F06, 4, rule: 2, sfi: 0x06),
            .transparent("ef-suci-calc-info", 0x4F07, nil, rule: 2, sfi: 0x07, .ff),
            .linear("ef-opl5g", 0x4F08, nil, 10, rule: 10, sfi: 0x08, .ff),
            .transparent("ef-supinai", 0x4F09, nil, rule: 2, sfi: 0x09),
            .transparent("ef-routing-indicator", 0x4F0A, 4, rule: 2, sfi: 0x0A, .fill([0xF0, 0xFF])),
            .berTLV("ef-ursp", 0x4F0B, rule: 2),
            .transparent("ef-tn3gppsnn", 0x4F0C, 1, rule: 2, sfi: 0x0C, .zero),
            .transparent("ef-cag", 0x4F0D, 2, rule: 2, sfi: 0x0D),
            .transparent("ef-sor-cmci", 0x4F0E, nil, rule: 2, sfi: 0x0E),
            .transparent("ef-dri", 0x4F0F, 7, rule: 2, sfi: 0x0F),
            .transparent("ef-5gsedrx", 0x4F10, 2, rule: 2, sfi: 0x10),
            .transparent("ef-5gnswo-conf", 0x4F11, 1, rule: 2, sfi: 0x11),
            .transparent("ef-mchpplmn", 0x4F15, 1, rule: 2, sfi: 0x15),
            .transparent("ef-kausf-derivation", 0x4F16, 1, rule: 2, sfi: 0x16),
        ],
        changes: [
            (3, .linear("ef-5gs3gppnsc", 0x4F03, 2, 62, rule: 5, sfi: 0x03, .ff, often: true)),
            (3, .linear("ef-5gsn3gppnsc", 0x4F04, 2, 62, rule: 5, sfi: 0x04, .ff, often: true)),
            (4, .transparent("ef-routing-indicator", 0x4F0A, 4, rule: 2, sfi: 0x0A, .fill([0xF0, 0xFF, 0x00, 0x00]))),
        ])

    /// PE-DF-SAIP (annex A, 9.5.12).
    static let dfSAIP = Template(
        number: 14, versions: 1...1, base: .within(.usim), isCreatedByDefault: false,
        rows: [
            .directory("df-df-saip", 0x5FD0, required: true),
            .transparent("ef-suci-calc-info-usim", 0x4F01, nil, rule: 3, .ff),
        ])

    /// PE-DF-SNPN (annex A, 9.5.13).
    static let dfSNPN = Template(
        number: 15, versions: 1...1, base: .within(.usim), isCreatedByDefault: false,
        rows: [
            .directory("df-df-snpn", 0x5FE0, required: true),
            .transparent("ef-pws-snpn", 0x4F01, 1, rule: 10),
        ])

    /// PE-DF-5GPROSE (annex A, 9.5.14).
    static let df5GProSe = Template(
        number: 16, versions: 1...1, base: .within(.usim), isCreatedByDefault: false,
        rows: [
            .directory("df-df-5g-prose", 0x5FF0, required: true),
            .transparent("ef-5g-prose-st", 0x4F01, 1, rule: 2, sfi: 0x01),
            .transparent("ef-5g-prose-dd", 0x4F02, 26, rule: 2, sfi: 0x02),
            .transparent("ef-5g-prose-dc", 0x4F03, 12, rule: 2, sfi: 0x03),
            .transparent("ef-5g-prose-u2nru", 0x4F04, 32, rule: 2, sfi: 0x04),
            .transparent("ef-5g-prose-ru", 0x4F05, 29, rule: 2, sfi: 0x05),
            .transparent("ef-5g-prose-uir", 0x4F06, 32, rule: 2, sfi: 0x06),
        ])
}

/// EF.UFC as every card has it, until an operator says otherwise.
private let defaultUFC: [UInt8] = [
    0x80, 0x1E, 0x60, 0xC0, 0x1E, 0x90, 0x00, 0x80, 0x04, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xF0, 0x00, 0x00, 0x00,
    0x00, 0x40, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x80,
]

extension FillPattern {
    /// No network, no access technology, over and over (3GPP TS 31.102, 4.2.5).
    fileprivate static let noPLMN = FillPattern.repeating([0xFF, 0xFF, 0xFF, 0x00, 0x00])

    /// So many bytes of FF, then these.
    fileprivate static func fill(ff count: Int, _ bytes: [UInt8]) -> FillPattern {
        .fill([UInt8](repeating: 0xFF, count: count) + bytes)
    }
}
