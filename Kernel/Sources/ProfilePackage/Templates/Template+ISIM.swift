extension Template {
    /// PE-ISIM (annex A, 9.6.1).
    static let isim = Template(
        number: 8, versions: 1...1, base: .application, isCreatedByDefault: true,
        rows: [
            .application("adf-isim"),
            .transparent("ef-impi", 0x6F02, nil, rule: 2, sfi: 0x02, required: true),
            .linear("ef-impu", 0x6F04, 1, nil, rule: 2, sfi: 0x04, required: true),
            .transparent("ef-domain", 0x6F03, nil, rule: 2, sfi: 0x05, required: true),
            .transparent("ef-ist", 0x6F07, 14, rule: 2, sfi: 0x07, required: true),
            .transparent("ef-ad", 0x6FAD, 3, rule: 10, sfi: 0x03, .zero),
            .linear("ef-arr", 0x6F06, nil, nil, rule: 10, sfi: 0x06, required: true),
        ])

    /// PE-OPT-ISIM (annex A, 9.6.2); its second version adds files at the end.
    static let optISIM = Template(
        number: 9, versions: 1...2, base: .existing(.isim), isCreatedByDefault: false,
        rows: [
            .linear("ef-pcscf", 0x6F09, 1, nil, rule: 2),
            .linear("ef-sms", 0x6F3C, 10, 176, rule: 5, .free),
            .linear("ef-smsp", 0x6F42, 1, 38, rule: 5, .ff),
            .transparent("ef-smss", 0x6F43, 2, rule: 5, .ff),
            .linear("ef-smsr", 0x6F47, 10, 30, rule: 5, .free),
            .transparent("ef-gbabp", 0x6FD5, nil, rule: 5, .ff),
            .linear("ef-gbanl", 0x6FD7, nil, nil, rule: 2, .ff),
            .linear("ef-nafkca", 0x6FDD, nil, nil, rule: 2, .ff),
            .linear("ef-uicciari", 0x6FE7, nil, nil, rule: 2),
            .transparent("ef-frompreferred", 0x6FF7, 1, rule: 2, .zero),
            .berTLV("ef-imsconfigdata", 0x6FF8, rule: 2),
            .berTLV("ef-xcapconfigdata", 0x6FFC, rule: 2),
            .linear("ef-webrtcuri", 0x6FFA, nil, nil, rule: 2),
            .berTLV("ef-mudmidconfigdata", 0x6FFE, rule: 2),
        ])
}
