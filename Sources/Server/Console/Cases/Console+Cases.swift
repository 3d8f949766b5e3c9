import Estate
import Foundation
import Hummingbird
import NIOCore
import Regulation

extension Console {
    func addCases(to routes: inout Routes) {
        routes.on(.get, "/cases", .session(.read)) { exchange in try await self.cases(exchange) }
        routes.on(.get, "/cases/new", .session(.record)) { exchange in try await self.newCase(exchange) }
        routes.on(.post, "/cases/new", .session(.record)) { exchange in try await self.openCase(exchange) }
        routes.on(.get, "/cases/routing", .session(.read)) { exchange in try await self.routing(exchange) }
        routes.on(.get, "/cases/calendar.ics", .open) { exchange in try await self.calendar(exchange) }
        routes.on(.post, "/cases/calendar-key", .session(.record)) { exchange in try await self.changeCalendarKey(exchange) }
        routes.on(.get, "/cases/:number", .session(.read)) { exchange in try await self.caseFile(exchange) }
        routes.on(.post, "/cases/:number", .session(.record)) { exchange in try await self.takeStep(exchange) }
        routes.on(.get, "/cases/:number/dark.csv", .session(.read)) { exchange in try await self.darkUnits(exchange) }
        routes.on(.get, "/cases/:number/reports/:stage", .session(.read)) { exchange in try await self.stageReport(exchange) }
        routes.on(.post, "/cases/:number/reports/:stage", .session(.record)) { exchange in try await self.saveReport(exchange) }
        routes.on(.get, "/cases/:number/reports/:stage/text", .session(.read)) { exchange in try await self.reportText(exchange) }
    }

    /// The case of the address.
    func file(_ exchange: Exchange) async throws -> CaseFile {
        let number = exchange.parameter("number")
        do {
            if let file = try await read({ try $0.caseFile(number) }) { return file }
        } catch let error as CaseFileError {
            throw Problem(error)
        }
        throw Problem.notFound("There is no case \(Problem.quoted(number)). All cases are under Cases.")
    }

}

extension Pages {
    static var caseSources: [(String, [UInt8])] {
        [
            ("cases", PackageResources.cases_mustache), ("case", PackageResources.case_mustache),
            ("case_new", PackageResources.case_new_mustache), ("case_routing", PackageResources.case_routing_mustache),
            ("case_report", PackageResources.case_report_mustache), ("case_form", PackageResources.case_form_mustache),
            ("case_rows", PackageResources.case_rows_mustache), ("case_due", PackageResources.case_due_mustache),
            ("case_time", PackageResources.case_time_mustache), ("said", PackageResources.said_mustache),
            ("case_record", PackageResources.case_record_mustache),
        ]
    }
}

// MARK: The list

extension Console {
    private struct Model {
        struct Row {
            var number: String
            var path: String
            var title: String
            var kind: String
            var phase: String
            var isDrill: Bool
            var products: String
            var owner: String
            var deputy: String?
            /// The stage that is due next.
            var stage: String?
            var due: DueModel?
            /// What else there is to say about what is due.
            var state: String?
            var more: String?
        }

        struct Broken {
            var number: String
            var products: String
            var problem: String
            var remedy: String
        }

        var mayWrite: Bool
        var seal: String
        var hasCases: Bool
        var open: [Row]
        var hasOpen: Bool
        var decided: [Row]
        var hasDecided: Bool
        var closed: [Row]
        var hasClosed: Bool
        var unreadable: [Broken]
        var anyUnreadable: Bool
        var hasKey: Bool
        /// The feed's path with its key, once.
        var newFeed: String?
    }

