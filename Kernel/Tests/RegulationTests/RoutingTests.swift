import Foundation
import Regulation
import Testing

@Suite("The coordinator CSIRT (Art. 14(7))")
struct RoutingTests {
    private typealias Topic = CoordinatorRouting.Topic
    private typealias Answer = CoordinatorRouting.Answer

    private func routed(_ answers: [(Topic, Answer)]) throws -> CoordinatorRouting.Decision {
        var routing = CoordinatorRouting()
        for (topic, answer) in answers {
            #expect(routing.decision.next?.id == topic)
            try routing.answer(topic, answer)
        }
        return routing.decision
    }

    private func state(_ code: String) -> Answer { .memberState(code: code) }

    @Test("each place in the order of the Article decides when those before it are missing")
    func order() throws {
        #expect(try routed([(.establishment, .yes), (.decisions, state("DE"))]).coordinator?.csirt == "CERT-Bund (BSI)")
        #expect(
            try routed([(.establishment, .yes), (.decisions, Answer.none), (.employees, state("PL"))]).coordinator?.memberState
                == "PL")
        #expect(try routed([(.establishment, .no), (.representative, state("IE"))]).coordinator?.memberState == "IE")
        let chain: [(Topic, Answer)] = [(.establishment, .no), (.representative, Answer.none)]
        #expect(try routed(chain + [(.importer, state("NL"))]).coordinator?.memberState == "NL")
        let further = chain + [(.importer, Answer.none)]
        #expect(try routed(further + [(.distributor, state("FR"))]).coordinator?.memberState == "FR")
        let last = try routed(further + [(.distributor, Answer.none), (.users, state("el"))])
        #expect(last.coordinator?.memberState == "GR" && last.steps.count == 5)
        #expect(last.steps.allSatisfy { !$0.reason.citations.isEmpty && $0.reason.mark == .verified })
        #expect(last.notes.contains { $0.mark == .secondary && $0.citations.contains { $0.place.contains("2026-09-10") } })
    }

    @Test("without an answer it asks; without any Member State it says that it is open")
    func open() throws {
        #expect(CoordinatorRouting().decision.next?.id == .establishment)
        let lost = try routed([(.establishment, .yes), (.decisions, Answer.none), (.employees, Answer.none)])
        #expect(lost.isUndetermined && lost.notes.first?.mark == .interpretation)
    }

    @Test("answers of another form are refused")
    func refused() throws {
        var routing = CoordinatorRouting()
        #expect(throws: CoordinatorRouting.Failure.wrongForm(.establishment)) { try routing.answer(.establishment, state("DE")) }
        #expect(throws: CoordinatorRouting.Failure.wrongForm(.users)) { try routing.answer(.users, .yes) }
        #expect(throws: CoordinatorRouting.Failure.unknownMemberState("CH")) { try routing.answer(.users, state("CH")) }
        #expect(routing.answers.isEmpty)
    }

    @Test("27 Member States, each once, each with a zone that exists; answers keep through JSON")
    func list() throws {
        let list = Coordinator.list
        #expect(list.coordinators.count == 27 && Set(list.coordinators.map(\.memberState)).count == 27)
        for coordinator in list.coordinators { #expect((try? LocalClock(zone: coordinator.zone)) != nil, "\(coordinator.zone)") }
        #expect(list.mark == .secondary && Set(CoordinatorRouting.questions.map(\.id)) == Set(Topic.allCases))
        var routing = CoordinatorRouting()
        try routing.answer(.establishment, .yes)
        try routing.answer(.decisions, state("SE"))
        #expect(try JSONDecoder().decode(CoordinatorRouting.self, from: JSONEncoder().encode(routing)) == routing)
    }
}
