import Foundation
import Regulation
import Testing

@Suite("Drafts of reports")
struct ReportDraftTests {
    private func warning(_ kind: CaseKind) throws -> ReportDraft {
        var draft = ReportDraft(kind: kind, stage: .earlyWarning)
        for (number, value) in [
            ("2", "Router web server"), ("3", "Remote code"), ("4", "Hyper"), ("5", "DE, FR"), ("6", "R1"), ("7", "1.2"),
        ] {
            try draft.set(number, to: value)
        }
        return draft
    }

    @Test("only an incident's early warning asks for malicious intent")
    func intent() throws {
        var vulnerability = try warning(.vulnerability)
        #expect(vulnerability.completeness().missingElements.isEmpty)
        #expect(vulnerability.completeness().missingFields.map(\.number) == ["v26"])
        #expect(throws: ReportDraft.Failure.noSuchField("i31")) { try vulnerability.set("i31", to: "Yes") }
        var incident = try warning(.incident)
        #expect(incident.completeness().missingElements.map(\.id) == ["SI-24-1"])
        try incident.set("i31", to: "Perhaps")
        #expect(incident.completeness().invalid.map(\.field.number) == ["i31"])
        try incident.set("i31", to: "Unknown")
        try incident.set("i37", to: "2026-11-03T10:00:00Z")
        #expect(incident.completeness().isComplete)
    }

    @Test("the law goes before the form: what the form calls optional is still asked for")
    func law() throws {
        var draft = try ReportDraft(kind: .vulnerability, stage: .notification, carrying: warning(.vulnerability))
        let before = draft.completeness()
        #expect(before.missingElements.map(\.id) == ["AEV-72-2", "AEV-72-3", "AEV-72-4", "AEV-72-5", "AEV-72-6"])
        let measures = try #require(before.fields.first { $0.field.number == "16" })
        #expect(measures.status == .optional && measures.elements == ["AEV-72-4"] && measures.problem == nil)
        try draft.set("v21", to: "A parser overflows; exploited over HTTP")
        try draft.state("AEV-72-4", .unknown(text: "being tested"))
        try draft.state("AEV-72-5", .notApplicable(text: "users cannot change it"))
        try draft.state("AEV-72-6", .notApplicable(text: "public already"))
        #expect(draft.completeness().missingElements.isEmpty)
        #expect(throws: ReportDraft.Failure.emptyStatement) { try draft.state("AEV-72-6", .unknown(text: " ")) }
        #expect(throws: ReportDraft.Failure.noSuchElement("AEV-24-1")) { try draft.state("AEV-24-1", nil) }
        #expect(throws: ReportDraft.Failure.carriedOver("2")) { try draft.set("2", to: "Another title") }
        #expect(throws: ReportDraft.Failure.notAsked("v30", .userNotice)) {
            var notice = ReportDraft(kind: .vulnerability, stage: .userNotice)
            try notice.set("v30", to: "x")
        }
    }

    @Test("the final reports differ: a fix for a vulnerability, a cause and mitigation for an incident")
    func final() throws {
        func missing(_ kind: CaseKind) -> [String] {
            ReportDraft(kind: kind, stage: .finalReport).completeness().missingElements.map(\.id)
        }
        #expect(missing(.vulnerability) == ["AEV-FR-1", "AEV-FR-2", "AEV-FR-3", "AEV-FR-4", "AEV-FR-5"])
        #expect(missing(.incident) == ["SI-FR-1", "SI-FR-2", "SI-FR-3", "SI-FR-4", "SI-FR-5"])
        var draft = ReportDraft(kind: .vulnerability, stage: .finalReport)
        #expect(throws: ReportDraft.Failure.cannotBeStated("AEV-FR-2")) { try draft.state("AEV-FR-2", .unknown(text: "later")) }
        try draft.state("AEV-FR-4", .unknown(text: "no trace of the actor"))
        #expect(!draft.completeness().missingElements.map(\.id).contains("AEV-FR-4"))
        try draft.set("v22", to: "2026-11-07T08:00:00+01:00")
        #expect(draft.completeness().invalid.map(\.field.number) == ["v22"], "the form takes UTC")
    }

    @Test("the counter counts as strictly as any form may, and what is too long is kept and said")
    func counter() throws {
        #expect(PlatformForm.length(of: "abc") == 3 && PlatformForm.length(of: "") == 0)
        #expect(
            PlatformForm.length(of: "a\nb") == 4 && PlatformForm.length(of: "a\r\nb") == 4 && PlatformForm.length(of: "\r\r") == 4)
        #expect(PlatformForm.length(of: "é") == 1 && PlatformForm.length(of: "e\u{301}") == 2 && PlatformForm.length(of: "🔥") == 2)
        var draft = ReportDraft(kind: .incident, stage: .earlyWarning)
        try draft.set("2", to: String(repeating: "x", count: 255))
        func title() throws -> ReportCompleteness.FieldState {
            try #require(draft.completeness().fields.first { $0.field.number == "2" })
        }
        #expect(try title().remaining == 0 && title().problem == nil)
        try draft.set("2", to: String(repeating: "x", count: 253) + "\n🔥")
        #expect(try title().remaining == -2 && title().problem == .tooLong)
        #expect(throws: ReportDraft.Failure.tooLong(limit: 32_000)) {
            try draft.set("2", to: String(repeating: "x", count: 32_001))
        }
        try draft.set("5", to: "DE,FR,DE")
        #expect(draft.completeness().invalid.map(\.field.number) == ["5"])
    }

    @Test("a drill says so on every text that leaves it, also when carried over")
    func drill() throws {
        let first = ReportDraft(kind: .incident, stage: .earlyWarning, isDrill: true)
        let second = try ReportDraft(kind: .incident, stage: .finalReport, carrying: first)
        for draft in [first, second] { #expect(draft.text().hasPrefix("DRILL - do not submit\n")) }
        #expect(!ReportDraft(kind: .incident, stage: .earlyWarning).text().contains("DRILL"))
        #expect(throws: ReportDraft.Failure.notEarlier) { try ReportDraft(kind: .incident, stage: .earlyWarning, carrying: second) }
        #expect(throws: ReportDraft.Failure.otherKind) {
            try ReportDraft(kind: .vulnerability, stage: .finalReport, carrying: first)
        }
    }

    @Test("the built-in facts hold together: fields exist and are asked for, every stage has elements with citations")
    func facts() throws {
        let (law, form) = (Article14.facts, PlatformForm.current)
        #expect(form.fields.count == 42 && form.mark == .secondary && form.asOf == Day("2026-10-01"))
        #expect(Set(form.fields.map(\.number)).count == 42)
        for kind in CaseKind.allCases {
            #expect(law.trigger(of: kind) != nil)
            for stage in ReportStage.allCases {
                let content = try #require(law.content(of: stage, for: kind))
                #expect(!content.elements.isEmpty && Set(content.elements.map(\.id)).count == content.elements.count)
                for element in content.elements {
                    #expect(!element.citations.isEmpty)
                    for number in (element.fields ?? []) + (element.helpful ?? []) {
                        let field = try #require(form.fields(for: kind).first { $0.number == number }, "\(element.id) \(number)")
                        #expect(field.status(at: stage) != .notAsked, "\(element.id) \(number)")
                    }
                }
            }
        }
        for point in ["K1", "K2", "K3", "K4", "K5"] {
            #expect(law.contested(point).citations.contains { $0.mark == .interpretation })
        }
    }
}
