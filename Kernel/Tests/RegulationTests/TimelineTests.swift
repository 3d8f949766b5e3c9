import Foundation
import Testing

@testable import Regulation

func day(_ text: String) throws -> Day { try #require(Day(text), "\(text)") }

@Suite("What applies from when, to which units (Art. 69, 71)")
struct TimelineTests {
    private func group(_ id: String, _ from: String, _ to: String, count: Int = 100, inStock: Bool = false) throws -> UnitGroup {
        UnitGroup(id: id, placedFrom: try day(from), placedTo: try day(to), count: count, inStock: inStock)
    }
    private func change(_ date: String, _ outcome: ModificationResult.Outcome, by modifier: Modifier?, whole: Bool?) throws
        -> Modification
    {
        Modification(id: "M", day: try day(date), groups: ["old"], outcome: outcome, modifier: modifier, affectsWhole: whole)
    }

    @Test("T1, T6: a unit placed before 11 December 2027 is under Article 14 only, without end")
    func old() throws {
        let timeline = try Timeline(ProductHistory(groups: [group("old", "2024-03-01", "2027-12-10")]))
        let part = try #require(timeline.groups.first)
        #expect(timeline.groups.count == 1 && part.regime == .reportingOnly && part.fullFrom == nil && part.mark == .guidance)
        #expect(part.rules == ["T1", "T6"] && part.obligations.map(\.id) == ["14"])
        #expect(part.obligations[0].from.description == "2026-09-11" && part.obligations[0].until == nil)
        #expect(timeline.support.isEmpty)
        #expect(
            try Timeline(ProductHistory(groups: [group("new", "2026-10-01", "2026-10-01")])).groups[0].obligations[0].from
                == day("2026-10-01"))
    }

    @Test("T2: placing is per unit, so a group that spans the date is cut in two, and the counts are asked for")
    func spanning() throws {
        let timeline = try Timeline(ProductHistory(groups: [group("both", "2027-01-01", "2028-06-30")]))
        #expect(timeline.groups.map(\.regime) == [.reportingOnly, .full])
        #expect(timeline.groups.map(\.placedTo.description) == ["2027-12-10", "2028-06-30"])
        #expect(timeline.groups.allSatisfy { $0.units == nil } && timeline.missing.count == 2)
        // Article 14, Annex I in two parts, and 24 paragraphs of Article 13: the Commission's power is no duty.
        #expect(timeline.groups[1].obligations.count == 27)
    }

    @Test("T3, T4, T5: stock may be sold on, versions of software keep their day, old exploitation is not reported")
    func others() throws {
        let stock = try Timeline(ProductHistory(groups: [group("old", "2027-01-01", "2027-02-01", inStock: true)]))
        #expect(stock.groups[0].rules.contains("T3"))
        let software = try Timeline(ProductHistory(kind: .standaloneSoftware, groups: [group("1.0", "2027-01-01", "2027-01-01")]))
        #expect(software.groups[0].rules.contains("T4") && software.groups[0].regime == .reportingOnly)
        #expect(stock.notes.contains { $0.text.contains("11 September 2026") })
    }

    @Test(
        "T4: a version of software is placed at its first offer, so that no date cuts it and its documents are kept from that day")
    func software() throws {
        func timeline(_ version: UnitGroup, _ changes: [Modification] = []) throws -> Timeline {
            let end = SupportDecision(
                expectedUseMonths: 60, end: try SupportEnd("2033-01"), decidedBy: "Ada", decidedOn: try day("2027-01-01"))
            return try Timeline(
                ProductHistory(kind: .standaloneSoftware, groups: [version], modifications: changes, support: end))
        }
        let old = try timeline(group("old", "2027-12-10", "2029-06-30", count: 0, inStock: true))
        #expect(old.groups.count == 1 && old.groups[0].regime == .reportingOnly && old.groups[0].rules == ["T1", "T4", "T6"])
        #expect(old.groups[0].units == nil && old.missing.isEmpty)
        #expect(old.items.contains { $0.kind == .placing && $0.text == "Version first offered" && $0.subject == "old" })
        let new = try timeline(group("2.0", "2027-12-11", "2029-06-30"))
        #expect(new.groups[0].regime == .full && new.groups[0].rules == ["T4", "T6"] && new.groups[0].mark == .guidance)
        #expect(new.items.filter { $0.kind == .retention }.allSatisfy { $0.day.description == "2037-12-11" })
        let changed = try timeline(
            group("old", "2027-01-01", "2027-01-01"), [change("2028-01-01", .substantial, by: .manufacturer, whole: true)])
        #expect(changed.groups[0].regime == .full && changed.groups[0].rules == ["T1", "M1", "M2", "M5", "M6", "T4", "T6"])
        let kept = try timeline(
            group("old", "2027-01-01", "2027-01-01"), [change("2028-01-01", .notSubstantial, by: .manufacturer, whole: nil)])
        #expect(kept.groups[0].regime == .reportingOnly && kept.groups[0].rules == ["T1", "T4", "T6"])
        #expect(old.notes.contains { $0.text.contains("CE marking") })
        let nothing = try Timeline(ProductHistory(kind: .standaloneSoftware, groups: []))
        #expect(nothing.missing.map(\.what) == ["the versions: when each was first offered"])
        #expect(try !Timeline(ProductHistory(groups: [])).notes.contains { $0.text.contains("CE marking") })
    }

    @Test("a substantial modification counts from 11 December 2027, for the whole or the part, by who made it")
    func modified() throws {
        func regime(_ change: Modification) throws -> GroupTimeline {
            try #require(
                Timeline(ProductHistory(groups: [group("old", "2026-01-01", "2026-12-31")], modifications: [change])).groups.first)
        }
        #expect(try regime(change("2027-12-10", .substantial, by: .manufacturer, whole: true)).regime == .reportingOnly)
        let part = try regime(change("2027-12-11", .substantial, by: .manufacturer, whole: false))
        #expect(part.regime == .fullForChangedPart && part.fullFrom?.description == "2027-12-11" && part.rules.contains("M2"))
        #expect(try regime(change("2028-01-01", .substantial, by: .other, whole: true)).regime == .full)
        #expect(try regime(change("2028-01-01", .substantial, by: .importerOrDistributor, whole: false)).regime == .full)
        #expect(try regime(change("2028-01-01", .substantial, by: .manufacturer, whole: nil)).missing.count == 1)
        #expect(try regime(change("2028-01-01", .notSubstantial, by: .manufacturer, whole: nil)).regime == .reportingOnly)
        #expect(try regime(change("2028-01-01", .undetermined, by: nil, whole: nil)).regime == .cannotTellYet)
        let findings = try Timeline(
            ProductHistory(
                groups: [group("old", "2026-01-01", "2026-12-31")],
                modifications: [change("2028-01-01", .substantial, by: .manufacturer, whole: true)])
        ).support
        #expect(findings.contains { $0.kind == .modificationUnassessed })
    }

    @Test("impossible histories are refused, each with its own error; a product without units names what is missing")
    func refused() throws {
        #expect(try Timeline(ProductHistory(groups: [])).missing.count == 1)
        #expect(throws: TimelineError.endsBeforeItBegins("a")) {
            try Timeline(ProductHistory(groups: [group("a", "2028-01-02", "2028-01-01")]))
        }
        #expect(throws: TimelineError.count("a")) {
            try Timeline(ProductHistory(groups: [group("a", "2028-01-01", "2028-01-01", count: -1)]))
        }
        #expect(throws: TimelineError.count("a")) {
            try Timeline(ProductHistory(groups: [group("a", "2028-01-01", "2028-01-01", count: .max)]))
        }
        #expect(throws: TimelineError.twice("a")) {
            try Timeline(ProductHistory(groups: [group("a", "2028-01-01", "2028-01-01"), group("a", "2028-01-01", "2028-01-01")]))
        }
        #expect(throws: TimelineError.unknownGroup(modification: "M", group: "old")) {
            try Timeline(ProductHistory(groups: [], modifications: [change("2028-01-01", .substantial, by: nil, whole: nil)]))
        }
        #expect(throws: TimelineError.modifiedBeforePlacing(modification: "M", group: "old")) {
            try Timeline(
                ProductHistory(
                    groups: [group("old", "2029-01-01", "2029-01-01")],
                    modifications: [change("2028-01-01", .substantial, by: nil, whole: nil)]))
        }
        for text in ["2033", "2033-13", "2033-02-30", "", "May 2033", "２０３３-05"] {
            #expect(throws: TimelineError.endDate(text)) { try SupportEnd(text) }
        }
    }
}

