import Evidence
import Foundation
import Regulation
import Storage

/// Cases in the store: one row an action, which is all that a case is rebuilt from.
enum CaseStore {
    /// A case by its number; nil when there is none.
    /// - Throws: ``CaseFileError/unreadable(_:)``.
    static func file(named identifier: String, _ connection: Connection) throws -> CaseFile? {
        let id = try connection.first("SELECT id FROM case_file WHERE identifier = ?", [.text(identifier)]) { $0.integer(0) }
        guard let id else { return nil }
        do { return try file(id, number: identifier, connection) } catch let broken as UnreadableCase {
            throw CaseFileError.unreadable(broken)
        }
    }

    /// All cases, the newest first. One that cannot be read is named, and stops nothing.
    static func list(_ connection: Connection) throws -> CaseList {
        let all = try connection.all("SELECT id, identifier FROM case_file ORDER BY id DESC") { ($0.integer(0), $0.text(1)) }
        var list = CaseList()
        for (id, number) in all {
            do { list.files.append(try file(id, number: number, connection)) } catch let broken as UnreadableCase {
                list.unreadable.append(broken)
            }
        }
        return list
    }

    /// - Throws: ``UnreadableCase`` for what the rows say; what the database says goes on as it is.
    private static func file(_ id: Int64, number: String, _ connection: Connection) throws -> CaseFile {
        let names = try connection.first("SELECT owner, deputy FROM case_file WHERE id = ?", [.integer(id)]) {
            ($0.text(0), $0.text(1))
        }
        let actions = try connection.all(
            "SELECT number, body FROM case_action WHERE file = ? ORDER BY number", [.integer(id)]
        ) { (number: $0.integer(0), body: $0.text(1)) }
        let reach = try connection.all("SELECT snapshot, product FROM case_reach WHERE file = ? ORDER BY snapshot", [.integer(id)])
        {
            CaseFile.Reach(snapshot: $0.integer(0), product: $0.text(1))
        }
        let drafts = try connection.all("SELECT stage, body FROM case_draft WHERE file = ?", [.integer(id)]) {
            ($0.text(0), $0.text(1))
        }
        func broken(_ problem: String) -> UnreadableCase {
            UnreadableCase(number: number, products: reach.map(\.product), problem: problem)
        }
        var history: [CaseAction] = []
        for action in actions {
            // Numbers count from zero: a gap is an action that is lost.
            guard action.number == Int64(history.count) else {
                throw broken("Action \(history.count) of its history is not there.")
            }
            do throws(CaseError) { history.append(try CaseArchive.action(from: Data(action.body.utf8))) } catch {
                throw broken("Action \(action.number) of its history: \(error)")
            }
        }
        let rebuilt: Case
        do throws(CaseError) { rebuilt = try Case(replaying: history) } catch {
            throw broken("Its history does not make a case: \(error)")
        }
        guard rebuilt.identifier == number else { throw broken("Its history is that of case \(rebuilt.identifier).") }
        guard (try? LocalClock(zone: rebuilt.opening.zone)) != nil else {
            throw broken("Its time zone \(rebuilt.opening.zone.prefix(80)) is not known here.")
        }
        var file = CaseFile(id: id, case: rebuilt, owner: names?.0 ?? "", deputy: names?.1 ?? "", reach: reach, drafts: [:])
        for (stage, body) in drafts {
            // A draft is work in progress: without it the clocks run all the same, and the case stays.
            if let draft = try? StoredJSON.value(ReportDraft.self, body) {
                file.drafts[draft.stage] = draft
            } else {
                file.unreadableDrafts.append(ReportStage(rawValue: stage)?.title ?? stage)
            }
        }
        return file
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
