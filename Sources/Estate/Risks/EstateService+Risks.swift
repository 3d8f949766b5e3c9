import Evidence
import Foundation
import Regulation
import Storage

extension EstateService {
    /// The register of single-network dependence, as last brought up to date.
    public func riskRegister() throws -> RiskRegister {
        try database.read { try Self.register($0) }
    }

    /// Computes dependence from the inventory as it is now, and brings the register up to date.
    @discardableResult
    public func updateRisks(at now: UTCInstant) throws -> RiskRegister {
        let report = try dependences(at: now)
        return try recording(at: now) { connection, drafts in
            var register = try Self.register(connection)
            let before = register
            register.update(with: report.findings, on: now.day)
            guard register != before else { return register }
            let known = Dictionary(before.risks.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
            for risk in register.risks where known[risk.id]?.history.count != risk.history.count {
                drafts.append(
                    try LedgerDraft(
                        "risk-found", .estate, subject: LedgerDraft.cut(risk.id, to: LedgerLimits.subject),
                        ["units": risk.dependence.units, "of": risk.dependence.of, "status": risk.status.rawValue]))
            }
            try Self.write(register, connection)
            return register
        }
    }

    /// What of the inventory depends on one network, with what is not known.
    public func dependences(at now: UTCInstant) throws -> DependenceReport {
        try connectedUnits().report(on: now.day)
    }

    public func assignRisk(_ id: String, owner: String, by authorship: Authorship, at now: UTCInstant) throws {
        try changeRisk(id, "risk-assigned", by: authorship, at: now, ["owner": owner]) {
            try $0.assign(id, owner: owner, by: authorship.author, on: now.day, reason: authorship.reason)
        }
    }

    public func treatRisk(
        _ id: String, _ treatment: Risk.Treatment, due: Day?, review: Day?, by authorship: Authorship, at now: UTCInstant
    ) throws {
        let entry: [String: any Encodable] = [
            "treatment": treatment.rawValue, "due": due?.description ?? "", "review": review?.description ?? "",
        ]
        try changeRisk(id, "risk-treated", by: authorship, at: now, entry) {
            try $0.treat(id, treatment, due: due, review: review, by: authorship.author, on: now.day, reason: authorship.reason)
        }
    }

    public func closeRisk(_ id: String, by authorship: Authorship, at now: UTCInstant) throws {
        try changeRisk(id, "risk-closed", by: authorship, at: now, [:]) {
            try $0.close(id, by: authorship.author, on: now.day, reason: authorship.reason)
        }
    }

    private func changeRisk(
        _ id: String, _ kind: String, by authorship: Authorship, at now: UTCInstant, _ entry: [String: any Encodable],
        _ edit: (inout RiskRegister) throws -> Void
    ) throws {
        try recording(at: now) { connection, drafts in
            var register = try Self.register(connection)
            try edit(&register)
            try Self.write(register, connection)
            drafts.append(try LedgerDraft(kind, authorship, subject: id, entry))
        }
    }

    private static func register(_ connection: Connection) throws -> RiskRegister {
        let text = try connection.first("SELECT body FROM risk_register WHERE id = 1") { $0.text(0) }
        return try text.map { try StoredJSON.value(RiskRegister.self, $0) } ?? RiskRegister()
    }

    private static func write(_ register: RiskRegister, _ connection: Connection) throws {
        try connection.execute(
            "INSERT INTO risk_register (id, body) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body",
            [.text(try StoredJSON.text(register))])
    }
}
