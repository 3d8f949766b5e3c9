/// A fact that a document of the Regulation needs. The raw values are stable ids.
public enum DocumentField: String, Codable, Hashable, Sendable, CaseIterable {
    case productName
    case productType
    case productIdentifier
    case productTrace
    case manufacturerName
    case manufacturerPostal
    case manufacturerDigital
    case manufacturerWebsite
    case representative
    case vulnerabilityContact
    case disclosurePolicy
    case contactProof
    case intendedPurpose
    case securityEnvironment
    case essentialFunctions
    case securityProperties
    case riskCircumstances
    case declarationAddress
    case supportType
    case supportEnd
    case commissioning
    case changes
    case installUpdates
    case decommissioning
    case automaticUpdates
    case integrators
    case sbomAddress
    case otherActs
    case standards
    case solutions
    case notifiedBody
    case route
    case additional
    case signedFor
    case placeAndDate
    case signatory
    case versions
    case hardwareImages
    case architecture
    case sbom
    case updateDistribution
    case production
    case riskAssessment
    case annexITable
    case supportBasis
    case testReports
    case declaration
    case connectivity
    case coreFunctionality

    /// What it is called in the document.
    public var label: String { EmbeddedFacts.documents.fields.first { $0.id == self }?.label ?? rawValue }
    /// The place it comes from.
    public var source: String { EmbeddedFacts.documents.fields.first { $0.id == self }?.from ?? "" }
}

/// What is known for the documents of one product. Empty text counts as missing.
public struct DocumentFacts: Codable, Hashable, Sendable {
    /// By the raw value of ``DocumentField``; lines are paragraphs.
    public private(set) var values: [String: String]
    /// Optional fields of which the manufacturer says that they do not concern the product.
    public var notApplicable: Set<DocumentField>

    public init(_ values: [DocumentField: String] = [:], notApplicable: Set<DocumentField> = []) {
        self.values = [:]
        self.notApplicable = notApplicable
        for (field, value) in values { self[field] = value }
    }

    public subscript(field: DocumentField) -> String? {
        get { values[field.rawValue].flatMap { isBlank($0) ? nil : $0 } }
        set { values[field.rawValue] = newValue }
    }
}

struct DocumentFile: Codable, Sendable {
    struct Field: Codable, Sendable {
        var id: DocumentField
        var label: String
        var from: String
    }

    struct Section: Codable, Sendable {
        var ref: String
        var heading: String
        var text: [String]
        var fields: [DocumentField]
        /// Wanted only where they concern the product.
        var optional: [DocumentField]
        var citations: [Citation]
    }

    struct Template: Codable, Sendable {
        var id: RegulatoryDocument.Kind
        var title: String
        var annex: String
        var rules: [Reason]
        var sections: [Section]
    }

    var asOf: Day
    var fields: [Field]
    var documents: [Template]
}