@Suite("Support period (Art. 13(8), (9), (13), (19))")
struct SupportTests {
    private let reasons = Dictionary(uniqueKeysWithValues: SupportCriterion.all.map { ($0.id, "looked at") })

    private func timeline(expected: Int?, end: String?, reasoning: [String: String]? = nil, updates: [IssuedUpdate] = []) throws
        -> Timeline
    {
        try Timeline(
            ProductHistory(
                groups: [UnitGroup(id: "new", placedFrom: day("2028-01-01"), placedTo: day("2028-02-29"), count: 10)],
                updates: updates,
                support: SupportDecision(
                    expectedUseMonths: expected, end: try end.map { try SupportEnd($0) }, reasoning: reasoning ?? reasons,
                    decidedBy: "Ada",
                    decidedOn: day("2027-06-01"))))
    }

    @Test("the floor is five years from the placing of the last unit")
    func floor() throws {
        // 29 February 2028 and five years: 28 February 2033, so support up to the day before is the least.
        #expect(try timeline(expected: 60, end: "2033-02-26").support.map(\.kind) == [.belowFloor])
        #expect(try timeline(expected: 60, end: "2033-02-26").support.first?.needed?.description == "2033-02-27")
        #expect(try timeline(expected: 60, end: "2033-02-27").support.isEmpty)
        #expect(try timeline(expected: 60, end: "2033-02").support.isEmpty)
    }

