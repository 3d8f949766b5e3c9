import Foundation
import Testing

@testable import Regulation

@Suite("Scope (Art. 2, 3)")
struct ScopeTests {
    private func scope(_ answers: [String: String], otherwise: String = "no") throws -> ScopeResult {
        var inquiry = try ScopeInquiry().inquiry
        try fill(&inquiry, answers) { $0.kind == .choice ? $0.options[0].id : otherwise }
        return ScopeResult(try #require(inquiry.end))
    }
    private let telecare = [
        "S1": "hardware", "S2": "yes", "S3": "yes", "S3a": "yes", "S4": "no", "D1": "yes", "D2": "yes", "D3": "yes",
        "R1": "manufacturer",
    ]

    @Test("every path ends, with reasons that have citations")
    func walks() throws {
        // Near an exclusion each of eight questions is asked: that branch is walked on its own below.
        var ends: [Verdict: Int] = [:]
        var pending = [try ScopeInquiry().inquiry]
        while let inquiry = pending.popLast() {
            if let end = inquiry.end {
                checkEnd(end, inquiry.answers)
                ends[end.verdict, default: 0] += 1
                continue
            }
            let next = try #require(inquiry.next)
            for option in next.options where next.id != "S4" || option.id == "no" {
                var copy = inquiry
                try copy.answer(answer(next.id, option.id))
                pending.append(copy)
            }
        }
        #expect(Verdict.allCases.allSatisfy { ends[$0, default: 0] > 10 }, "\(ends)")
        var near = try ScopeInquiry()
        for (id, value) in [("S1", "hardware"), ("S2", "yes"), ("S3", "yes"), ("S3a", "yes"), ("S4", "yes")] {
            try near.answer(answer(id, value))
        }
        let count = try walkAll(near.inquiry, limit: 40_000, checkEnd)
        #expect(count > 500 && count < 40_000, "the walk was cut short: \(count)")
    }

    @Test("each exclusion X1 to X8 takes a product out, and is rejected on record otherwise", arguments: Exclusion.all)
    func exclusions(_ exclusion: Exclusion) throws {
        let out = try scope(telecare.merging(["S4": "yes", exclusion.id: "yes"]) { _, new in new })
        #expect(out.outcome == .out && out.conclusion.findings["exclusion"] == exclusion.id)
        #expect(out.conclusion.mark == (exclusion.citations.map(\.mark).min()))
        let rejected = try scope(telecare.merging(["S4": "yes"]) { _, new in new })
        #expect(rejected.outcome == .inScope)
        #expect(rejected.conclusion.reasons.contains { $0.text.contains(exclusion.text) })
        let open = try scope(telecare.merging(["S4": "yes", exclusion.id: "unknown"]) { _, new in new })
        #expect(open.outcome == .undetermined)
    }

    @Test("a telecare hub with its own cloud is in, and the cloud is part of it")
    func telecareHub() throws {
        let result = try scope(telecare)
        #expect(result.outcome == .inScope && result.role == .manufacturer && result.remoteDataProcessing == true)
        #expect(Exclusion.all.count == 8)
    }

    @Test("roles: own brand makes a manufacturer, a distributor stays one, a steward has its own duties")
    func roles() throws {
        #expect(try scope(telecare.merging(["R1": "importer", "R2": "yes"]) { $1 }).role == .ownBrandOrModifier)
        #expect(try scope(telecare.merging(["R1": "importer", "R2": "no"]) { $1 }).role == .importer)
        #expect(try scope(telecare.merging(["R1": "distributor", "R3": "no"]) { $1 }).role == .distributor)
        let steward = try scope(["S1": "software", "S2": "yes", "S3": "yes", "S5": "yes", "S5a": "no", "S5b": "yes"])
        #expect(steward.outcome == .inScope && steward.role == .steward)
        #expect(EconomicRole.allCases.allSatisfy { $0.description != nil })
        let hobby = try scope(["S1": "software", "S2": "yes", "S3": "yes", "S5": "yes", "S5a": "no", "S5b": "no"])
        #expect(hobby.outcome == .out)
    }

    @Test("a service that only a browser reaches is out by guidance, and shown as no more than that")
    func service() throws {
        let result = try scope(["S1": "service", "S6": "no"])
        #expect(result.outcome == .out && result.conclusion.mark == .guidance)
    }

    @Test("what nobody knows keeps the verdict open and is named; one sure exclusion closes it")
    func unknown() throws {
        let open = try scope(telecare.merging(["S2": "unknown"]) { $1 })
        #expect(open.outcome == .undetermined && open.conclusion.missing.contains { $0.from == "S2" && $0.keepsOpen })
        let out = try scope(telecare.merging(["S2": "unknown", "S4": "yes", "X1": "yes"]) { $1 })
        #expect(out.outcome == .out && !out.conclusion.missing.contains(where: \.keepsOpen))
    }

    @Test("answers that cannot be taken are refused, each with its own error")
    func refused() throws {
        var inquiry = try ScopeInquiry()
        #expect(throws: AnswerError.unknownQuestion("S99")) { try inquiry.answer(answer("S99", "yes")) }
        #expect(throws: AnswerError.self) { try inquiry.answer(answer("S1", "yes")) }
        #expect(throws: AnswerError.notAsked(question: "S2", next: "S1")) { try inquiry.answer(answer("S2", "yes")) }
        #expect(throws: AnswerError.authorMissing(question: "S1")) { try inquiry.answer(answer("S1", "hardware", who: " \n")) }
        #expect(throws: AnswerError.tooLong(question: "S1", limit: Inquiry.maximumText)) {
            try inquiry.answer(answer("S1", "hardware", note: String(repeating: "é", count: 9_000)))
        }
        #expect(throws: AnswerError.tooMany(limit: 500)) {
            try ScopeInquiry(answers: Array(repeating: answer("S1", "hardware"), count: 501))
        }
        for hostile in ["<script>alert(1)</script>", "\u{202E}'; DROP TABLE", "\0", String(repeating: "x", count: 100_000)] {
            #expect(throws: AnswerError.self) { try ScopeInquiry(answers: [answer(hostile, "yes")]) }
            #expect(throws: AnswerError.self) { try ScopeInquiry(answers: [answer("S2", hostile)]) }
        }
        #expect(inquiry.answers.isEmpty && inquiry.next?.id == "S1")
    }

    @Test("another answer to an earlier question drops what no longer follows, and stored answers give the same state again")
    func changed() throws {
        var inquiry = try ScopeInquiry()
        for (id, value) in [("S1", "software"), ("S2", "yes"), ("S3", "yes"), ("S5", "yes"), ("S5a", "no")] {
            try inquiry.answer(answer(id, value))
        }
        let dropped = try inquiry.answer(answer("S1", "hardware"))
        #expect(dropped.map(\.question) == ["S5", "S5a"])
        #expect(inquiry.next?.id == "S3a" && inquiry.answers.map(\.question) == ["S1", "S2", "S3"])
        let again = try ScopeInquiry(answers: inquiry.answers)
        #expect(again.answers == inquiry.answers && again.next == inquiry.next)
        let data = try JSONEncoder().encode(inquiry.answers)
        #expect(try JSONDecoder().decode([Answer].self, from: data) == inquiry.answers)
    }
}

