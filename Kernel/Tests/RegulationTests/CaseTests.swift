import Foundation
import Regulation
import Testing

@Suite("Cases")
struct CaseTests {
    private func at(_ text: String) -> Date { CaseSample.instant(text) }

    private func refusal(_ body: () throws -> Void) -> CaseError? {
        do {
            try body()
            return nil
        } catch { return error as? CaseError }
    }

    @Test("a vulnerability from signal to closing: each clock stops when its report goes in")
    func vulnerability() throws {
        var item = try CaseSample.awareCase()
        #expect(item.openClocks.map(\.stage) == [.earlyWarning, .notification, .finalReport, .userNotice])
        #expect(item.openClocks.map(\.due) == [at("2026-11-04T10:00:00Z"), at("2026-11-06T10:00:00Z"), nil, nil])
        #expect(item.overdue(at: at("2026-11-04T10:00:00Z")).isEmpty)
        #expect(item.overdue(at: at("2026-11-04T10:00:01Z")).map(\.stage) == [.earlyWarning])
        try item.apply(CaseSample.act(CaseSample.submitted(.earlyWarning, "2026-11-04T10:00:01Z")))
        #expect(item.records.map(\.isLate) == [true])
        #expect(item.nextDue?.stage == .notification)
        try item.apply(CaseSample.act(CaseSample.submitted(.notification, "2026-11-05T08:00:00Z")))
        let early = CaseSample.act(CaseSample.submitted(.finalReport, "2026-11-20T08:00:00Z"))
        #expect(refusal { try item.apply(early) } == .notRecorded(.measure))
        try item.apply(CaseSample.act(.recordMeasure(availableAt: at("2026-11-07T08:00:00Z"))))
        #expect(item.nextDue?.due == at("2026-11-21T08:00:00Z"))
        try item.apply(CaseSample.act(.correctMeasure(availableAt: at("2026-11-06T08:00:00Z"))))
        #expect(item.nextDue?.due == at("2026-11-20T08:00:00Z"))
        try item.apply(early)
        #expect(refusal { try item.apply(CaseSample.act(.close(leaving: []))) } == .outstanding([.userNotice]))
        try item.apply(CaseSample.act(.recordUserNotice(notice: CaseSample.notice)))
        try item.apply(CaseSample.act(.close(leaving: [])))
        #expect(item.phase == .closed && item.records.map(\.isLate) == [true, false, false, false])
        #expect(item.history.count == 10, "the first date of the measure is still there")
    }

