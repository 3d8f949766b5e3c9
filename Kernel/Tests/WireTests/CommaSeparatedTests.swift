import Testing

@testable import Wire

@Suite("Comma-separated values (RFC 4180)")
struct CommaSeparatedTests {
    private func bytes(_ fields: [String], _ formulas: CommaSeparated.Formulas) -> [UInt8] {
        var bytes: [UInt8] = []
        CommaSeparated.append(fields, formulas: formulas, to: &bytes)
        return bytes
    }

    @Test("a record ends with CR and LF; what must be is quoted, and a quotation mark doubled")
    func record() {
        let fields = ["plain", "a,\"b\"", "two\r\nlines", "", "5\"\u{301}"]
        let text = "plain,\"a,\"\"b\"\"\",\"two\r\nlines\",,\"5\"\"\u{301}\"\r\n"
        #expect(bytes(fields, .guarded) == Array(text.utf8))
        #expect(CommaSeparated.parse(bytes(fields, .guarded)) == [fields])
        #expect(CommaSeparated.parse(bytes(fields, .kept)) == [fields])
    }

    @Test(
        "a field that a spreadsheet would run as a formula begins with an apostrophe, unless it must come back as it was",
        arguments: [
            "=1", "+1", "-1", "@x", "\tx", "\rx", "\nx", " =1", "＝1", "\u{FEFF}=1", "=\u{301}1", "\r\n=1", "\0=1", "\u{A0}-",
        ])
    func formula(_ field: String) {
        #expect(CommaSeparated.parse(bytes([field], .guarded)) == [["'" + field]])
        #expect(CommaSeparated.parse(bytes([field], .kept)) == [[field]])
    }

    @Test("other fields stay as they are", arguments: ["a=1", "1-2", "'=1", "äöü €", "2026-10-06T12:20:00Z"])
    func plain(_ field: String) { #expect(CommaSeparated.parse(bytes([field], .guarded)) == [[field]]) }

    @Test("any text comes back, whatever the seed")
    func random() {
        let seed = UInt64.random(in: .min ... .max)
        var state = seed
        func next() -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33)
        }
        let scalars: [Unicode.Scalar] = ["a", "\"", ",", "\r", "\n", "=", " ", "'", "é", "\u{301}", "\0", "€", ";"]
        for _ in 0..<500 {
            let records = (0..<(1 + next() % 4)).map { _ in
                (0..<(2 + next() % 4)).map { _ in
                    var field = String.UnicodeScalarView()
                    for _ in 0..<(next() % 6) { field.append(scalars[next() % scalars.count]) }
                    return String(field)
                }
            }
            var written: [UInt8] = []
            for record in records { CommaSeparated.append(record, formulas: .kept, to: &written) }
            // By bytes: two texts may be equal as characters and not the same.
            let back = CommaSeparated.parse(written).map { $0.map { Array($0.utf8) } }
            #expect(back == records.map { $0.map { Array($0.utf8) } }, "seed \(seed)")
        }
    }
}
