import Foundation

/// What the manufacturer says about one point of Annex I.
public struct AnnexIStatement: Codable, Hashable, Sendable {
    public enum Applicability: Codable, Hashable, Sendable {
        case applicable
        /// With the justification that Art. 13(4) asks for.
        case notApplicable(justification: String)
    }

    public let point: String
    public let applicability: Applicability
    /// How the point is met, in the manufacturer's words.
    public let statement: String
    public let who: String
    public let when: Date

    public init(point: String, applicability: Applicability, statement: String, who: String, when: Date) throws(AnnexIError) {
        guard let found = AnnexIPoint.all.first(where: { $0.id == point }) else { throw .unknownPoint(point) }
        if case .notApplicable(let justification) = applicability {
            guard found.naAllowed else { throw .alwaysApplies(found.ref) }
            guard !isBlank(justification) else { throw .justificationMissing(found.ref) }
            guard justification.utf8.count <= Self.limit else { throw .tooLong(found.ref, limit: Self.limit) }
        }
        guard !isBlank(who) else { throw .authorMissing(found.ref) }
        guard statement.utf8.count <= Self.limit, who.utf8.count <= 400 else { throw .tooLong(found.ref, limit: Self.limit) }
        self.point = point
        self.applicability = applicability
        self.statement = statement
        self.who = who
        self.when = when
    }

    /// Bytes of text.
    public static let limit = 20_000

    private enum CodingKeys: String, CodingKey { case point, applicability, statement, who, when }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            point: container.decode(String.self, forKey: .point),
            applicability: container.decode(Applicability.self, forKey: .applicability),
            statement: container.decode(String.self, forKey: .statement), who: container.decode(String.self, forKey: .who),
            when: container.decode(Date.self, forKey: .when))
    }
}

/// A statement that cannot be taken.
public enum AnnexIError: Error, Hashable, Sendable, CustomStringConvertible {
    case unknownPoint(String)
    case alwaysApplies(String)
    case justificationMissing(String)
    case authorMissing(String)
    case tooLong(String, limit: Int)

    public var description: String {
        switch self {
        case .unknownPoint(let id): "Annex I has no point \(id.prefix(40)): use ids such as I.1.2.h or I.2.7"
        case .alwaysApplies(let ref): "\(ref) applies to every product and cannot be declared not applicable"
        case .justificationMissing(let ref): "\(ref): say why it does not apply (Art. 13(4))"
        case .authorMissing(let ref): "\(ref): say who states this"
        case .tooLong(let ref, let limit): "\(ref): a text has at most \(limit) bytes"
        }
    }
}

/// What the caller holds of one kind of evidence.
public struct EvidenceSummary: Codable, Hashable, Sendable {
    public var kind: EvidenceKind
    /// The figure with its unit, ready to be printed: "97.2 % within 24 h".
    public var figure: String
    /// Seconds since the newest datum behind it; nil when that is not known.
    public var age: Int?
    /// How many records are behind it.
    public var count: Int

    public init(kind: EvidenceKind, figure: String, age: Int?, count: Int) {
        self.kind = kind
        self.figure = figure
        self.age = age
        self.count = count
    }
}

/// One printable row: the point, what the manufacturer states, what is held, what that cannot show, and what stays with the manufacturer.
public struct AnnexIRow: Codable, Hashable, Sendable {
    public struct Line: Codable, Hashable, Sendable {
        public var kind: EvidenceKind
        public var shows: String
        /// Nil: nothing is held.
        public var held: EvidenceSummary?
    }

    public var point: AnnexIPoint
    public var statement: AnnexIStatement?
    public var evidence: [Line]
    public var missing: [MissingFact]
    /// How well the point itself is known.
    public var mark: Mark
    /// How well its relevance for connectivity is known: it is our reading.
    public var connectivityMark: Mark
}

/// The page that answers how Annex I maps to the connectivity architecture.
public struct AnnexITable: Codable, Hashable, Sendable {
    public var rows: [AnnexIRow]
    /// What has to be read with it: what the rows are not, and that the network is not remote data processing.
    public var notes: [Reason]
    public var asOf: Day

    /// Joins statements and evidence. Of several statements on a point the latest counts, of several summaries the last in the list.
    public init(statements: [AnnexIStatement], evidence: [EvidenceSummary]) {
        let file = EmbeddedFacts.annexI
        let held = Dictionary(evidence.filter { $0.count > 0 }.map { ($0.kind, $0) }) { _, new in new }
        let said = Dictionary(statements.map { ($0.point, $0) }) { old, new in new.when >= old.when ? new : old }
        rows = file.points.map { point in
            let statement = said[point.id]
            var missing: [MissingFact] = []
            if statement == nil {
                missing.append(
                    MissingFact(
                        point.naAllowed ? "whether it applies, and how it is met" : "how it is met",
                        from: "the manufacturer's statement",
                        citations: point.citations))
            } else if statement?.applicability == .applicable, statement.map({ isBlank($0.statement) }) ?? true {
                missing.append(MissingFact("how it is met", from: "the manufacturer's statement", citations: point.citations))
            }
            return AnnexIRow(
                point: point, statement: statement,
                evidence: point.evidence.map { .init(kind: $0.kind, shows: $0.shows, held: held[$0.kind]) }, missing: missing,
                mark: point.citations.map(\.mark).min() ?? .interpretation, connectivityMark: file.relevanceIsOurs.mark)
        }
        notes = [file.relevanceIsOurs, file.timing, file.networkIsNotRemoteProcessing, file.consequence]
        asOf = file.asOf
    }
}
