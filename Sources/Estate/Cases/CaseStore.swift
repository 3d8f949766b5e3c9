import Evidence
import Foundation
import Regulation
import Storage

/// Cases in the store: one row an action, which is all that a case is rebuilt from.
enum CaseStore {
    static func file(named identifier: String, _ connection: Connection) throws -> CaseFile? {
        try connection.first("SELECT id FROM case_file WHERE identifier = ?", [.text(identifier)]) { $0.integer(0) }
            .map { try file($0, connection) }
    }

    static func file(_ id: Int64, _ connection: Connection) throws -> CaseFile {
        let names = try connection.first("SELECT owner, deputy FROM case_file WHERE id = ?", [.integer(id)]) {
            ($0.text(0), $0.text(1))
        }
        let actions = try connection.all("SELECT body FROM case_action WHERE file = ? ORDER BY number", [.integer(id)]) {
            $0.text(0)
        }
        .map { try CaseArchive.action(from: Data($0.utf8)) }
        let rebuilt: Case
        do throws(CaseError) { rebuilt = try Case(replaying: actions) } catch {
            throw EstateError.contradiction(detail: "case \(id) cannot be rebuilt: \(error)")
        }
        let reach = try connection.all("SELECT snapshot, product FROM case_reach WHERE file = ? ORDER BY snapshot", [.integer(id)])
        {
            CaseFile.Reach(snapshot: $0.integer(0), product: $0.text(1))
        }
        var drafts: [ReportStage: ReportDraft] = [:]
        for text in try connection.all("SELECT body FROM case_draft WHERE file = ?", [.integer(id)], { $0.text(0) }) {
            let draft = try StoredJSON.value(ReportDraft.self, text)
            drafts[draft.stage] = draft
        }
        return CaseFile(id: id, case: rebuilt, owner: names?.0 ?? "", deputy: names?.1 ?? "", reach: reach, drafts: drafts)
    }

    static func append(_ action: CaseAction, number: Int, to id: Int64, _ connection: Connection) throws {
        let text = String(decoding: try CaseArchive.data(action), as: UTF8.self)
        try connection.execute(
            "INSERT INTO case_action (file, number, body) VALUES (?, ?, ?)", [.integer(id), .integer(of: number), .text(text)])
    }

    /// An action as the ledger has it: the same JSON.
    static func canonical(_ action: CaseAction) throws -> CanonicalValue {
        try JSONDecoder().decode(CanonicalValue.self, from: try CaseArchive.data(action))
    }

    /// "2026-001", or "drill-2026-001": cases on paper are counted apart.
    static func nextIdentifier(isDrill: Bool, year: Int, _ connection: Connection) throws -> String {
        let prefix = "\(isDrill ? "drill-" : "")\(year)-"
        let taken = try connection.all("SELECT identifier FROM case_file") { $0.text(0) }
            .compactMap { $0.hasPrefix(prefix) ? Int($0.dropFirst(prefix.count)) : nil }
        let number = String((taken.max() ?? 0) + 1)
        return prefix + String(repeating: "0", count: max(0, 3 - number.count)) + number
    }
}
