import Wire

extension EUICC {
    /// GetEuiccInfo1 (GSMA SGP.22, 5.7.8).
    var information1: [UInt8] {
        ByteWriter.written {
            $0.ber(0xBF20) {
                $0.ber(0x82, configuration.svn)
                issuers(&$0)
            }
        }
    }

    /// GetEuiccInfo2 (GSMA SGP.22, 5.7.8; GSMA SGP.32, 5.9.2).
    var information2: [UInt8] {
        ByteWriter.written {
            $0.ber(0xBF22) {
                $0.ber(0x81, configuration.profileVersion)
                $0.ber(0x82, configuration.svn)
                $0.ber(0x83, configuration.firmwareVersion)
                // ETSI TS 102 226, 8.2.1.7.2: installed applications, free non-volatile and volatile memory.
                $0.ber(0x84) {
                    $0.ber(0x81, [0])
                    $0.ber(0x82, ByteWriter.written { $0.uint32(configuration.freeMemory) })
                    $0.ber(0x83, [0, 0, 0, 0])
                }
                $0.ber(0x85, configuration.uiccCapability)
                // No profile can be added, no revocation lists, no management by SM-DP+.
                $0.derBits(0x88, 0)
                issuers(&$0)
                $0.ber(0x04, configuration.protectionProfileVersion)
                $0.ber(0x0C, configuration.sasAccreditationNumber)
                // The IPA is in the device.
                $0.ber(0x90, [0])
                $0.ber(0xB4) {
                    $0.ber(0xA0) { $0.ber(0x04, configuration.iotVersion) }
                    // The fallback mechanism is supported.
                    $0.ber(0x82, [])
                }
            }
        }
    }

    private func issuers(_ writer: inout ByteWriter) {
        writer.ber(0xA9) { for issuer in configuration.issuersForVerification { $0.ber(0x04, issuer) } }
        writer.ber(0xAA) { for issuer in configuration.issuersForSigning { $0.ber(0x04, issuer) } }
    }

    /// GetEID (GSMA SGP.22, 5.7.20).
    func euiccData(_ command: DERObject) throws(CommandError) -> Outcome {
        let list = try command.children().one(0x5C, in: command.tag)
        guard list.value.elementsEqual([0x5A]) else { throw list.refusal() }
        return Outcome(ByteWriter.written { $0.ber(0xBF3E) { $0.ber(0x5A, configuration.eid.bytes) } })
    }

    /// GetEuiccChallenge (GSMA SGP.22, 5.7.7).
    func challengeAnswer(_ random: [UInt8]) -> Outcome {
        // A challenge of the wrong size would be a fault of the card around this; a constant one would be worse than none.
        guard random.count == 16 else { return Outcome(.unknownFunction(tag: 0xBF2E)) }
        return Outcome(ByteWriter.written { $0.ber(0xBF2E) { $0.ber(0x80, random) } })
    }

    /// GetEuiccConfiguredAddresses (GSMA SGP.22, 5.7.3).
    var configuredAddresses: [UInt8] {
        ByteWriter.written {
            $0.ber(0xBF3C) {
                if !state.defaultAddress.isEmpty { $0.ber(0x80, state.defaultAddress) }
                $0.ber(0x81, configuration.rootDiscoveryAddress)
            }
        }
    }

    /// SetDefaultDpAddress (GSMA SGP.22, 5.7.4, BF3F; GSMA SGP.32, BF65). An empty address takes it away.
    func setDefaultAddress(_ command: DERObject) throws(CommandError) -> Outcome {
        var changed = state
        let code = try EUICC.setDefaultAddress(command, in: &changed)
        return .code(code, in: command.tag, state: changed == state ? nil : changed)
    }

    static func setDefaultAddress(_ command: DERObject, in state: inout EUICCState) throws(CommandError) -> UInt8 {
        let address = try command.children().one(0x80, in: command.tag)
        guard address.value.count <= EUICCState.longestAddress else { return 127 }
        state.defaultAddress = try address.text(most: EUICCState.longestAddress)
        return 0
    }

    /// GetCerts (GSMA SGP.32, 5.9.10).
    func certificates(_ command: DERObject) throws(CommandError) -> Outcome {
        if let wanted = try command.children().first(0x80), !isIssuer(wanted.value) {
            return .code(1, in: command.tag, as: 0x81)
        }
        guard !configuration.certificate.isEmpty, !configuration.makerCertificate.isEmpty else {
            return .code(127, in: command.tag, as: 0x81)
        }
        // The tags A5 and A6 stand in the place of a certificate's own tag 30.
        let maker = try DERObject.command(configuration.makerCertificate)
        let own = try DERObject.command(configuration.certificate)
        return Outcome(
            ByteWriter.written {
                $0.ber(command.tag) {
                    $0.ber(0xA0) {
                        $0.ber(0xA5, Array(maker.value))
                        $0.ber(0xA6, Array(own.value))
                    }
                }
            })
    }

    /// Whether the card has a certificate under this issuer.
    func isIssuer(_ identifier: ArraySlice<UInt8>) -> Bool {
        for issuer in configuration.issuersForSigning where identifier.elementsEqual(issuer) { return true }
        return false
    }
}
