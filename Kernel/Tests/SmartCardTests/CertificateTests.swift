import EUICC
import SmartCard
import Testing
import Wire

/// GetCerts of an eUICC that was made with certificates (GSMA SGP.32, 5.9.10).
@Suite("The certificates of an eUICC")
struct CertificateTests {
    /// Made with OpenSSL 3.0: a maker's certificate, signed by an issuer, and an eUICC's, signed by the maker.
    static let maker = hex(
        "3082019130820137a003020102020102300a06082a8648ce3d04030230123110300e06035504030c07546573742043493020"
            + "170d3236313132333033353635355a180f32313236313033303033353635355a302831133011060355040a0c0a5465737420"
            + "4d616b65723111300f06035504030c08546573742045554d3059301306072a8648ce3d020106082a8648ce3d030107034200"
            + "040fb737944936263ff629f249b98226c445c7eeb08c8ccfe2256cbaadf3847df4bce96708ed40bf282e19700f79e8d77a07"
            + "1d7b5da6a604a95ddbd1af5d7fd7e6a366306430120603551d130101ff040830060101ff020100301d0603551d0e04160414"
            + "eea96f8b6c8a2e36f46de413d0ee4fdf826009a7301f0603551d23041830168014271b92834fdd7b5c6d6719960b6463c747"
            + "442749300e0603551d0f0101ff040403020204300a06082a8648ce3d0403020348003045022021d042e06a4fd40e275a18ad"
            + "be0f48308757c74707671d2a7a1f5a8f71ca3f09022100fb61b7cb9c2eac23fe3fadf46ca156594326e3d4f5b2ea2c9dec5c"
            + "2f70057133")
    static let euicc = hex(
        "308201c130820166a003020102020103300a06082a8648ce3d040302302831133011060355040a0c0a54657374204d616b65"
            + "723111300f06035504030c08546573742045554d3020170d3236313132333033353635355a180f3231323631303330303335"
            + "3635355a305531133011060355040a0c0a54657374204d616b65723129302706035504051320383930343930333231323334"
            + "35313233343531323334353637383930313233353113301106035504030c0a546573742065554943433059301306072a8648"
            + "ce3d020106082a8648ce3d030107034200043e08b7cf94af8849e29def806cb9c03bdb13190e41c77a07b86cf62373a651e7"
            + "e0da84bee529170e61deab921a0fe71920969e01f6fd6f80fc29e0439437a342a3523050301f0603551d23041830168014ee"
            + "a96f8b6c8a2e36f46de413d0ee4fdf826009a7300e0603551d0f0101ff040403020780301d0603551d0e041604144c246cd6"
            + "73cca68d7474a48e01fb2ce6c3ae855b300a06082a8648ce3d04030203490030460221009d365b1dbb2bab28d799c19839ac"
            + "72a4c40b488700fe1cfe84b4bd5252c9a5ac022100b59917b1e855d96a59b853a2f2dc46dd596be532be6df6e6980b046696"
            + "d8199d")
    static let issuer = hex("271B92834FDD7B5C6D6719960B6463C747442749")

    @Test("a certificate's key, the issuer's identifier and the EID are read")
    func reading() throws {
        let certificate = try Certificate(Self.euicc)
        #expect(certificate.publicKey.curve == .p256)
        #expect(Hex.text(certificate.publicKey.point).hasPrefix("043e08b7cf94af8849e2"))
        #expect(certificate.subjectSerialNumber == Array(DomainTests.eid.utf8))
        #expect(certificate.authorityKeyIdentifier == hex("EEA96F8B6C8A2E36F46DE413D0EE4FDF826009A7"))
        #expect(try Certificate(Self.maker).authorityKeyIdentifier == Self.issuer)
        #expect(try Certificate(Self.maker).subjectSerialNumber.isEmpty)
        // Cut anywhere it is none.
        for count in 0..<Self.euicc.count {
            #expect(throws: CommandError.self) { try Certificate(Array(Self.euicc.prefix(count))) }
        }
    }

    @Test("what a certificate's signature covers is read, with r and s at their full length")
    func signature() throws {
        let signature = try CertificateSignature(Self.euicc)
        #expect(signature.signed == Array(Self.euicc[4..<(4 + 4 + 0x166)]))
        #expect(Hex.text(signature.signature).hasPrefix("9d365b1dbb2bab28"))
        #expect(Hex.text(signature.signature).hasSuffix("6980b046696d8199d"))
        #expect(signature.signature.count == 64)
        for count in 0..<Self.euicc.count {
            #expect(throws: CommandError.self) { try CertificateSignature(Array(Self.euicc.prefix(count))) }
        }
        // Another algorithm: ecdsa-with-SHA384.
        var other = Self.maker
        let place = try #require(other.indices.last { other[$0...].starts(with: hex("2A8648CE3D040302")) })
        other[place + 7] = 0x03
        #expect(throws: CommandError.self) { try CertificateSignature(other) }
    }

    @Test("GetCerts answers with both, also for the issuer that they are of; for another one with error 1")
    func certificates() throws {
        var personalisation = try Workbench.personalisation()
        personalisation.euicc = EUICCIdentity(
            eid: try EID(DomainTests.eid), privateKey: hex("AF852E29619D94ED64D574EE3F8B0A8F8EE6003B4C50817CDE8C9A1F029EC9D8"),
            makerCertificate: Self.maker, certificate: Self.euicc)
        var card = try TestCard(image: try personalisation.image())
        _ = card.reset()
        card.send(DomainTests.select)
        for command in ["BF5600", "BF56168014" + Hex.text(Self.issuer)] {
            var answer = card.exchange("80E29100" + Hex.text([UInt8(command.count / 2)]) + command)
            var bytes = answer.data
            while answer.status & 0xFF00 == 0x6100 {
                answer = card.send("80C00000" + Hex.text([UInt8(answer.status & 0xFF)]))
                bytes += answer.data
            }
            var reader = ByteReader(bytes)
            let outer = try #require(try reader.berTLV())
            #expect(outer.tag == 0xBF56)
            var inner = ByteReader(bytes, in: outer.range)
            let found = try #require(try inner.berTLV())
            #expect(found.tag == 0xA0)
            var both = ByteReader(bytes, in: found.range)
            let (maker, own) = (try #require(try both.berTLV()), try #require(try both.berTLV()))
            // The tags stand in the place of the certificates' own (IMPLICIT).
            #expect(maker.tag == 0xA5 && Array(maker.value) == Array(Self.maker.dropFirst(4)))
            #expect(own.tag == 0xA6 && Array(own.value) == Array(Self.euicc.dropFirst(4)))
        }
        #expect(card.exchange("80E2910019BF56168014" + String(repeating: "00", count: 20)) == Reply("BF5603810101", 0x9000))
        var without = try DomainTests.card()
        without.send(DomainTests.select)
        #expect(without.exchange("80E2910003BF5600") == Reply("BF560381017F", 0x9000))
    }
}