@Suite("Substantial modification (Art. 3(30))")
struct ModificationInquiryTests {
    private func screen(_ answers: [String: String]) throws -> ModificationResult {
        var inquiry = try ModificationInquiry().inquiry
        try fill(&inquiry, answers) { $0.kind == .choice ? $0.options[0].id : "no" }
        return ModificationResult(try #require(inquiry.end))
    }

    @Test("every path ends, with reasons that have citations")
    func walks() throws {
        var outcomes: Set<Verdict> = []
        let count = try walkAll(try ModificationInquiry().inquiry, limit: 100_000) { end, answers in
            checkEnd(end, answers)
            outcomes.insert(end.verdict)
        }
        #expect(count > 100 && outcomes.count == 3)
    }

    @Test("a changed purpose is one; a foreseen fail-over is none; an interface that nobody assessed is one")
    func cases() throws {
        #expect(try screen(["M2": "yes", "M3": "yes"]).outcome == .substantial)
        let foreseen = try screen(["M2": "yes", "M3": "no", "M4": "yes", "M5": "yes"])
        #expect(foreseen.outcome == .notSubstantial)
        let interface = try screen(["M1": "other", "M2": "yes", "M3": "no", "M4": "yes", "M5": "no", "M8": "yes", "M9": "after"])
        #expect(interface.outcome == .substantial && interface.modifier == .other && interface.affectsWhole == true)
        let patch = try screen(["M2": "yes", "M3": "no", "M4": "no", "M6": "yes"])
        #expect(patch.outcome == .notSubstantial && patch.conclusion.mark < .verified)
    }

    @Test("a foreseen risk does not settle a purpose that nobody knows")
    func purposeUnknown() throws {
        #expect(try screen(["M2": "yes", "M3": "unknown", "M4": "yes", "M5": "yes"]).outcome == .undetermined)
        #expect(try screen(["M2": "no"]).outcome == .notSubstantial)
    }
}
