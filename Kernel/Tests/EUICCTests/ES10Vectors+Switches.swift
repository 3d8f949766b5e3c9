extension ES10Vectors {
    /// Profile switches, the fallback mechanism (SGP.32), and the notifications that they leave.
    static let switches: [Step] = [
        (
            "ListNotification, none",
            "bf2800",
            "bf2802a000"
        ),
        (
            "EnableProfile",
            "bf3117a0124f10a0000005591010ffffffff89000011008101ff",
            "bf3103800100"
        ),
        (
            "ListNotification",
            "bf2800",
            """
            bf284fa04dbf2f24800101810205200c0f6e2e616c7068612e6578616d706c655a0a984400000000000010f1bf2f23800102\
            810206400c0e6e2e626574612e6578616d706c655a0a989400000000000020f5
            """
        ),
        (
            "ListNotification of enables",
            "bf280481020640",
            "bf2828a026bf2f23800102810206400c0e6e2e626574612e6578616d706c655a0a989400000000000020f5"
        ),
        (
            "RetrieveNotificationsList by number",
            "bf2b05a003800101",
            """
            bf2b78a0763074bf2f24800101810205200c0f6e2e616c7068612e6578616d706c655a0a984400000000000010f15f3740c6\
            69a43f523e0a84b0c14585a0f189e7a0d0483e299a39e689240f0db1d85a61645b7e3433ed3af01d9a8f2bdf041f63e2551c\
            bb0215fcd2e6376a7c84d9c99d30038001013003800102
            """
        ),
        (
            "RetrieveNotificationsList by event",
            "bf2b06a00481020640",
            """
            bf2b77a0753073bf2f23800102810206400c0e6e2e626574612e6578616d706c655a0a989400000000000020f55f37409929\
            9e06abca3f023c478d5f60de17378112ba9e466b80c066792f699703d4a5f752c3290e6ed9bed2dd44ec11c7f2532ecf42ca\
            d4b18a7c9d93678ca8e58ac130038001013003800102
            """
        ),
        (
            "RetrieveNotificationsList",
            "bf2b00",
            """
            bf2b81eea081eb3074bf2f24800101810205200c0f6e2e616c7068612e6578616d706c655a0a984400000000000010f15f37\
            40c669a43f523e0a84b0c14585a0f189e7a0d0483e299a39e689240f0db1d85a61645b7e3433ed3af01d9a8f2bdf041f63e2\
            551cbb0215fcd2e6376a7c84d9c99d300380010130038001023073bf2f23800102810206400c0e6e2e626574612e6578616d\
            706c655a0a989400000000000020f55f374099299e06abca3f023c478d5f60de17378112ba9e466b80c066792f699703d4a5\
            f752c3290e6ed9bed2dd44ec11c7f2532ecf42cad4b18a7c9d93678ca8e58ac130038001013003800102
            """
        ),
        (
            "RemoveNotificationFromList",
            "bf3003800101",
            "bf3003800100"
        ),
        (
            "RemoveNotificationFromList again",
            "bf3003800101",
            "bf3003800101"
        ),
        (
            "ReturnFromFallback without fallback",
            "bf5e038001ff",
            "bf5e03800107"
        ),
        (
            "ExecuteFallbackMechanism while on the fallback profile",
            "bf5d038001ff",
            "bf5d03800102"
        ),
        (
            "EnableProfile back",
            "bf3111a00c5a0a984400000000000010f1810100",
            "bf3103800100"
        ),
        (
            "ExecuteFallbackMechanism",
            "bf5d038001ff",
            "bf5d03800100"
        ),
        (
            "DeleteProfile that was left behind",
            "bf330c5a0a984400000000000010f1",
            "bf3303800103"
        ),
        (
            "ReturnFromFallback",
            "bf5e038001ff",
            "bf5e03800100"
        ),
        (
            "ProfileRollback without a grant",
            "bf58038001ff",
            "bf5803020101"
        ),
        (
            "RemoveNotificationFromList 2",
            "bf3003800102",
            "bf3003800100"
        ),
        (
            "RemoveNotificationFromList 3",
            "bf3003800103",
            "bf3003800100"
        ),
        (
            "RemoveNotificationFromList 4",
            "bf3003800104",
            "bf3003800100"
        ),
        (
            "RemoveNotificationFromList 5",
            "bf3003800105",
            "bf3003800100"
        ),
        (
            "RemoveNotificationFromList 6",
            "bf3003800106",
            "bf3003800100"
        ),
        (
            "RemoveNotificationFromList 7",
            "bf3003800107",
            "bf3003800100"
        ),
        (
            "RemoveNotificationFromList 8",
            "bf3003800108",
            "bf3003800100"
        ),
    ]
}
