import Foundation
import Testing

@testable import Regulation

@Suite("Documents (Annexes II, V, VI, VII)")
struct DocumentTests {
    @Test("from nothing, every fact is listed as missing with the place it comes from", arguments: RegulatoryDocument.Kind.allCases)
    func empty(_ kind: RegulatoryDocument.Kind) {
        let document = RegulatoryDocument(kind, from: DocumentFacts())
        #expect(document.isDraft && !document.sections.isEmpty && !document.rules.isEmpty)
        #expect(document.missing.allSatisfy { !$0.what.isEmpty && !$0.from.isEmpty && !$0.citations.isEmpty })
        let given = document.sections.flatMap(\.blocks).contains { if case .fact = $0 { true } else { false } }
        #expect(!given, "a fact that nobody gave")
    }

    @Test(
        "from every fact, nothing is missing, and every fact is printed as it was given",
        arguments: RegulatoryDocument.Kind.allCases)
    func full(_ kind: RegulatoryDocument.Kind) throws {
        var facts = DocumentFacts()
        for field in DocumentField.allCases { facts[field] = "<\(field.rawValue)>\n& second line" }
        let document = RegulatoryDocument(kind, from: facts)
        #expect(!document.isDraft)
        let values = document.sections.flatMap(\.blocks).compactMap { if case .fact(_, let value) = $0 { value } else { nil } }
        #expect(!values.isEmpty && values.allSatisfy { $0.count == 2 && $0[1] == "& second line" })
        let data = try JSONEncoder().encode(document)
        #expect(try JSONDecoder().decode(RegulatoryDocument.self, from: data) == document)
    }

    @Test("the outlines have the points of their Annex: eight, nine, and eight with three parts")
    func outlines() {
        #expect(RegulatoryDocument(.declaration, from: .init()).sections.count == 8)
        #expect(RegulatoryDocument(.userInformation, from: .init()).sections.count == 9)
        #expect(RegulatoryDocument(.technicalDocumentation, from: .init()).sections.count == 10)
        #expect(RegulatoryDocument(.simplifiedDeclaration, from: .init()).mark == .secondary)
        #expect(DocumentField.allCases.allSatisfy { $0.label != $0.rawValue && !$0.source.isEmpty })
    }

    @Test("an optional fact can be set aside by the manufacturer, a required one cannot; blank text is no fact")
    func optional() {
        let facts = DocumentFacts([.manufacturerName: " \n "], notApplicable: [.representative, .manufacturerName])
        let document = RegulatoryDocument(.declaration, from: facts)
        #expect(!document.missing.contains { $0.what.contains("representative") })
        #expect(document.missing.contains { $0.what == DocumentField.manufacturerName.label })
    }
}