    @Test("an incident's month runs from submission, also when the early warning held all of the notification")
    func incident() throws {
        var item = try CaseSample.awareCase(.incident)
        let provisional = item.openClocks.first { $0.stage == .finalReport }
        #expect(provisional?.isProvisional == true && provisional?.due == at("2026-12-06T10:00:00Z"))
        #expect(
            refusal { try item.apply(CaseSample.act(.recordMeasure(availableAt: at("2026-11-07T08:00:00Z")))) }
                == .clock(.measureOfIncident))
        try item.apply(
            CaseSample.act(CaseSample.submitted(.earlyWarning, "2026-11-04T08:00:00Z", covers: [.notification])))
        #expect(item.records.map(\.coveredBy) == [nil, .earlyWarning])
        #expect(item.nextDue?.due == at("2026-12-04T08:00:00Z") && item.nextDue?.isProvisional == false)
        let correction = CaseSubmission(stage: .earlyWarning, at: at("2026-11-04T08:00:00Z"), reference: "SRP-1")
        try item.apply(CaseSample.act(.correctSubmission(submission: correction)))
        #expect(item.nextDue?.stage == .notification)
    }

    @Test("an incident is reportable only when it is severe")
    func severe() throws {
        var item = try CaseSample.open(.incident, [.startAssessment])
        let since = at("2026-11-03T10:00:00Z")
        func decide(_ criteria: [String]) -> CaseAction {
            CaseSample.act(.declareAware(decision: AwareDecision(since: since, evidence: "logs", criteria: criteria)))
        }
        #expect(refusal { try item.apply(decide(["SI-T1"])) } == .notSevere)
        #expect(refusal { try item.apply(decide(["AEV-T1", "SI-5a"])) } == .unknownCriterion("AEV-T1"))
        try item.apply(decide(["SI-5a"]))
    }

    @Test("what was known before 11 September 2026 starts no clock, and the record is kept")
    func retroactive() throws {
        var opening = CaseSample.opening()
        opening.signal.receivedAt = at("2026-09-01T08:00:00Z")
        var item = try Case(opening: CaseSample.act(.open(opening: opening)))
        try item.apply(CaseSample.act(.startAssessment))
        try item.apply(CaseSample.act(CaseSample.aware(.vulnerability, "2026-09-10T13:00:00Z")))
        #expect(item.openClocks.isEmpty && item.deadlines?.reportability.isReportable == false)
        try item.apply(CaseSample.act(.close(leaving: [])))
    }

    @Test("the CSIRT's request has its own clock")
    func request() throws {
        var item = try CaseSample.awareCase()
        let ask = CaseSample.act(.recordRequest(request: CaseSample.request))
        #expect(refusal { try item.apply(ask) } == .stageBefore(.intermediateReport, missing: .earlyWarning))
        try item.apply(CaseSample.act(CaseSample.submitted(.earlyWarning, "2026-11-04T08:00:00Z")))
        try item.apply(ask)
        let clock = item.openClocks.first { $0.stage == .intermediateReport }
        #expect(clock?.request == 1 && clock?.due == at("2026-11-10T12:00:00Z"))
        func answer(_ number: Int) -> CaseAction {
            CaseSample.act(.answerRequest(number: number, submittedAt: at("2026-11-09T08:00:00Z"), reference: "SRP-3"))
        }
        for number in [0, 2, .min, .max] { #expect(refusal { try item.apply(answer(number)) } == .notRecorded(.request)) }
        try item.apply(answer(1))
        #expect(refusal { try item.apply(answer(1)) } == .alreadyRecorded(.submission))
        #expect(!item.openClocks.contains { $0.stage == .intermediateReport })
    }

    @Test("two persons close, where that was settled; anything new withdraws the asking")
    func twoPersons() throws {
        var item = try CaseSample.open(twoPersons: true, [.startAssessment, .declareNoCase(evidence: "not in our build")])
        #expect(refusal { try item.apply(CaseSample.act(.close(leaving: []))) } != nil)
        try item.apply(CaseSample.act(.askToClose, "Ana  Ruiz"))
        #expect(refusal { try item.apply(CaseSample.act(.close(leaving: []), " ana ruiz")) } == .samePerson)
        try item.apply(CaseSample.act(.note(text: "looks right"), "bo"))
        #expect(item.state.closingAskedBy == "Ana  Ruiz")
        try item.apply(CaseSample.act(.logSignal(signal: CaseSample.opening().signal)))
        #expect(item.state.closingAskedBy == nil)
        try item.apply(CaseSample.act(.askToClose))
        try item.apply(CaseSample.act(.close(leaving: []), "bo"))
        #expect(item.phase == .closed)
        try item.apply(CaseSample.act(.reopen))
        #expect(item.phase == .assessing)
    }

    @Test("what cannot have happened is refused")
    func impossible() throws {
        let item = try CaseSample.awareCase()
        func refused(_ step: CaseStep, at now: Date = CaseSample.entered) -> CaseError? {
            refusal {
                var copy = item
                try copy.apply(CaseSample.act(step, at: now))
            }
        }
        #expect(refused(CaseSample.submitted(.earlyWarning, "2026-11-03T09:59:59Z")) == .before(.submission, than: .awareness))
        #expect(refused(CaseSample.submitted(.earlyWarning, "2027-11-03T09:59:59Z")) == .inFuture(.submission))
        #expect(
            refused(CaseSample.submitted(.notification, "2026-11-05T08:00:00Z"))
                == .stageBefore(.notification, missing: .earlyWarning))
        #expect(refused(CaseSample.submitted(.userNotice, "2026-11-05T08:00:00Z")) == .notAStage(.userNotice))
        #expect(
            refused(CaseSample.submitted(.earlyWarning, "2026-11-05T08:00:00Z", covers: [.finalReport])) == .notAStage(.finalReport)
        )
        #expect(refused(.recordMeasure(availableAt: Date(timeIntervalSince1970: .nan))) == .outOfRange(.measure))
        #expect(refused(.recordMeasure(availableAt: at("2027-02-01T00:00:00Z"))) == .inFuture(.measure))
        #expect(refused(.correctAwareness(since: at("2026-11-03T07:59:59Z"))) == .before(.awareness, than: .signal))
        #expect(refused(.note(text: "  ")) == .empty(.text))
        #expect(refused(.note(text: String(repeating: "x", count: 16_001))) == .tooLong(.text, limit: 16_000))
        #expect(refused(.note(text: "x"), at: Date(timeIntervalSince1970: 1e18)) == .outOfRange(.entry))
        var warned = item
        try warned.apply(CaseSample.act(CaseSample.submitted(.earlyWarning, "2026-11-04T08:00:00Z")))
        #expect(
            refusal { try warned.apply(CaseSample.act(.correctAwareness(since: at("2026-11-04T09:00:00Z")))) }
                == .before(.submission, than: .awareness))
        #expect(
            refusal { try warned.apply(CaseSample.act(CaseSample.submitted(.notification, "2026-11-04T07:00:00Z"))) }
                == .stagesOutOfOrder(.notification, before: .earlyWarning))
    }

    @Test("a case needs a product, a number, a zone and a country that exist")
    func opening() throws {
        func refused(_ change: (inout CaseOpening) -> Void) -> CaseError? {
            var opening = CaseSample.opening()
            change(&opening)
            return refusal { _ = try Case(opening: CaseSample.act(.open(opening: opening))) }
        }
        #expect(refused { $0.products = [] } == .noProduct)
        #expect(
            refused { $0.products = Array(repeating: AffectedProduct(product: "a"), count: 201) } == .tooMany(.products, limit: 200)
        )
        #expect(refused { $0.products[0].product = "" } == .empty(.product))
        for bad in ["", "a b", "a\r\nX", "é", String(repeating: "a", count: 65)] {
            #expect(refused { $0.identifier = bad } == .badIdentifier)
        }
        #expect(refused { $0.title = "a\nb" } == .notOneLine(.title))
        #expect(refused { $0.zone = "Mars/Base" } == .clock(.unknownZone("Mars/Base")))
        #expect(refused { $0.country = "XX" } == .clock(.unknownCountry("XX")))
        #expect(refused { $0.signal.receivedAt = at("2027-01-05T09:00:00Z") } == .inFuture(.signal))
        #expect(refusal { _ = try Case(opening: CaseSample.act(.startAssessment)) } == .notOpened)
        #expect(refusal { _ = try Case(replaying: []) } == .notOpened)
    }

    @Test("a clock that was set back loses nothing: the entry is taken, and a remark says so")
    func clockSetBack() throws {
        var item = try CaseSample.awareCase()
        let hourEarlier = CaseSample.entered - 3_600
        try item.apply(CaseSample.act(CaseSample.submitted(.earlyWarning, "2027-01-04T08:59:00Z"), at: hourEarlier))
        #expect(item.state.remarks.map(\.action) == [3])
        #expect(item.records.first?.at == at("2027-01-04T08:59:00Z"))
        #expect(try Case(replaying: item.history) == item)
    }

    @Test("fractions of a second are dropped before anything is decided, so that what is stored gives the same case")
    func fractions() throws {
        var item = try CaseSample.awareCase()
        let warning = CaseSubmission(stage: .earlyWarning, at: at("2026-11-04T10:00:00Z") + 0.75, reference: "SRP-1")
        try item.apply(CaseSample.act(.recordSubmission(submission: warning), at: CaseSample.entered + 0.25))
        #expect(item.records.first?.isLate == false)
        let stored = try CaseArchive.data(item.history)
        #expect(try Case(replaying: CaseArchive.actions(from: stored)) == item)
        #expect(String(decoding: stored, as: UTF8.self).contains("2026-11-04T10:00:00Z"))
    }

    @Test("a history is bounded in actions and in text, and what is within the bounds is read back")
    func bounded() throws {
        var item = try CaseSample.open()
        let note = CaseSample.act(.note(text: String(repeating: "\u{1}", count: 16_000)))
        var taken = 0
        let error = refusal { for _ in 0..<600 { try item.apply(note); taken += 1 } }
        #expect(error == .tooLarge(limit: 8 << 20) && taken == 523)
        let stored = try CaseArchive.data(item.history)
        #expect(stored.count <= CaseArchive.largest)
        #expect(try CaseArchive.actions(from: stored) == item.history)
        var long = try CaseSample.open()
        for _ in 1..<Case.Limits.actions { try long.apply(CaseSample.act(.note(text: "x"))) }
        #expect(refusal { try long.apply(CaseSample.act(.note(text: "x"))) } == .tooMany(.actions, limit: 5_000))
    }

    @Test("stored actions that were cut or altered are refused, never taken for something else")
    func stored() throws {
        let item = try CaseSample.awareCase(.vulnerability, [CaseSample.submitted(.earlyWarning, "2026-11-04T08:00:00Z")])
        let stored = try CaseArchive.data(item.history)
        for length in stride(from: 0, to: stored.count, by: 7) {
            #expect(throws: CaseError.self) { try CaseArchive.actions(from: stored.prefix(length)) }
        }
        #expect(throws: CaseError.self) { try Case(replaying: Array(item.history.dropFirst())) }
        #expect(throws: (any Error).self) { try Case(replaying: item.history + [item.history[0]]) }
        let coded = try JSONEncoder().encode(item)
        #expect(try JSONDecoder().decode(Case.self, from: coded) == item)
    }
}
