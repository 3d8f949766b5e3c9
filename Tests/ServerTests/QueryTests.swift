import Testing

@testable import Server

@Suite("A query") struct QueryTests {
    @Test("gives decoded values, and nil for what is absent or empty")
    func values() throws {
        let query = try Query("text=a+b%26c&state=&page=7")
        #expect(query.text("text") == "a b&c")
        #expect(query.text("state") == nil)
        #expect(query.text("other") == nil)
        #expect(try query.integer("page", in: 1...10) == 7)
        #expect(try query.integer("other", in: 1...10) == nil)
    }

    @Test(
        "is refused when it is broken, and the answer names the parameter",
        arguments: [
            ("a=%", "\"a\""), ("a=%4", "\"a\""), ("a=%zz", "\"a\""), ("a=%ff", "UTF-8"), ("a=1&a=2", "twice"), ("a=%00", "control"),
            ("a=x%0d%0ay", "control"), ("a=\(String(repeating: "x", count: 257))", "257 bytes"),
            ((0..<40).map { "a\($0)=" }.joined(separator: "&"), "32"),
        ])
    func refused(text: String, hint: String) {
        let problem = #expect(throws: Problem.self) { try Query(text) }
        #expect(problem?.status == .badRequest)
        #expect(problem?.detail.contains(hint) == true)
    }

    @Test("says which numbers and which words it takes")
    func ranges() throws {
        let query = try Query("page=0&size=99999999999999999999&state=up")
        #expect(throws: Problem.self) { try query.integer("page", in: 1...10) }
        #expect(throws: Problem.self) { try query.integer("size", in: 1...200) }
        let problem = #expect(throws: Problem.self) { try query.allow(only: ["page", "size"]) }
        #expect(problem?.detail == "The parameter \"state\" is not known here; known: page, size.")
    }

    @Test("never traps on random text")
    func random() {
        var generator = SplitMix(seed: 0x5EED)
        for _ in 0..<20_000 {
            let text = String(
                (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                    "ab=&%+2F0\u{301}".randomElement(using: &generator) ?? "a"
                })
            if let query = try? Query(text) { _ = query.text("a") }
        }
    }

    @Test("encodes and decodes to the same", arguments: ["", ".", "..", "a/b", "ä \u{301}\"<>&?#%", House.hostileName])
    func roundTrip(text: String) {
        let encoded = PercentEncoding.encode(text)
        #expect(encoded.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"/?#\"<>&'".utf8.contains($0) })
        #expect(encoded != "." && encoded != "..")
        #expect(PercentEncoding.decode(encoded) == text)
    }
}

/// A small seeded generator (Steele, Lea, Flood: SplitMix64).
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
