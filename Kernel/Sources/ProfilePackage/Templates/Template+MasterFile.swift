extension Template {
    /// PE-MF (annex A, 9.2).
    static let mf = Template(
        number: 1, versions: 1...1, base: .masterFile, isCreatedByDefault: true,
        rows: [
            .masterFile("mf"),
            .transparent("ef-pl", 0x2F05, 2, rule: 1, sfi: 0x05, .ff),
            .transparent("ef-iccid", 0x2FE2, 10, rule: 11, required: true),
            .linear("ef-dir", 0x2F00, nil, nil, rule: 10, sfi: 0x1E, required: true),
            .linear("ef-arr", 0x2F06, nil, nil, rule: 10, required: true),
            .transparent("ef-umpc", 0x2F08, 5, rule: 10, sfi: 0x08),
        ])

    /// PE-CD (annex A, 9.3). Every EF.ICON has an identifier of its own.
    static let cd = Template(
        number: 2, versions: 1...1, base: .directory, isCreatedByDefault: false,
        rows: [
            .directory("df-cd", 0x7F11, required: true),
            .transparent("ef-launchpad", 0x6F01, nil, rule: 2),
            .transparent("ef-icon", nil, nil, rule: 2),
        ])

    /// PE-TELECOM (annex A, 9.4). Where there is one field for files that can be many, the package says the identifier.
    static let telecom = Template(
        number: 3, versions: 1...2, base: .directory, isCreatedByDefault: false,
        rows: [
            .directory("df-telecom", 0x7F10, required: true),
            .linear("ef-arr", 0x6F06, nil, nil, rule: 10),
            .linear("ef-rma", 0x6F53, nil, nil, rule: 3),
            .transparent("ef-sume", 0x6F54, 22, rule: 3),
            .linear("ef-ice-dn", 0x6FE0, 50, 24, rule: 9, .ff),
            .linear("ef-ice-ff", 0x6FE1, nil, nil, rule: 9, .ff),
            .linear("ef-psismsc", 0x6FE5, nil, nil, rule: 5),
            .directory("df-graphics", 0x5F50),
            .linear("ef-img", 0x4F20, nil, nil, rule: 2, .free),
            .transparent("ef-iidf", nil, nil, rule: 2, .ff),
            .berTLV("ef-ice-graphics", 0x4F21, rule: 9),
            .transparent("ef-launch-scws", 0x4F01, nil, rule: 10),
            .transparent("ef-icon", nil, nil, rule: 10),
            .directory("df-phonebook", 0x5F3A),
            .linear("ef-pbr", 0x4F30, nil, nil, rule: 2),
            .linear("ef-ext1", nil, nil, 13, rule: 5, .free),
            .linear("ef-aas", nil, nil, nil, rule: 5, .ff),
            .linear("ef-gas", nil, nil, nil, rule: 5, .ff),
            .transparent("ef-psc", 0x4F22, 4, rule: 5, .zero),
            .transparent("ef-cc", 0x4F23, 2, rule: 5, .zero, often: true),
            .transparent("ef-puid", 0x4F24, 2, rule: 5, .zero, often: true),
            .linear("ef-iap", nil, nil, nil, rule: 5, .ff),
            .linear("ef-adn", nil, nil, nil, rule: 5, .ff),
            .linear("ef-pbc", nil, nil, 2, rule: 5, .zero),
            .linear("ef-anr", nil, nil, nil, rule: 5, .ff),
            .linear("ef-puri", nil, nil, nil, rule: 5),
            .linear("ef-email", nil, nil, nil, rule: 5, .ff),
            .linear("ef-sne", nil, nil, nil, rule: 5, .ff),
            .linear("ef-uid", nil, nil, 2, rule: 5, .zero),
            .linear("ef-grp", nil, nil, nil, rule: 5, .zero),
            .linear("ef-ccp1", nil, nil, nil, rule: 5, .ff),
            .directory("df-multimedia", 0x5F3B),
            .berTLV("ef-mml", 0x4F47, rule: 5),
            .berTLV("ef-mmdf", 0x4F48, rule: 5),
            .directory("df-mmss", 0x5F3C),
            .transparent("ef-mlpl", 0x4F20, nil, rule: 2, sfi: 0x01),
            .transparent("ef-mspl", 0x4F21, nil, rule: 2, sfi: 0x02),
            .transparent("ef-mmssmode", 0x4F22, 1, rule: 2, sfi: 0x03),
            .directory("df-mcs", 0x5F3D),
            .transparent("ef-mst", 0x4F01, nil, rule: 2, sfi: 0x01),
            .berTLV("ef-mcs-config", 0x4F02, rule: 2, sfi: 0x02),
            .directory("df-v2x", 0x5F3E),
            .transparent("ef-vst", 0x4F01, nil, rule: 2, sfi: 0x01),
            .berTLV("ef-v2x-config", 0x4F02, rule: 2, sfi: 0x02),
            .transparent("ef-v2xp-pc5", 0x4F03, nil, rule: 2),
            .transparent("ef-v2xp-Uu", 0x4F04, nil, rule: 2),
        ])

    /// PE-PHONEBOOK (annex A, 9.5.3).
    static let phonebook = Template(
        number: 6, versions: 1...1, base: .within(.usim), isCreatedByDefault: false,
        rows: [
            .directory("df-phonebook", 0x5F3A, required: true),
            .linear("ef-pbr", 0x4F30, nil, nil, rule: 2),
            .linear("ef-ext1", nil, nil, 13, rule: 5, .free),
            .linear("ef-aas", nil, nil, nil, rule: 5, .ff),
            .linear("ef-gas", nil, nil, nil, rule: 5, .ff),
            .transparent("ef-psc", 0x4F22, 4, rule: 5, .zero),
            .transparent("ef-cc", 0x4F23, 2, rule: 5, .zero, often: true),
            .transparent("ef-puid", 0x4F24, 2, rule: 5, .zero, often: true),
            .linear("ef-iap", nil, nil, nil, rule: 5, .ff),
            .linear("ef-adn", nil, nil, nil, rule: 5, .ff),
            .linear("ef-pbc", nil, nil, 2, rule: 5, .zero),
            .linear("ef-anr", nil, nil, nil, rule: 5, .ff),
            .linear("ef-puri", nil, nil, nil, rule: 5),
            .linear("ef-email", nil, nil, nil, rule: 5, .ff),
            .linear("ef-sne", nil, nil, nil, rule: 5, .ff),
            .linear("ef-uid", nil, nil, 2, rule: 5, .zero),
            .linear("ef-grp", nil, nil, nil, rule: 5, .zero),
            .linear("ef-ccp1", nil, nil, nil, rule: 5, .ff),
        ])
}
