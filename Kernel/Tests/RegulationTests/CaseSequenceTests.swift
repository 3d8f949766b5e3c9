import Foundation
import Regulation
import Testing

@Suite("Cases: every short sequence of actions")
struct CaseSequenceTests {
    /// What can be done at all in each phase. A drawn table: the code under test has none.
    private static let possible: [CasePhase: Set<String>] = [
        .signalled: ["signal", "assess", "coordinator", "note"],
        .assessing: ["signal", "coordinator", "note", "aware", "no case"],
        .notACase: ["signal", "coordinator", "note", "ask", "close", "reopen"],
        .aware: [
            "signal", "coordinator", "note", "correct awareness", "warn", "warn with all", "notify", "final", "correct submission",
            "invalidate", "measure", "correct measure", "no measure", "request", "answer", "notice", "ask", "close",
            "close leaving all",
        ],
        .closed: ["note", "reopen"],
    ]

    private func phase(after name: String, from phase: CasePhase, _ item: Case) -> CasePhase {
        switch name {
        case "assess": .assessing
        case "aware": .aware
        case "no case": .notACase
        case "close", "close leaving all": .closed
        case "reopen": item.state.aware == nil ? .assessing : .aware
        default: phase
        }
    }

    private func check(_ item: Case, _ name: String, from before: Case, _ path: String) throws {
        #expect(Self.possible[before.phase]?.contains(name) == true, "\(path)")
        #expect(item.phase == phase(after: name, from: before.phase, before), "\(path)")
        #expect(item.history.count == before.history.count + 1 && item.history.dropLast() == before.history[...], "\(path)")
        #expect(item.opening == before.opening, "nothing changes what was settled at the start: \(path)")
        #expect(try Case(replaying: item.history) == item, "\(path)")
        let stored = try CaseArchive.data(item.history)
        #expect(try Case(replaying: CaseArchive.actions(from: stored)) == item, "\(path)")
        let clocks = item.openClocks
        #expect(clocks.allSatisfy { $0.isDrill == item.isDrill } && item.records.allSatisfy { $0.isDrill == item.isDrill })
        #expect(item.phase == .aware || clocks.isEmpty, "\(path)")
        let due = clocks.compactMap(\.due)
        #expect(due == due.sorted() && clocks.prefix(due.count).allSatisfy { $0.due != nil }, "\(path)")
        #expect(item.nextDue?.due == due.first)
        // A clock or a record for each stage, never both, while the case is open.
        for stage in ReportStage.reports where item.phase == .aware {
            let isOpen = clocks.contains { $0.stage == stage }
            #expect(isOpen != item.records.contains { $0.stage == stage }, "\(stage) \(path)")
        }
    }

    @Test(
        "each action applies or is refused without a trace; replaying the history gives the same case; a drill stays one",
        arguments: CaseKind.allCases, [false, true])
    func exhaustive(kind: CaseKind, isDrill: Bool) throws {
        var level = [(try CaseSample.open(kind, drill: isDrill, twoPersons: isDrill), "")]
        var seen: Set<CaseState> = []
        var applied: Set<String> = []
        var refusals = 0
        for _ in 0..<6 {
            var next: [(Case, String)] = []
            for (item, path) in level {
                for (name, step) in CaseSample.palette(kind) {
                    // Two persons take turns, so that a drill can be closed.
                    let author = item.history.count % 2 == 0 ? "ana" : "bo"
                    var changed = item
                    do {
                        try changed.apply(CaseSample.act(step, author))
                    } catch {
                        #expect(changed == item && !error.description.isEmpty, "\(path) \(name)")
                        refusals += 1
                        continue
                    }
                    applied.insert(name)
                    if seen.insert(changed.state).inserted {
                        try check(changed, name, from: item, path + " / " + name)
                        // A second signal like the first adds nothing new to explore.
                        if changed.state.signals.count < 3 { next.append((changed, path + " / " + name)) }
                    }
                }
            }
            level = next
        }
        #expect(seen.count > 300 && refusals > 1_000, "\(seen.count) states, \(refusals) refusals")
        // Every sort of action applied somewhere, but those that this kind and this way of closing never take.
        let never: Set<String> = kind == .incident ? ["open", "measure", "correct measure", "no measure"] : ["open"]
        let expected = Set(CaseSample.palette(kind).map(\.name)).subtracting(never).subtracting(isDrill ? [] : ["ask"])
        #expect(expected.isSubset(of: applied), "\(expected.subtracting(applied))")
        #expect(applied.isDisjoint(with: never))
    }
}
