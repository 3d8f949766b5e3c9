import Foundation
import Testing

@testable import Regulation

@Suite("Tier (Art. 7, 8; Annexes III, IV)")
struct TierTests {
    private func tier(_ answers: [String: String]) throws -> TierResult {
        var inquiry = try TierInquiry()
        var steps = 0
        while let next = inquiry.next {
            steps += 1
            try #require(steps < 60)
            let value = answers[next.id] ?? (next.id == "Q1" ? "stated" : next.id == "kind" ? "other" : "no")
            try inquiry.answer(answer(next.id, value, note: "because \(next.id)"))
        }
        return try #require(inquiry.result)
    }

    @Test("26 categories in the order Annex IV, class II, class I")
    func order() {
        #expect(Category.all.count == 26)
        #expect(
            Category.all.map(\.tier) == Array(repeating: .critical, count: 3) + Array(repeating: .importantII, count: 4)
                + Array(repeating: .importantI, count: 19))
        #expect(Category.all.allSatisfy { !$0.citations.isEmpty && !$0.questions.isEmpty && !$0.boundaries.isEmpty })
        #expect(TierHint.all.flatMap(\.look).allSatisfy { id in Category.all.contains { $0.id == id } })
    }

    @Test("each category can be reached, and every other one is considered with a reason", arguments: Category.all)
    func reachable(_ category: Category) throws {
        let result = try tier(["family:\(category.family)": "yes", category.id: "yes"])
        #expect(result.tier == category.tier && result.category == category)
        #expect(result.considered.count == 26 && result.considered.count { $0.outcome == .matched } == 1)
        #expect(result.considered.allSatisfy { !$0.reason.text.isEmpty && !$0.reason.citations.isEmpty && $0.outcome != .open })
        for rejected in ["no", "component", "exceeds", "fallsShort"] {
            let other = try tier(["family:\(category.family)": "yes", category.id: rejected])
            let considered = try #require(other.considered.first { $0.category == category.id })
            #expect(
                other.tier == .standard && considered.outcome == .rejected && considered.note == "because \(category.id)"
                    && considered.who == "Ada")
        }
        let open = try tier(["family:\(category.family)": "unknown", category.id: "unknown"])
        #expect(open.tier == nil && open.possible.contains(category.tier) && open.possible.contains(.standard))
        #expect(
            open.conclusion.verdict == .cannotTellYet && open.conclusion.missing.contains { $0.from == category.id && $0.keepsOpen }
        )
    }

    @Test("random answers always end, and every end has reasons with citations")
    func randomWalks() throws {
        var seed = UInt64.random(in: 0 ... .max)
        let first = seed
        for _ in 0..<400 {
            var inquiry = try TierInquiry()
            var steps = 0
            while let next = inquiry.next {
                steps += 1
                try #require(steps < 60, "seed \(first)")
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                try inquiry.answer(answer(next.id, next.options[Int(seed >> 33) % next.options.count].id))
            }
            let result = try #require(inquiry.result)
            checkEnd(result.conclusion, inquiry.answers)
            #expect((result.tier == nil) == (result.conclusion.verdict == .cannotTellYet), "seed \(first)")
            #expect(result.considered.count == 26 && !result.possible.isEmpty, "seed \(first)")
        }
    }

    @Test("a telecare hub is default when III-I-17 is rejected with reasons, and important when it matches")
    func telecareHub() throws {
        let home = ["kind": "telecare-hub", "family:consumer": "yes"]
        let care = try tier(home)
        #expect(care.tier == .standard)
        let considered = try #require(care.considered.first { $0.category == "III-I-17" })
        #expect(considered.outcome == .rejected && considered.note == "because III-I-17")
        #expect(care.conclusion.wouldChange.contains { $0.text.contains("point 17") })
        #expect(care.conclusion.reasons.contains { $0.mark == .interpretation })
        #expect(try tier(home.merging(["III-I-17": "yes"]) { $1 }).tier == .importantI)
        var inquiry = try TierInquiry()
        while let next = inquiry.next, next.id != "III-I-17" {
            try inquiry.answer(answer(next.id, home[next.id] ?? (next.id == "Q1" ? "stated" : "no"), note: "x"))
        }
        #expect(inquiry.next?.id == "III-I-17")
        #expect(throws: AnswerError.noteMissing(question: "III-I-17")) { try inquiry.answer(answer("III-I-17", "no", note: "  ")) }
    }

    @Test("a cellular router is important, class I, by III-I-12: today no route can be completed")
    func cellularRouter() throws {
        let result = try tier(["kind": "cellular-router", "family:network": "yes", "III-I-12": "yes"])
        #expect(result.tier == .importantI && result.category?.id == "III-I-12")
        // Only part of that description was seen in the final act, and the verdict says so.
        #expect(result.conclusion.mark == .secondary)
        let today = try #require(Day("2026-11-23"))
        let table = RouteTable(tier: .importantI, category: "III-I-12", publicFreeSoftware: false, on: today)
        #expect(table.option(.selfAssessment)?.open == .doesNotApply && table.option(.selfAssessment)?.mark == .secondary)
        #expect(table.option(.typeExamination)?.allowed == .applies && table.option(.typeExamination)?.open == .doesNotApply)
        #expect(
            table.option(.qualityAssurance)?.allowed == .applies && table.option(.qualityAssurance)?.obtainable == .doesNotApply)
    }

    @Test("an EV charger is default; the payment terminal in it does not lift it; module A is open")
    func charger() throws {
        let result = try tier(["kind": "ev-charger", "family:security-hardware": "yes", "IV-1": "component"])
        #expect(result.tier == .standard)
        #expect(result.considered.first { $0.category == "IV-1" }?.reason.text.contains("component") == true)
        let table = RouteTable(tier: .standard, category: nil, on: try #require(Day("2026-11-23")))
        #expect(table.option(.selfAssessment)?.open == .applies)
        #expect(table.option(.typeExamination)?.open == .doesNotApply)
    }
}

