import Wire

/// The register of single-network dependence. Nothing is closed without a reason, and nothing disappears.
public struct RiskRegister: Codable, Hashable, Sendable {
    /// The bound on an owner's name or a reason, in bytes.
    public static let maximumText = 4_000

    /// In the order in which they were first seen, then by id.
    public private(set) var risks: [Risk]

    public init(risks: [Risk] = []) { self.risks = risks }

    /// Takes over what was computed anew. A known risk keeps its owner and decisions; a closed one whose dependence is back opens again;
    /// one that is not found any more stays until somebody closes it with a reason.
    public mutating func update(with findings: [Dependence], on day: Day) {
        var found = Dictionary(findings.map { ($0.id, $0) }) { _, new in new }
        for index in risks.indices {
            guard let finding = found.removeValue(forKey: risks[index].id) else {
                risks[index].present = false
                continue
            }
            let before = risks[index].dependence.units
            risks[index].dependence = finding
            risks[index].present = true
            risks[index].lastSeen = max(risks[index].lastSeen, day)
            if risks[index].status == .closed {
                risks[index].status = .open
                risks[index].treatment = nil
                risks[index].due = nil
                risks[index].review = nil
                risks[index].history.append(
                    .init(
                        day: day, who: "Holdfast", what: "reopened",
                        reason: "The dependence was found again, with \(finding.units) units."))
            } else if before != finding.units {
                risks[index].history.append(
                    .init(day: day, who: "Holdfast", what: "exposure", reason: "\(finding.units) units, \(before) before."))
            }
        }
        for finding in found.values.sorted(by: { $0.id < $1.id }) {
            risks.append(
                Risk(
                    dependence: finding, present: true, firstSeen: day, lastSeen: day, owner: nil, treatment: nil, due: nil,
                    review: nil,
                    status: .open,
                    history: [
                        .init(
                            day: day, who: "Holdfast", what: "found", reason: "\(finding.units) units depend on \(finding.subject)."
                        )
                    ]))
        }
    }

    public mutating func assign(_ id: String, owner: String, by who: String, on day: Day, reason: String) throws(RiskError) {
        let index = try find(id, who: who, reason: reason, on: day)
        guard !isBlank(owner) else { throw .ownerMissing }
        guard owner.utf8.count <= Self.maximumText else { throw .tooLong(limit: Self.maximumText) }
        guard risks[index].status != .closed else { throw .closed }
        risks[index].owner = owner
        risks[index].history.append(.init(day: day, who: who, what: "owner: \(owner)", reason: reason))
    }

    /// Decides what is done. Accepting needs a review day; everything else a day by which it is done.
    public mutating func treat(
        _ id: String, _ treatment: Risk.Treatment, due: Day?, review: Day?, by who: String, on day: Day, reason: String
    ) throws(RiskError) {
        let index = try find(id, who: who, reason: reason, on: day)
        guard risks[index].status != .closed else { throw .closed }
        guard risks[index].owner != nil else { throw .ownerMissing }
        if treatment == .accept, review == nil { throw .reviewMissing }
        if treatment != .accept, due == nil { throw .dueMissing }
        for later in [due, review].compactMap(\.self) where later < day { throw .dayBefore(day) }
        risks[index].treatment = treatment
        risks[index].due = due
        risks[index].review = review
        risks[index].status = treatment == .accept ? .accepted : .inTreatment
        risks[index].history.append(.init(day: day, who: who, what: "treatment: \(treatment.rawValue)", reason: reason))
    }

    /// Closes a risk whose dependence is gone.
    public mutating func close(_ id: String, by who: String, on day: Day, reason: String) throws(RiskError) {
        let index = try find(id, who: who, reason: reason, on: day)
        guard risks[index].status != .closed else { throw .closed }
        guard !risks[index].present else { throw .stillPresent(units: risks[index].dependence.units) }
        risks[index].status = .closed
        risks[index].history.append(.init(day: day, who: who, what: "closed", reason: reason))
    }

    private func find(_ id: String, who: String, reason: String, on day: Day) throws(RiskError) -> Int {
        guard let index = risks.firstIndex(where: { $0.id == id }) else { throw .unknown(id) }
        guard !isBlank(who) else { throw .authorMissing }
        guard !isBlank(reason) else { throw .reasonMissing }
        guard who.utf8.count <= Self.maximumText, reason.utf8.count <= Self.maximumText else {
            throw .tooLong(limit: Self.maximumText)
        }
        if let last = risks[index].history.last, day < last.day { throw .dayBefore(last.day) }
        return index
    }

    /// The register as comma-separated values (RFC 4180), with a header. Fields that a spreadsheet would run get an apostrophe.
    public var csv: String {
        let header = [
            "id", "product", "kind", "subject", "units", "of", "units with alternative", "earliest", "present", "status", "owner",
            "treatment", "due", "review", "first seen", "last seen", "evidence", "last event", "last reason",
        ]
        let rows = risks.map { risk in
            let finding = risk.dependence
            let measure = [finding.units, finding.of, finding.unitsWithAlternative].map { "\($0)" }
            let decided = [
                risk.owner ?? "", risk.treatment?.rawValue ?? "", risk.due?.description ?? "", risk.review?.description ?? "",
            ]
            return [risk.id, finding.product, finding.kind.rawValue, finding.subject] + measure
                + [finding.earliest?.description ?? "", risk.present ? "yes" : "no", risk.status.rawValue] + decided
                + [
                    risk.firstSeen.description, risk.lastSeen.description, finding.evidence.joined(separator: "\n"),
                    risk.history.last?.what ?? "", risk.history.last?.reason ?? "",
                ]
        }
        var bytes: [UInt8] = []
        for record in [header] + rows { CommaSeparated.append(record, to: &bytes) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