    @Test("a shorter expected use lowers the floor; a longer one is not settled by five years")
    func expectedUse() throws {
        #expect(try timeline(expected: 24, end: "2030-02").support.isEmpty)
        #expect(try timeline(expected: 24, end: "2030-01").support.map(\.kind) == [.belowFloor])
        let short = try timeline(expected: 120, end: "2033-03").support
        #expect(short.map(\.kind) == [.belowExpectedUse] && short.first?.needed?.description == "2038-02-27")
        #expect(try timeline(expected: nil, end: "2033-03").support.map(\.kind) == [.expectedUseMissing, .fiveByDefault])
        #expect(try timeline(expected: 60, end: "2033-03", reasoning: [:]).support.map(\.kind) == [.reasoningMissing])
        #expect(try timeline(expected: 60, end: nil).support.map(\.kind) == [.endMissing])
        #expect(try timeline(expected: 60, end: "2028-01-15").support.map(\.kind) == [.endsBeforePlacing])
        #expect(throws: TimelineError.expectedUse) { try timeline(expected: 0, end: nil) }
    }

    @Test("a declared month lasts to its last day, February and the last month there is among them")
    func monthEnds() throws {
        #expect(try SupportEnd("2032-02").lastDay.description == "2032-02-29")
        #expect(try SupportEnd("2033-02").lastDay.description == "2033-02-28")
        #expect(try SupportEnd("2199-12").lastDay.description == "2199-12-31")
        for text in ["2033-02", "2033-02-28"] {
            let data = try JSONEncoder().encode([SupportEnd(text)])
            #expect(String(decoding: data, as: UTF8.self) == "[\"\(text)\"]")
            #expect(try JSONDecoder().decode([SupportEnd].self, from: data) == [SupportEnd(text)])
        }
    }

    @Test("notices come 12, 6, 3 and 1 months ahead, marked as our choice; the list is in order")
    func notices() throws {
        let items = try timeline(expected: 120, end: "2038-03-31").items
        #expect(
            items.filter { $0.kind == .notice }.map(\.day.description) == ["2037-03-31", "2037-09-30", "2037-12-31", "2038-02-28"])
        #expect(items.filter { $0.kind == .notice }.allSatisfy { $0.reason.mark == .interpretation })
        #expect(items.map(\.day) == items.map(\.day).sorted())
        #expect(items.contains { $0.kind == .endOfSupport && $0.reason.mark == .verified })
    }

    @Test("an update stays available for ten years or the rest of support, documents likewise, whichever is longer")
    func retention() throws {
        func items(_ end: String) throws -> [DatedItem] {
            try timeline(expected: 60, end: end, updates: [.init(id: "U1", issued: day("2032-02-29"))]).items
        }
        #expect(try items("2033-03").filter { $0.kind == .updateAvailability }.map(\.day.description) == ["2042-02-28"])
        #expect(try items("2045-06").filter { $0.kind == .updateAvailability }.map(\.day.description) == ["2045-06-30"])
        #expect(try items("2033-03").filter { $0.kind == .retention }.allSatisfy { $0.day.description == "2038-02-28" })
        #expect(
            try items("2045-06").filter { $0.kind == .retention }.map(\.day.description) == [
                "2038-02-28", "2045-06-30", "2045-06-30",
            ])
    }

    @Test("far days and long histories do not trap")
    func hostile() throws {
        let last = try day("2199-12-31")
        let history = ProductHistory(
            groups: [UnitGroup(id: "\u{202E}<b>", placedFrom: last, placedTo: last, count: 1)],
            updates: [.init(id: "=cmd()", issued: last)],
            support: SupportDecision(expectedUseMonths: 1_200, end: SupportEnd(last), decidedBy: "", decidedOn: last))
        #expect(try !Timeline(history).items.isEmpty)
        let data = try JSONEncoder().encode(Timeline(history))
        #expect(try JSONDecoder().decode(Timeline.self, from: data) == Timeline(history))
    }
}