@Suite("Routes (Art. 32) on a day")
struct RouteTests {
    private func day(_ text: String) throws -> Day { try #require(Day(text)) }

    private func state(
        _ kind: ConformityState.Kind, from: String, to: String? = nil, categories: [String] = [], routes: [Route] = []
    ) throws -> ConformityState {
        var state = ConformityState.known
        state.entries.append(
            .init(
                id: "e", kind: kind, title: "Entry", from: try day(from), to: try to.map(day), categories: categories,
                routes: routes,
                citation: Citation("OJ C, a later one", .secondary)))
        return state
    }

    @Test("what the law allows, by tier")
    func law() throws {
        func allowed(_ tier: Tier, _ category: String?) throws -> [Verdict] {
            RouteTable(tier: tier, category: category, publicFreeSoftware: false, on: try day("2026-11-23")).options.map(\.allowed)
        }
        let yes = Verdict.applies
        let no = Verdict.doesNotApply
        #expect(try allowed(.standard, nil) == [yes, yes, yes, yes])
        #expect(try allowed(.importantI, "III-I-12") == [no, yes, yes, no])
        #expect(try allowed(.importantII, "III-II-2") == [no, yes, yes, yes])
        #expect(try allowed(.critical, "IV-3") == [no, yes, yes, yes])
    }

    @Test(
        "class I may use module A from the day a covering standard is cited, for the category that it covers, when applied in full")
    func standard() throws {
        let state = try state(.harmonisedStandard, from: "2026-12-01", to: "2027-06-30", categories: ["III-I-12"])
        func open(_ date: String, _ category: String) throws -> Verdict? {
            RouteTable(tier: .importantI, category: category, publicFreeSoftware: false, on: try day(date), state: state).option(
                .selfAssessment)?.open
        }
        #expect(try open("2026-11-30", "III-I-12") == .doesNotApply)
        #expect(try open("2026-12-01", "III-I-12") == .applies)
        #expect(try open("2026-12-01", "III-I-17") == .doesNotApply)
        #expect(try open("2027-06-30", "III-I-12") == .applies)
        // The entry has ended and nobody looked for long.
        #expect(try open("2027-07-01", "III-I-12") == .cannotTellYet)
        let table = RouteTable(tier: .importantI, category: "III-I-12", on: try day("2026-12-01"), state: state)
        #expect(table.option(.selfAssessment)?.conditions.isEmpty == false)
    }

    @Test("a notified body opens its own modules, from its day on")
    func body() throws {
        let state = try state(.notifiedBody, from: "2026-12-01", routes: [.typeExamination])
        let before = RouteTable(tier: .importantII, category: "III-II-2", on: try day("2026-11-30"), state: state)
        let after = RouteTable(tier: .importantII, category: "III-II-2", on: try day("2026-12-01"), state: state)
        #expect(before.option(.typeExamination)?.open == .doesNotApply && after.option(.typeExamination)?.open == .applies)
        #expect(after.option(.qualityAssurance)?.open == .doesNotApply)
    }

    @Test("an act under Art. 8(1) closes the other routes of a critical product")
    func requiredCertificate() throws {
        let state = try state(.requiredCertificate, from: "2026-12-01", categories: ["IV-3"])
        let table = RouteTable(tier: .critical, category: "IV-3", on: try day("2026-12-01"), state: state)
        #expect(table.option(.typeExamination)?.allowed == .doesNotApply && table.option(.certificate)?.open == .applies)
        let other = RouteTable(tier: .critical, category: "IV-1", on: try day("2026-12-01"), state: state)
        #expect(other.option(.typeExamination)?.allowed == .applies)
    }

    @Test("free software with public documentation may use module A, but not in Annex IV")
    func freeSoftware() throws {
        let today = try day("2026-11-23")
        #expect(
            RouteTable(tier: .importantII, category: "III-II-2", publicFreeSoftware: true, on: today).option(.selfAssessment)?.open
                == .applies)
        #expect(
            RouteTable(tier: .critical, category: "IV-3", publicFreeSoftware: true, on: today).option(.selfAssessment)?.open
                == .doesNotApply)
        let unknown = RouteTable(tier: .importantI, category: "III-I-2", on: today).option(.selfAssessment)
        #expect(unknown?.wouldChange.contains { $0.text.contains("Free software") } == true)
    }

    @Test("before anybody looked, and long after, an absence is not taken for granted")
    func looks() throws {
        for date in ["2026-05-01", "2027-12-11"] {
            let table = RouteTable(tier: .importantI, category: "III-I-12", publicFreeSoftware: false, on: try day(date))
            #expect(table.option(.selfAssessment)?.open == .cannotTellYet && table.option(.typeExamination)?.open == .cannotTellYet)
        }
        for route in Route.allCases { #expect(route.module != nil) }
    }
}
