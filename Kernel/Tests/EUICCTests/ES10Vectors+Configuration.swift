extension ES10Vectors {
    /// What the eUICC is, and what it is configured with: ES10b and ES10a functions of no profile.
    static let configuration: [Step] = [
        (
            "GetEuiccInfo1",
            "bf2000",
            """
            bf20358203020500a91604140102030405060708090a0b0c0d0e0f1011121314aa1604140102030405060708090a0b0c0d0e\
            0f1011121314
            """
        ),
        (
            "GetEuiccInfo2",
            "bf2200",
            """
            bf226c810302030182030205008303010000840f81010082040000000083040000000085020348880100a916041401020304\
            05060708090a0b0c0d0e0f1011121314aa1604140102030405060708090a0b0c0d0e0f101112131404030000000c00900100\
            b409a00504030102008200
            """
        ),
        (
            "GetEID",
            "bf3e035c015a",
            "bf3e125a1089049032004008882600000000000173"
        ),
        (
            "GetEuiccChallenge",
            "bf2e00",
            "bf2e128010000102030405060708090a0b0c0d0e0f"
        ),
        (
            "GetRAT",
            "bf4300",
            "bf4302a000"
        ),
        (
            "GetEuiccConfiguredAddresses",
            "bf3c00",
            "bf3c10810e6c70612e64732e6578616d706c65"
        ),
        (
            "SetDefaultDpAddress",
            "bf3f0c800a64702e6578616d706c65",
            "bf3f03800100"
        ),
        (
            "GetEuiccConfiguredAddresses with a default",
            "bf3c00",
            "bf3c1c800a64702e6578616d706c65810e6c70612e64732e6578616d706c65"
        ),
        (
            "SetDefaultDpAddress of SGP.32",
            "bf65028000",
            "bf6503800100"
        ),
        (
            "GetCerts",
            "bf5600",
            "bf560ca00aa503800102a603800101"
        ),
        (
            "GetCerts of a known issuer",
            "bf561680140102030405060708090a0b0c0d0e0f1011121314",
            "bf560ca00aa503800102a603800101"
        ),
        (
            "GetCerts of an unknown issuer",
            "bf561680149999999999999999999999999999999999999999",
            "bf5603810101"
        ),
    ]
}