    func cases(_ exchange: Exchange, newKey: String? = nil) async throws -> Response {
        let now = exchange.now
        let (list, hasKey) = try await read { (try $0.caseList(), try $0.hasCalendarKey()) }
        let files = list.files
        let open = files.filter { $0.case.phase != .closed && $0.case.phase != .notACase }.sorted { left, right in
            // Cases on paper never stand before real ones; then what is due first, then the newest.
            if left.case.isDrill != right.case.isDrill { return right.case.isDrill }
            let (first, second) = (left.case.nextDue?.due, right.case.nextDue?.due)
            if let first, let second, first != second { return first < second }
            if (first == nil) != (second == nil) { return first != nil }
            return left.id > right.id
        }
        let decided = files.filter { $0.case.phase == .notACase }
        let closed = files.filter { $0.case.phase == .closed }
        let model = Model(
            mayWrite: mayRecord(exchange), seal: sealValue(exchange), hasCases: !files.isEmpty, open: open.map { row($0, at: now) },
            hasOpen: !open.isEmpty, decided: decided.map { row($0, at: now) }, hasDecided: !decided.isEmpty,
            closed: closed.map { row($0, at: now) }, hasClosed: !closed.isEmpty,
            unreadable: list.unreadable.map {
                Model.Broken(
                    number: $0.number, products: $0.products.joined(separator: ", "), problem: $0.problem, remedy: $0.remedy)
            }, anyUnreadable: !list.unreadable.isEmpty, hasKey: hasKey,
            newFeed: newKey.map { "/cases/calendar.ics?key=\($0)" })
        return page("cases", title: "Cases", place: "/cases", live: nil, exchange, model)
    }

    private func row(_ file: CaseFile, at now: UTCInstant) -> Model.Row {
        let opening = file.case.opening
        let next = file.case.nextDue
        let overdue = file.case.overdue(at: now.date).count
        var state: String?
        switch file.case.phase {
        case .signalled, .assessing:
            state =
                "no clock runs yet; the first signal came \(Words.age(seconds: (now - UTCInstant(file.case.state.firstSignal)) / 1_000)) ago"
        case .aware where next == nil:
            state =
                file.case.openClocks.isEmpty ? "nothing is owed" : "no limit runs; \(file.case.openClocks[0].stage.title) is owed"
        case .aware: break
        case .notACase: state = "decided by \(file.case.state.decidedBy ?? "–")"
        case .closed:
            let left = file.case.state.left
            state = left.isEmpty ? "nothing was left" : "left: \(left.map(\.title).joined(separator: ", "))"
        }
        return Model.Row(
            number: file.identifier, path: file.path, title: opening.title, kind: file.case.kind.words,
            phase: file.case.phase.title,
            isDrill: file.case.isDrill, products: opening.products.map(\.product).joined(separator: ", "), owner: file.owner,
            deputy: file.deputy.isEmpty ? nil : file.deputy, stage: next?.stage.title, due: next?.due.map { DueModel($0, at: now) },
            state: state, more: overdue > 1 ? "\(overdue) are overdue" : nil)
    }
}

// MARK: The calendar

extension Console {
    private func calendar(_ exchange: Exchange) async throws -> Response {
        let key = exchange.query.text("key") ?? ""
        let now = exchange.now
        let text = try await read { estate -> String? in
            guard try estate.opensCalendar(key) else { return nil }
            return try Self.feed(of: estate, at: now)
        }
        guard let text else {
            throw Problem.notFound(
                "There is no calendar at this address: its key was replaced, or is not one. A new one is made under Cases.")
        }
        return Self.calendar(text)
    }

    /// The open deadlines of all cases that can be read; the list of cases and the log name the others. Titles stay here: calendars are copied to many places.
    static func feed(of estate: EstateService, at now: UTCInstant) throws -> String {
        CalendarFeed(name: "Holdfast reporting clocks", cases: try estate.cases(open: true).map(\.case)).text(at: now.date)
    }

    static func calendar(_ text: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: "text/calendar; charset=utf-8"], body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    private func changeCalendarKey(_ exchange: Exchange) async throws -> Response {
        let form = try await sealedForm(exchange)
        let (author, now) = (exchange.authorship, exchange.now)
        if form["do"] == "revoke" {
            try await read { try $0.revokeCalendarKey(by: author, at: now) }
            return .seeOther("/cases")
        }
        let key = try await read { try $0.makeCalendarKey(by: author, at: now) }
        // Shown in this answer and never again: it must not stand in an address that we redirect to.
        return try await cases(exchange, newKey: key)
    }
}
