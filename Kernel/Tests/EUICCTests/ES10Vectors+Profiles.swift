extension ES10Vectors {
    /// ES10c: the list of profiles, nicknames, and what is refused of enabling, disabling and deleting.
    static let profiles: [Step] = [
        (
            "GetProfilesInfo",
            "bf2d00",
            """
            bf2d78a076e3365a0a984400000000000010f14f10a0000005591010ffffffff89000010009f7001019105416c7068619204\
            486f6d659501029f6701ffe33c5a0a989400000000000020f54f10a0000005591010ffffffff89000011009f700100910442\
            6574619207526573657276659501029f2601ff9f6701ff
            """
        ),
        (
            "SetNickname",
            "bf29175a0a984400000000000010f190095ac3a4686c65722037",
            "bf2903800100"
        ),
        (
            "GetProfilesInfo with a nickname",
            "bf2d00",
            """
            bf2d8184a08181e3415a0a984400000000000010f14f10a0000005591010ffffffff89000010009f70010190095ac3a4686c\
            657220379105416c7068619204486f6d659501029f6701ffe33c5a0a989400000000000020f54f10a0000005591010ffffff\
            ff89000011009f7001009104426574619207526573657276659501029f2601ff9f6701ff
            """
        ),
        (
            "SetNickname of an unknown profile",
            "bf290f5a0a980000000000000000f0900178",
            "bf2903800101"
        ),
        (
            "GetProfilesInfo by ICCID with tags",
            "bf2d1ba00c5a0a989400000000000020f55c0b5a9f70b6b79f269f67bf22",
            """
            bf2d3ba039e3375a0a989400000000000020f59f700100b616301480020560810e6e2e626574612e6578616d706c65b70580\
            0362f2109f2601ff9f6701ff
            """
        ),
        (
            "GetProfilesInfo by AID",
            "bf2d17a0124f10a0000005591010ffffffff89000010005c0190",
            "bf2d0fa00de30b90095ac3a4686c65722037"
        ),
        (
            "GetProfilesInfo by class",
            "bf2d05a003950100",
            "bf2d02a000"
        ),
        (
            "GetProfilesInfo by a wrong class",
            "bf2d05a003950109",
            "bf2d03810101"
        ),
        (
            "EnableProfile that is enabled",
            "bf3111a00c5a0a984400000000000010f18101ff",
            "bf3103800102"
        ),
        (
            "EnableProfile that is unknown",
            "bf3117a0124f10a0000005591010ffffffff89000010018101ff",
            "bf3103800101"
        ),
        (
            "DisableProfile that is enabled",
            "bf3211a00c5a0a984400000000000010f18101ff",
            "bf3203800103"
        ),
        (
            "DisableProfile that is disabled",
            "bf3211a00c5a0a989400000000000020f58101ff",
            "bf3203800102"
        ),
        (
            "DeleteProfile that is enabled",
            "bf330c5a0a984400000000000010f1",
            "bf3303800102"
        ),
        (
            "DeleteProfile that is disabled",
            "bf33124f10a0000005591010ffffffff8900001100",
            "bf3303800103"
        ),
    ]
}
