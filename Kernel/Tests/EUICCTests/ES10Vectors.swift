/// Commands and answers in the order in which one card gets them. They were made with asn1tools, a general DER encoder, from the types of
/// RSPDefinitions and SGP32Definitions as Wireshark carries them (GSMA SGP.22 and SGP.32), so that tags and forms do not come from the
/// code under test. Signatures are those of `TestSignatures`.
enum ES10Vectors {
    static let eid = "89049032004008882600000000000173"
    static let fileControlInformation = "6f258410a0000005591010ffffffff8900000100a5049f6501ffe0058203020500e10480020640"
    static let steps: [(name: String, command: String, answer: String)] = [
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
        (
            "GetEimConfigurationData, none",
            "bf5500",
            "bf5502a000"
        ),
        (
            "AddInitialEim with a token of its own",
            """
            bf5781a4a081a130819e800b65696d2e6578616d706c65810f65696d2e6578616d706c653a343433820102830101840105a5\
            5ba059301306072a8648ce3d020106082a8648ce3d03010703420004000102030405060708090a0b0c0d0e0f101112131415\
            161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f8702078088140102\
            030405060708090a0b0c0d0e0f1011121314
            """,
            "bf5703810105"
        ),
        (
            "AddInitialEim with an unknown issuer",
            """
            bf5781a4a081a130819e800b65696d2e6578616d706c65810f65696d2e6578616d706c653a3434338201028301018401ffa5\
            5ba059301306072a8648ce3d020106082a8648ce3d03010703420004000102030405060708090a0b0c0d0e0f101112131415\
            161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f8702078088140000\
            000000000000000000000000000000000000
            """,
            "bf5703810103"
        ),
        (
            "AddInitialEim twice the same",
            """
            bf57820146a082014230819e800b65696d2e6578616d706c65810f65696d2e6578616d706c653a3434338201028301018401\
            ffa55ba059301306072a8648ce3d020106082a8648ce3d03010703420004000102030405060708090a0b0c0d0e0f10111213\
            1415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f870207808814\
            0102030405060708090a0b0c0d0e0f101112131430819e800b65696d2e6578616d706c65810f65696d2e6578616d706c653a\
            3434338201028301018401ffa55ba059301306072a8648ce3d020106082a8648ce3d03010703420004000102030405060708\
            090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a\
            3b3c3d3e3f8702078088140102030405060708090a0b0c0d0e0f1011121314
            """,
            "bf5703810102"
        ),
        (
            "AddInitialEim",
            """
            bf5781a4a081a130819e800b65696d2e6578616d706c65810f65696d2e6578616d706c653a3434338201028301018401ffa5\
            5ba059301306072a8648ce3d020106082a8648ce3d03010703420004000102030405060708090a0b0c0d0e0f101112131415\
            161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f8702078088140102\
            030405060708090a0b0c0d0e0f1011121314
            """,
            "bf5705a003840101"
        ),
        (
            "AddInitialEim when there is one",
            """
            bf5781a4a081a130819e800b65696d2e6578616d706c65810f65696d2e6578616d706c653a3434338201028301018401ffa5\
            5ba059301306072a8648ce3d020106082a8648ce3d03010703420004000102030405060708090a0b0c0d0e0f101112131415\
            161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f8702078088140102\
            030405060708090a0b0c0d0e0f1011121314
            """,
            "bf5703810102"
        ),
        (
            "GetEimConfigurationData",
            "bf5500",
            """
            bf5581a4a081a130819e800b65696d2e6578616d706c65810f65696d2e6578616d706c653a343433820102830101840101a5\
            5ba059301306072a8648ce3d020106082a8648ce3d03010703420004000102030405060708090a0b0c0d0e0f101112131415\
            161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f8702078088140102\
            030405060708090a0b0c0d0e0f1011121314
            """
        ),
        (
            "GetEimConfigurationData of another",
            "bf5509a00780056f74686572",
            "bf5502a000"
        ),
        (
            "LoadEuiccPackage of an unknown eIM",
            """
            bf516d302880066e6f626f64795a108904903200400888260000000000017381010282050102030405a002a6005f37408e87\
            5b5119e00c8f713ac7ead66bc630106fbf4437fad1f917aca4c2e0033c1af5e235f8ba473c7bcb5905397cb2fa7c05c4fc83\
            4ce1bb05c8197a11a7210bf6
            """,
            "bf5114a21280066e6f626f6479820501020304058f017f"
        ),
        (
            "LoadEuiccPackage signed with another key",
            """
            bf5172302d800b65696d2e6578616d706c655a108904903200400888260000000000017381010282050102030405a002a600\
            5f37408580291b837d34cb26f4f14277823f0279cc8203dced63858156ee72602e1f3437ba04196bdcd7970eebfff4f5d585\
            fe2d269b7baf0ed8a18198146f83801460
            """,
            "bf511ca21a800b65696d2e6578616d706c65820501020304058401018f017f"
        ),
        (
            "LoadEuiccPackage signed without the token",
            """
            bf516b3026800b65696d2e6578616d706c655a1089049032004008882600000000000173810102a002a6005f37403ae53788\
            5ed474943a7296104afee759c0f31e08930488e6da5368c6eab2c0335c9a2c7cfc969ec0234dc5501acef6d583ad2e961752\
            515251d035434618e89f
            """,
            "bf5115a213800b65696d2e6578616d706c658401018f017f"
        ),
        (
            "LoadEuiccPackage for another eUICC",
            """
            bf5172302d800b65696d2e6578616d706c655a108904903200400888260000000000027081010282050102030405a002a600\
            5f37406765db22a72d01214d833fbb655d6508b3fc95942efcf4fbf494a94e5db10ec2569690be005c8fbdd2c2cf83380b40\
            d4cc4d8edf582f1f174c799788429a172e
            """,
            """
            bf5161a15f301a800b65696d2e6578616d706c65810102820501020304050201035f37400376a8f2ac562586403263bddc98\
            fe99938837e265b25b48f5479a483abd71db14008eeb8c2b06122a14543c74f5b335a555e9f45acc51b47217066533db4577
            """
        ),
        (
            "LoadEuiccPackage with an old counter",
            """
            bf5172302d800b65696d2e6578616d706c655a108904903200400888260000000000017381010182050102030405a002a600\
            5f374029616e1192f246f2dfd2a11b4cdbc4dbec50d781748690f02f1a3df315d09d69abceec5b2804f70eb63b65cd007b46\
            07f142b231da78ab2cfaa2c6a4200b9af5
            """,
            """
            bf5161a15f301a800b65696d2e6578616d706c65810101820501020304050201045f374067956afd16706cca9523a60b6082\
            41f51e7a97047280081413fadae864408b878ad1fcdb8371118eb25367ad0d5605196572935a2cacadc80854bd3d2baa22eb
            """
        ),
        (
            "LoadEuiccPackage with a list",
            """
            bf517a3035800b65696d2e6578616d706c655a108904903200400888260000000000017381010282050102030405a00aa600\
            bf2d055c035a9f705f374053ef461f19697fe2258d25701f68587fed845c6893550ac41b6dfdfadbbae1a9e04ccf90526d3d\
            26e01d2be5397bfc5340a6ab1b79efe1e816c96bc59d113d1d
            """,
            """
            bf51818fa0818c3047800b65696d2e6578616d706c6581010282050102030405830109302ba600bf2d26a024e3105a0a9844\
            00000000000010f19f700101e3105a0a989400000000000020f59f7001005f37400040e07c56356870c17dd6cd5c9962f14a\
            82931544262e52933c3dc39bfd72ebc643b127444c693cb384fb38ce67687d4db3916a12031f9ebcc4dd7e579bbf87
            """
        ),
        (
            "LoadEuiccPackage again",
            """
            bf517a3035800b65696d2e6578616d706c655a108904903200400888260000000000017381010282050102030405a00aa600\
            bf2d055c035a9f705f374053ef461f19697fe2258d25701f68587fed845c6893550ac41b6dfdfadbbae1a9e04ccf90526d3d\
            26e01d2be5397bfc5340a6ab1b79efe1e816c96bc59d113d1d
            """,
            """
            bf5161a15f301a800b65696d2e6578616d706c65810102820501020304050201045f3740523c0aef65594661446301caf393\
            33be1d1711bd9e9e9487155e602f3821ff142e88a125c05d75c50f8c420240c34382853f240d5d67c47be8882c89faef0c38
            """
        ),
        (
            "LoadEuiccPackage that moves the fallback attribute",
            """
            bf5181873042800b65696d2e6578616d706c655a1089049032004008882600000000000173810103a01ea900a80c5a0a9844\
            00000000000010f1a80c5a0a989400000000000020f55f3740373523ff7e69bd06a5b3803d0b485c25ccb5175dd218e81827\
            386317adf54cd7a2251bf19d411f12facc0e1ddae294f16b2bbf064f95ad14789c9b71aa325ae3
            """,
            """
            bf5165a063301e800b65696d2e6578616d706c6581010383010a30098e01008d01008d01005f374046d47cd67b0366e5808c\
            a93d546a8922fedf9da255dafa3f12c3883d506adff4aa92df4c76a666c9f05eb9520596a2766663f942746502233809b7c4\
            798cb398
            """
        ),
        (
            "RetrieveNotificationsList of results",
            "bf2b04a0028200",
            """
            bf2b81fea281fbbf51818fa0818c3047800b65696d2e6578616d706c6581010282050102030405830109302ba600bf2d26a0\
            24e3105a0a984400000000000010f19f700101e3105a0a989400000000000020f59f7001005f37400040e07c56356870c17d\
            d6cd5c9962f14a82931544262e52933c3dc39bfd72ebc643b127444c693cb384fb38ce67687d4db3916a12031f9ebcc4dd7e\
            579bbf87bf5165a063301e800b65696d2e6578616d706c6581010383010a30098e01008d01008d01005f374046d47cd67b03\
            66e5808ca93d546a8922fedf9da255dafa3f12c3883d506adff4aa92df4c76a666c9f05eb9520596a2766663f94274650223\
            3809b7c4798cb398
            """
        ),
        (
            "RemoveNotificationFromList of a result",
            "bf3003800109",
            "bf3003800100"
        ),
        (
            "RemoveNotificationFromList of another",
            "bf300380010a",
            "bf3003800100"
        ),
        (
            "ExecuteFallbackMechanism before packages",
            "bf5d038001ff",
            "bf5d03800100"
        ),
        (
            "LoadEuiccPackage set while fallen back",
            """
            bf51793034800b65696d2e6578616d706c655a1089049032004008882600000000000173810104a010a80c5a0a9844000000\
            00000010f1a6005f374076e358d89a19081d2a558409e3e8077e005a601a9402b88f6eb2eb8a7203f5c0669b0a349633cce1\
            638273aae2c05462b0a95d89f6ccdde3db1ed563cefacf74
            """,
            """
            bf515fa05d3018800b65696d2e6578616d706c6581010483010d30038d01035f374018e8e10392c155bb3225c2a3adcec23c\
            d008f849fe42edddff11ca641dfdafce8015c07264b61277bebe9832f0f3d2a8d96ea931a392a5a9eaa9e374a25f4e5a
            """
        ),
        (
            "LoadEuiccPackage unset while fallen back",
            """
            bf516b3026800b65696d2e6578616d706c655a1089049032004008882600000000000173810105a002a9005f37400b6c4688\
            6f0eab38bacd98463223eb1b56fc5e3fb4b59d661f8f267a1c24a2c125d325d334f208141c9c1cf32e4d06f7751a773454ac\
            bdb28850b4a40b8d5d4d
            """,
            """
            bf515fa05d3018800b65696d2e6578616d706c6581010583010e30038e01035f3740bb1f33dcd1c9b9b4bb2ef1cc0865b91f\
            456833ac3d756206764b9d3555ee723945fac2db4f6d1ff073ab4d4866f24f7b0d6874c64d0018920292b9675107dc75
            """
        ),
        (
            "LoadEuiccPackage delete of the profile left behind",
            """
            bf51773032800b65696d2e6578616d706c655a1089049032004008882600000000000173810106a00ea50c5a0a9844000000\
            00000010f15f37407d84296d7e7425c2e633bdc4735dfc8df9122f40768a4604c5e56a3e269bfc97608e6e36e898cd96a2c0\
            320320c895b137fc2582a453ba185bd44c7c234b934b
            """,
            """
            bf515fa05d3018800b65696d2e6578616d706c6581010683010f30038501155f3740c8a7604374cf5a29e7ace0820caf4ada\
            620572a498f7bc9785cdc7ff26876570d1da55d08d7e82bd150ac5f3f9666b5e7e00481cfbc1aa2b8be3c20e1b82cba4
            """
        ),
        (
            "LoadEuiccPackage enable with rollback",
            """
            bf518180303b800b65696d2e6578616d706c655a108904903200400888260000000000017381010782050102030405a010a3\
            0e5a0a984400000000000010f105005f374075fc2deae639d9a35f0ffa4690e74196e546b1c5f7745fe98b1728251f694ea4\
            2d04d71df1171d3fea3d4fb6501f1fa2e5197d7c1ebbfb959c93a9155fb53280
            """,
            """
            bf5166a064301f800b65696d2e6578616d706c658101078205010203040583011230038301005f37400045d20d73dffcab95\
            d33a37e47f05ae840b05dc83a6ff2137b2cf692fa42e049c9072fe0fc48acf934dce2baf3595e2aab37108f5e6ef95eb7ecf\
            e88c98a738
            """
        ),
        (
            "ProfileRollback",
            "bf58038001ff",
            """
            bf586c020100bf5166a064301f800b65696d2e6578616d706c658101078205010203040583011530038c01005f37402e1784\
            b9b66730d1045a11eef08d118c6159d1319be43aa70f46831049c3b9224c278a3d7d51e0052c114e2062a132709c40ada10d\
            e9167b1ff0def67470c106
            """
        ),
        (
            "LoadEuiccPackage that tells who is left behind",
            """
            bf51773032800b65696d2e6578616d706c655a1089049032004008882600000000000173810108a00ea40c5a0a9844000000\
            00000010f15f37401c86c31dae69aabbe475a755bd2dee64a7066a1a116e5ec101d9fc8981db2242f1d2816f2ed7e0c71b65\
            e4cf7cb6b6e0dc7a6e21b114b9ad5e0375771606370e
            """,
            """
            bf515fa05d3018800b65696d2e6578616d706c6581010883011630038401025f3740cffffaa5c13bfd3a4b32c1874dabb091\
            8c920652c9b3f2782a89d2d7438376c7eeaf10e4b897074e35d8b769014c1325d0320d28b466421c3c7b744478c06f4b
            """
        ),
        (
            "ReturnFromFallback after rollback",
            "bf5e038001ff",
            "bf5e03800100"
        ),
        (
            "LoadEuiccPackage sets the default SM-DP+",
            """
            bf518180303b800b65696d2e6578616d706c655a1089049032004008882600000000000173810109a017bf650480026470a4\
            0c5a0a984400000000000010f1a6005f3740551062fbcd9d690001fe5d86bc4ddf3d1e3cdac380c04a4ee04a222fc3680a73\
            136b0e54fd8b870c5341178a9a38be39f77c1717e28ba0aafbbc8a113a9859df
            """,
            """
            bf5165a063301e800b65696d2e6578616d706c658101098301193009bf65038001008401035f37403e70986c60e7f071bdfc\
            f8dd8a8482ba9241968e32c29053b471dfbedd5d66ac64136b43f089e415a1c41293e637513e697139f16d0e3bd7cf3befe6\
            6afe2a80
            """
        ),
        (
            "LoadEuiccPackage lists and adds eIMs",
            """
            bf518201393081f3800b65696d2e6578616d706c655a108904903200400888260000000000017381010aa181ceab00a86380\
            0132830100a55ba059301306072a8648ce3d020106082a8648ce3d030107034200046465666768696a6b6c6d6e6f70717273\
            7475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3ab00\
            a863800133830100a55ba059301306072a8648ce3d020106082a8648ce3d030107034200046465666768696a6b6c6d6e6f70\
            7172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2\
            a35f374024e2581bf88c5cd1985290939a85c8ea45e15c6737f4f15bce2df1c708948384f9420a3441f3308500552a825ae4\
            ccbeb6128037cdc6e9dff49e2bc9c4371898
            """,
            """
            bf518198a081953050800b65696d2e6578616d706c6581010a83011a303bab14a0123010800b65696d2e6578616d706c6582\
            0102a803020100ab19a0173010800b65696d2e6578616d706c658201023003800132a8030201015f37409f313e9b38019be0\
            dd2577d69166ad77bc81438f30b77cfef2d552dd9a7bec4d007079c33c4b2684dc847b889dee005b61b35de17f2201920726\
            45a6dd7eb5b1
            """
        ),
        (
            "LoadEuiccPackage of the second eIM, which has no token",
            """
            bf5161301c8001325a1089049032004008882600000000000173810101a002a6005f3740b39892b0415a20bd233b48e82c0a\
            41e6331e0f15c3add8bf9940405fa6d03db8b61c228fc7657941928fcdfeebad128a17000b4418503ca3b3fc75cd96849d0c
            """,
            """
            bf5154a052300d80013281010183011b3002a6005f3740dbdd1b7af623ea8f4f6b652f57ba4ea6e1b6d9bb73fa935dba0d27\
            6093238bb49f459cc6bfe6c0b3cf12eb0243272caab8eb6cd350c159c114eab9d3f4b0b6b8
            """
        ),
        (
            "LoadEuiccPackage of the second eIM, which leaves the token out",
            """
            bf5161301c8001325a1089049032004008882600000000000173810102a002a6005f37408ceaff652e7ee1bd869a39025f94\
            1cb4ac9f4683919d88cf86dcfc92aa00235ec1a01bc3e96f43c14076c129477e5b9891774cd2510ff673fdcbaed943ea34d2
            """,
            """
            bf5154a052300d80013281010283011c3002a6005f3740d18b6b69f65cfc7d846472418cbac51cb8cc2dd2e62b7153861dd5\
            0edfe1e6badf5a547b9228db593d6a2acb90e31188c56a9d19246e66af1639d45e259521a6
            """
        ),
        (
            "LoadEuiccPackage updates eIMs",
            """
            bf5173302e800b65696d2e6578616d706c655a108904903200400888260000000000017381010ba10aaa06800132830101ab\
            005f3740ec0cce8a692109ed2aa119d4ccd95852a2dadea96a2482338c2989bd9ea498e8db24021864cf5ca9fa1c26b8af4b\
            5f1e59e0d827de87a2cf038c2e991796b2c4
            """,
            """
            bf515fa05d3018800b65696d2e6578616d706c6581010b83011d30038a01065f37409ed6e1b0bdc6c322f7207215cdab59dd\
            08d88479bfcb4df4e6f3178953013ae78ab80a83400558f66ed07621ee6496d18bf9099c6eaf1d5873208362280dab3b
            """
        ),
        (
            "LoadEuiccPackage updates a key",
            """
            bf5181d430818e800b65696d2e6578616d706c655a108904903200400888260000000000017381010ca16aaa638001328301\
            00a55ba059301306072a8648ce3d020106082a8648ce3d03010703420004000102030405060708090a0b0c0d0e0f10111213\
            1415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3faa038001395f\
            374091d7a2d3736d2271f2a7eb8416fba72809bc20e656d1309b5a0276fc55582f7259a414716fff4a55db3a181e407eca9c\
            f333371654f0b9bf5670056def582d26
            """,
            """
            bf5162a060301b800b65696d2e6578616d706c6581010c83011e30068a01008a01015f37407e35da78ecff1396cd6d30e3df\
            538997502880bf4ea2b3085c51f00220d2ae31239e5894dba4aaba6dc1d9893294a1dbe0d9157fcf13052c2eec5169f9dcf0\
            95
            """
        ),
        (
            "LoadEuiccPackage deletes eIMs",
            """
            bf517d3038800b65696d2e6578616d706c655a108904903200400888260000000000017381010da114a903800132a90d800b\
            65696d2e6578616d706c655f37409b6047dd904016f7cfe660c8e21d04e0ebc72f9f3eae074dd949cf01ef335e96c00132fe\
            67d7b4a3a13158003288324c78a20fc975aaad49d357702413c58852
            """,
            """
            bf5162a060301b800b65696d2e6578616d706c6581010d83011f30068901008901025f37406d4a1fe8797c4e895304f2baf6\
            a66b7cdedfe1eafac47cf72dd2d1c143eea3baf0344ca1029e7c8d91df4ff5ce709960a58c629aba8574ab03d6612d600613\
            ae
            """
        ),
        (
            "GetEimConfigurationData, none left",
            "bf5500",
            "bf5502a000"
        ),
    ]
}
