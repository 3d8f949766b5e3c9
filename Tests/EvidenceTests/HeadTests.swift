import Testing

@testable import Evidence

@Suite("Signed heads")
struct HeadTests {
    private func key() throws -> LedgerKey { try LedgerKey(name: "holdfast.example.com/ledger", bytes: TestLedger.keyBytes) }

    @Test("the key and the signature of C2SP signed-note's example (golang.org/x/mod/sumdb/note) hold")
    func knownNote() throws {
        let key = try VerifierKey("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
        #expect(key.text == "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
        let text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
        let signed = try #require(
            StrictBase64.bytes("x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="))
        #expect(Array(signed.prefix(4)) == key.id)
        #expect(key.isValid(Array(signed.dropFirst(4)), of: Array(text.utf8)))
        #expect(!key.isValid(Array(signed.dropFirst(4)), of: Array(text.utf8.dropLast())))
    }

    @Test("a head is a checkpoint with the time, and is read back")
    func form() throws {
        let key = try key()
        let head = try key.sign(size: 3, root: .empty, at: LedgerTime(milliseconds: noon))
        #expect(
            head.note.hasPrefix(
                "holdfast.example.com/ledger\n3\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nat 2026-11-23T03:44:07.000Z\n\n"
                    + "— holdfast.example.com/ledger "))
        #expect(try SignedHead(head.note, key: key.verifier) == head)
        #expect(try VerifierKey(key.verifier.text).text == key.verifier.text)
    }

    @Test("a note with any byte changed, cut or added is refused")
    func everyByte() throws {
        let key = try key()
        let note = Array(try key.sign(size: 1_234, root: .empty, at: LedgerTime(milliseconds: noon)).note.utf8)
        for place in note.indices {
            for bit in 0..<8 {
                var changed = note
                changed[place] ^= 1 << UInt8(bit)
                if let text = String(validating: changed, as: UTF8.self) {
                    #expect(throws: HeadError.self) { try SignedHead(text, key: key.verifier) }
                }
            }
            let text = String(decoding: note[..<place], as: UTF8.self)
            #expect(throws: HeadError.self) { try SignedHead(text, key: key.verifier) }
        }
        let whole = String(decoding: note, as: UTF8.self)
        for more in ["\n", " ", "x", "— other AAAA\n"] {
            #expect(throws: HeadError.self) { try SignedHead(whole + more, key: key.verifier) }
        }
        // Characters that Swift takes for equal: KELVIN SIGN for K.
        let kelvin = try LedgerKey(name: "K", bytes: TestLedger.keyBytes)
        let text = try kelvin.sign(size: 0, root: .empty, at: LedgerTime(milliseconds: 0)).note
        #expect(throws: HeadError.self) {
            try SignedHead(text.replacingOccurrences(of: "— K", with: "— \u{212A}"), key: kelvin.verifier)
        }
    }

    @Test("another key's head says whose it is")
    func otherKey() throws {
        let head = try key().sign(size: 0, root: .empty, at: LedgerTime(milliseconds: 0))
        let namesake = try LedgerKey(name: "holdfast.example.com/ledger")
        #expect { try SignedHead(head.note, key: namesake.verifier) } throws: {
            if case HeadError.otherKey = $0 { true } else { false }
        }
        let other = try LedgerKey(name: "other")
        #expect(throws: HeadError.origin(found: "holdfast.example.com/ledger", expected: "other")) {
            try SignedHead(head.note, key: other.verifier)
        }
    }

    @Test(
        "a text that is no key is refused",
        arguments: [
            "", "a", "a+b", "a+b+c", "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        ])
    func noKey(text: String) {
        #expect(throws: HeadError.self) { try VerifierKey(text) }
    }
}
