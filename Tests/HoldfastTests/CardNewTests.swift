import Crypto
import Foundation
import Testing

/// What a card maker gives to `holdfast card new`.
@Suite("holdfast card new, with a maker's files")
struct CardNewTests {
    /// Made with OpenSSL 3.0 for these tests: the key of an eUICC, its certificate signed by a maker, one for the same key signed by somebody
    /// else, and the maker's.
    private static let key = """
        -----BEGIN EC PRIVATE KEY-----
        MHcCAQEEINhqnIZBvRb+GIJ4keFYMAsGMZGFrHgBwt9YKU06lqvKoAoGCCqGSM49
        AwEHoUQDQgAEex9RWV1RL5gg1q7rtyEb2/mZ666MDB9rrkCmxqWcVsxwiaeOF7HP
        5tQ4bF2wvw1Xp+x9dqm2Vh/Oa3PLG3L8Cg==
        -----END EC PRIVATE KEY-----
        """
    private static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBsDCCAVagAwIBAgIBAzAKBggqhkjOPQQDAjAoMRMwEQYDVQQKDApUZXN0IE1h
        a2VyMREwDwYDVQQDDAhUZXN0IEVVTTAgFw0yNjExMjMwNzMxMDdaGA8yMTI2MTAz
        MDA3MzEwN1owVTETMBEGA1UECgwKVGVzdCBNYWtlcjEpMCcGA1UEBRMgODkwNDkw
        MzIxMjM0NTEyMzQ1MTIzNDU2Nzg5MDEyMzUxEzARBgNVBAMMClRlc3QgZVVJQ0Mw
        WTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAR7H1FZXVEvmCDWruu3IRvb+ZnrrowM
        H2uuQKbGpZxWzHCJp44Xsc/m1DhsXbC/DVen7H12qbZWH85rc8sbcvwKo0IwQDAf
        BgNVHSMEGDAWgBTYd781lZgkcb+Nq29SIi7PUZb4uTAdBgNVHQ4EFgQUEuzpDXjs
        TXRAxlp76G0OTRvegtAwCgYIKoZIzj0EAwIDSAAwRQIhAIkpYall6icbFCYagOa4
        Prewb3vo5tQpEQ0m1qc0UHiVAiA/g16FB79P/l3lKWpUsafOP2kln5/21VRg1G+3
        wB8+MA==
        -----END CERTIFICATE-----
        """
    private static let foreign = """
        -----BEGIN CERTIFICATE-----
        MIIBUDCB9wIBAzAKBggqhkjOPQQDAjASMRAwDgYDVQQDDAdUZXN0IENJMCAXDTI2
        MTEyMzA3MzEwN1oYDzIxMjYxMDMwMDczMTA3WjBVMRMwEQYDVQQKDApUZXN0IE1h
        a2VyMSkwJwYDVQQFEyA4OTA0OTAzMjEyMzQ1MTIzNDUxMjM0NTY3ODkwMTIzNTET
        MBEGA1UEAwwKVGVzdCBlVUlDQzBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABHsf
        UVldUS+YINau67chG9v5meuujAwfa65ApsalnFbMcImnjhexz+bUOGxdsL8NV6fs
        fXaptlYfzmtzyxty/AowCgYIKoZIzj0EAwIDSAAwRQIhANDTVGo3SmO/kNObuO7p
        vdQAB6t9Ent59sVfPTKk/YUkAiBy3Dcj/Oi3H7b2I1Onvpm26DtYjZhNDhe8Sl6w
        FIS8gA==
        -----END CERTIFICATE-----
        """
    private static let maker = """
        -----BEGIN CERTIFICATE-----
        MIIBgDCCASegAwIBAgIBAjAKBggqhkjOPQQDAjASMRAwDgYDVQQDDAdUZXN0IENJ
        MCAXDTI2MTEyMzA3MzEwN1oYDzIxMjYxMDMwMDczMTA3WjAoMRMwEQYDVQQKDApU
        ZXN0IE1ha2VyMREwDwYDVQQDDAhUZXN0IEVVTTBZMBMGByqGSM49AgEGCCqGSM49
        AwEHA0IABIxVrnuACu/igJJL73tuO9hMNiZeblQ11ncP/UyLkUqhc8lONCPg8xlF
        pUJ0MmucJHFEkgRvMMrPjxU1uL+Sj3yjVjBUMBIGA1UdEwEB/wQIMAYBAf8CAQAw
        HQYDVR0OBBYEFNh3vzWVmCRxv42rb1IiLs9Rlvi5MB8GA1UdIwQYMBaAFP5UOlqN
        atTnGVaRql8k2XpiMk4pMAoGCCqGSM49BAMCA0cAMEQCIBhnfjCi6wdc1vOqbxR3
        pkUndjeDExTHIIBNM6LJQOjtAiAwHiIusmcikVuDoUf/3qgsoNSl50n/jLjQAtYE
        CPyAfw==
        -----END CERTIFICATE-----
        """
    private static let eid = "89049032123451234512345678901235"

    private func inFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("holdfast-new-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in [
            ("euicc.key", Self.key), ("euicc.pem", Self.certificate), ("foreign.pem", Self.foreign), ("eum.pem", Self.maker),
        ] {
            try Data(text.utf8).write(to: folder.appendingPathComponent(name))
        }
        try body(folder)
    }

    private func new(_ arguments: [String], in folder: URL) throws -> Command.Outcome {
        try Command.run(Command.binary, ["card", "new", "--image", "card.hfc"] + arguments, in: folder)
    }

    private func euicc(_ folder: URL) throws -> [String: Any] {
        let outcome = try Command.run(Command.binary, ["card", "show", "--json", "--image", "card.hfc"], in: folder)
        let object = try #require(JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
        return object["euicc"] as? [String: Any] ?? [:]
    }

    private static func digest(_ pem: String) throws -> String {
        let body = pem.split(separator: "\n").dropFirst().dropLast().joined()
        return SHA256.hash(data: try #require(Data(base64Encoded: body))).map { String(format: "%02x", $0) }.joined()
    }

    @Test("an eUICC gets its key and its certificates, and show tells which")
    func certificates() throws {
        try inFolder { folder in
            let outcome = try new(
                [
                    "--eid", Self.eid, "--euicc-key", "euicc.key", "--euicc-certificate", "euicc.pem", "--eum-certificate",
                    "eum.pem",
                ],
                in: folder)
            #expect(outcome.code == 0, "\(outcome.errors)")
            let euicc = try euicc(folder)
            #expect(euicc["eid"] as? String == Self.eid)
            let key = try P256.Signing.PrivateKey(pemRepresentation: Self.key).publicKey.x963Representation
            #expect(euicc["publicKey"] as? String == key.map { String(format: "%02x", $0) }.joined())
            #expect(euicc["certificates"] as? [String] == [try Self.digest(Self.maker), try Self.digest(Self.certificate)])
        }
    }

    @Test(
        "files that do not belong together make no card, and the text says which",
        arguments: [
            (["--euicc-certificate", "euicc.pem"], "go together"),
            (["--euicc-certificate", "euicc.pem", "--eum-certificate", "eum.pem"], "name it with --euicc-key"),
            (["--euicc-key", "eum.pem"], "holds no private key"),
            (
                ["--euicc-key", "euicc.key", "--euicc-certificate", "euicc.key", "--eum-certificate", "eum.pem"],
                "holds no certificate"
            ),
            (["--euicc-key", "euicc.key", "--euicc-certificate", "eum.pem", "--eum-certificate", "eum.pem"], "is for another key"),
            (
                ["--euicc-key", "euicc.key", "--euicc-certificate", "foreign.pem", "--eum-certificate", "eum.pem"],
                "is not signed with the key"
            ),
            (
                ["--euicc-key", "euicc.key", "--euicc-certificate", "euicc.pem", "--eum-certificate", "foreign.pem"],
                "is not signed with the key"
            ),
            (
                [
                    "--eid", "89049032123451234512345678901332", "--euicc-key", "euicc.key", "--euicc-certificate", "euicc.pem",
                    "--eum-certificate", "eum.pem",
                ], "is for the EID"
            ),
            (["--eid", "89049032123451234512345678901236"], "modulo 97"),
            (["--eid", "8904"], "32 digits"),
            (["--plain-uicc", "--euicc-key", "euicc.key"], "plain UICC"),
            (["--euicc-key", "nowhere.key"], "nowhere.key cannot be read"),
            (["--home-network-key", "c/27/00"], "home-network-key"),
            (["--home-network-key", "a/256/\(String(repeating: "5a", count: 32))"], "home-network-key"),
            (["--home-network-key", "a/27/5a"], "home-network-key"),
        ])
    func refused(arguments: [String], why: String) throws {
        try inFolder { folder in
            let outcome = try new(arguments, in: folder)
            #expect(outcome.code != 0 && outcome.errors.contains(why), "\(outcome.errors)")
            #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("card.hfc").path))
            // A line of the key, which no message may quote.
            #expect(!outcome.errors.contains("MHcCAQEE"))
        }
    }

    @Test("keys of the home network go into EF.SUCI_Calc_Info, as the card is to read them")
    func concealment() throws {
        try inFolder { folder in
            // TS 33.501, annex C.4.3: the home network's public key of profile A.
            let key = "5a8d38864820197c3394b92613b20b91633cbd897119273bf8e4a6f4eec0a650"
            #expect(try new(["--home-network-key", "a/27/\(key)"], in: folder).code == 0)
            let export = try Command.run(Command.binary, ["card", "export", "--image", "card.hfc"], in: folder)
            // Scheme 1 with the key at index 1; the key's number, 27 (1B), and its bytes: TS 31.102, 4.4.11.8.
            #expect(export.output.contains("a0020101a12580011b8120\(key)"))
        }
    }
}
