import Foundation
import Testing

@testable import Regulation

@Suite("Annex I")
struct AnnexITests {
    @Test("22 points: fourteen in Part I, eight in Part II, each with limits and with what stays with the manufacturer")
    func points() {
        let points = AnnexIPoint.all
        #expect(points.count == 22 && points.count { $0.part == 1 } == 14 && Set(points.map(\.id)).count == 22)
        #expect(
            points.allSatisfy {
                !$0.responsibility.isEmpty && !$0.cannotShow.isEmpty && !$0.evidence.isEmpty && !$0.citations.isEmpty
            })
        #expect(points.filter(\.naAllowed).map(\.applicability) == Array(repeating: .riskBased, count: 13))
        #expect(Set(points.flatMap(\.evidence).map(\.kind)) == Set(EvidenceKind.allCases))
        #expect(points.first { $0.id == "I.2.5" }?.connectivity == AnnexIPoint.Relevance.none)
    }

    private func state(
        _ point: String, _ applicability: AnnexIStatement.Applicability, text: String = "so", who: String = "Ada", at: Date = noon
    ) throws -> AnnexIStatement {
        try AnnexIStatement(point: point, applicability: applicability, statement: text, who: who, when: at)
    }

    @Test("not applicable needs a justification (Art. 13(4)) and is refused where the point always applies")
    func notApplicable() throws {
        #expect(throws: AnnexIError.alwaysApplies("Annex I, Part I, point (1)")) {
            try state("I.1.1", .notApplicable(justification: "no"))
        }
        #expect(throws: AnnexIError.alwaysApplies("Annex I, Part II, point (3)")) {
            try state("I.2.3", .notApplicable(justification: "no"))
        }
        #expect(throws: AnnexIError.justificationMissing("Annex I, Part I, point (2)(m)")) {
            try state("I.1.2.m", .notApplicable(justification: " \t"))
        }
        #expect(throws: AnnexIError.unknownPoint("I.9")) { try state("I.9", .applicable) }
        #expect(throws: AnnexIError.self) { try state("I.1.1", .applicable, who: "") }
        #expect(throws: AnnexIError.self) { try state("I.1.1", .applicable, text: String(repeating: "x", count: 20_001)) }
        let good = try state("I.1.2.m", .notApplicable(justification: "It stores nothing."))
        let data = try JSONEncoder().encode(good)
        #expect(try JSONDecoder().decode(AnnexIStatement.self, from: data) == good)
        let forged = Data(String(decoding: data, as: UTF8.self).replacingOccurrences(of: "I.1.2.m", with: "I.1.1").utf8)
        #expect(throws: AnnexIError.self) { try JSONDecoder().decode(AnnexIStatement.self, from: forged) }
    }

    @Test("the table joins statements and evidence, and says what is missing and what it is not")
    func table() throws {
        let old = try state("I.1.2.h", .applicable, text: "old", at: noon)
        let new = try state("I.1.2.h", .applicable, text: "new", at: noon + 60)
        let empty = try state("I.1.2.c", .applicable, text: " ")
        let reach = EvidenceSummary(kind: .reach, figure: "97.2 % within 24 h", age: 60, count: 12)
        let none = EvidenceSummary(kind: .drills, figure: "none", age: nil, count: 0)
        let table = AnnexITable(statements: [new, old, empty], evidence: [reach, none])
        let row = try #require(table.rows.first { $0.point.id == "I.1.2.h" })
        #expect(table.rows.count == 22 && row.statement?.statement == "new" && row.missing.isEmpty)
        #expect(row.evidence.first { $0.kind == .reach }?.held == reach && row.evidence.first { $0.kind == .drills }?.held == nil)
        #expect(row.mark == .verified && row.connectivityMark == .interpretation)
        #expect(table.rows.count { !$0.missing.isEmpty } == 21)
        #expect(table.notes.contains { $0.text.contains("no remote data processing") })
    }
}
