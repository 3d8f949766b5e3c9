import Estate
import Foundation
import Hummingbird
import NIOCore
import Regulation

/// Article 14 cases. Instants go out as milliseconds, as everywhere; what comes in may also be RFC 3339 with its offset.
extension API {
    func addCases(to routes: inout Routes) {
        routes.on(.get, "/api/v1/cases", .token(.read)) { exchange in
            try exchange.query.allow(only: ["open"])
            let open = try exchange.query.choice("open", of: OpenChoice.self).map { $0 == .true }
            let now = exchange.now
            return try await self.caseJSON { estate in
                let list = try estate.caseList(open: open)
                return CaseListing(items: list.files.map { CaseSummary($0, at: now) }, unreadable: list.unreadable)
            }
        }
        routes.on(.post, "/api/v1/cases", .token(.record)) { exchange in try await self.openCase(exchange) }
        routes.on(.get, "/api/v1/cases.ics", .token(.read)) { exchange in
            try exchange.query.allow(only: [])
            let (estate, now) = (self.estate, exchange.now)
            return Console.calendar(try await self.threads.runIfActive { try Console.feed(of: estate, at: now) })
        }
        routes.on(.get, "/api/v1/cases/:number", .token(.read)) { exchange in
            try exchange.query.allow(only: [])
            let (number, now) = (exchange.parameter("number"), exchange.now)
            return try await self.caseJSON { try CaseDetail(Self.file(number, $0), $0, at: now) }
        }
        routes.on(.post, "/api/v1/cases/:number/actions", .token(.record)) { exchange in try await self.act(exchange) }
        routes.on(.post, "/api/v1/cases/:number/assignment", .token(.record)) { exchange in try await self.assign(exchange) }
        routes.on(.get, "/api/v1/cases/:number/dark", .token(.read)) { exchange in try await self.dark(exchange) }
        routes.on(.get, "/api/v1/cases/:number/dark.csv", .token(.read)) { exchange in
            try exchange.query.allow(only: [])
            let (estate, number, now) = (self.estate, exchange.parameter("number"), exchange.now)
            let (text, identifier) = try await self.threads.runIfActive {
                let file = try Self.readable(number, estate)
                return (try DarkList.text(of: file, estate, at: now), file.identifier)
            }
            return Console.csv(text, name: "case-\(identifier)-dark.csv")
        }
        routes.on(.get, "/api/v1/cases/:number/reports/:stage", .token(.read)) { exchange in
            try exchange.query.allow(only: [])
            let (number, text) = (exchange.parameter("number"), exchange.parameter("stage"))
            guard let stage = ReportStage(rawValue: text) else {
                throw Problem.notFound(
                    "There is no report called \(Problem.quoted(text)); there are \(ReportStage.allCases.map(\.rawValue).joined(separator: ", "))."
                )
            }
            return try await self.caseJSON { estate in
                let draft = try Self.file(number, estate).draft(of: stage)
                return ReportAnswer(draft: draft, completeness: draft.completeness(), text: draft.text())
            }
        }
    }

    private enum OpenChoice: String, CaseIterable { case `true`, `false` }

    private static func file(_ number: String, _ estate: EstateService) throws -> CaseFile {
        guard let file = try estate.caseFile(number) else { throw Problem.notFound("There is no case \(Problem.quoted(number)).") }
        return file
    }

    /// As ``file(_:_:)``, with a case that cannot be read as a problem too.
    private static func readable(_ number: String, _ estate: EstateService) throws -> CaseFile {
        do { return try file(number, estate) } catch let error as CaseFileError { throw Problem(error) }
    }

    // MARK: Answers

    private struct CaseListing: Encodable, Sendable {
        var items: [CaseSummary]
        /// Of these nothing else is known; they are in every list.
        var unreadable: [UnreadableCase]
    }

    struct CaseSummary: Encodable, Sendable {
        struct Due: Encodable, Sendable {
            var stage: ReportStage
            /// Of the CSIRT's request, for an intermediate report.
            var request: Int?
            /// Nil where no limit runs yet, or the text gives none.
            var due: UTCInstant?
            var secondsLeft: Int64?
            var isOverdue: Bool
            var isProvisional: Bool
            var rule: Reason
        }

        var number: String
        var title: String
        var kind: CaseKind
        var phase: CasePhase
        var isDrill: Bool
        var products: [AffectedProduct]
        var owner: String
        var deputy: String
        /// What is owed, by due date.
        var clocks: [Due]

        init(_ file: CaseFile, at now: UTCInstant) {
            number = file.identifier
            title = file.case.opening.title
            kind = file.case.kind
            phase = file.case.phase
            isDrill = file.case.isDrill
            products = file.case.opening.products
            owner = file.owner
            deputy = file.deputy
            clocks = file.case.openClocks.map { clock in
                let due = clock.due.map { UTCInstant($0) }
                return Due(
                    stage: clock.stage, request: clock.request, due: due, secondsLeft: due.map { ($0 - now) / 1_000 },
                    isOverdue: clock.isOverdue(at: now.date), isProvisional: clock.isProvisional, rule: clock.reason)
            }
        }
    }

    struct CaseDetail: Encodable, Sendable {
        struct Reach: Encodable, Sendable {
            var product: String
            var versions: [String]
            /// As it was frozen when the case opened.
            var then: ReachSnapshot
            var now: SnapshotProgress
            var hours: [ReachHour]
        }

        var summary: CaseSummary
        var opening: CaseOpening
        var firstSignal: Date
        var aware: AwareDecision?
        var decidedBy: String?
        var measureAvailableAt: Date?
        var coordinator: String?
        var closingAskedBy: String?
        var left: [ReportStage]
        /// The deadlines by all three readings; nil while nobody is aware.
        var deadlines: DeadlineTable?
        var records: [CaseRecord]
        var remarks: [CaseRemark]
        var history: [CaseAction]
        var reach: [Reach]

        init(_ file: CaseFile, _ estate: EstateService, at now: UTCInstant) throws {
            let state = file.case.state
            summary = CaseSummary(file, at: now)
            opening = file.case.opening
            firstSignal = state.firstSignal
            aware = state.aware
            decidedBy = state.decidedBy
            measureAvailableAt = state.measureAvailableAt
            coordinator = state.country
            closingAskedBy = state.closingAskedBy
            left = state.left
            deadlines = file.case.deadlines
            records = file.case.records
            remarks = state.remarks
            history = file.case.history
            reach = try file.reach.map { reach in
                let snapshot = try estate.snapshot(reach.snapshot)
                return Reach(
                    product: reach.product, versions: snapshot.selection.versions, then: snapshot,
                    now: try estate.progress(of: reach.snapshot, at: now), hours: try estate.reachHours(of: reach.snapshot))
            }
        }
    }

    private struct ReportAnswer: Encodable, Sendable {
        var draft: ReportDraft
        var completeness: ReportCompleteness
        var text: String
    }

    private struct DarkPage: Encodable, Sendable {
        struct Item: Encodable, Sendable {
            var product: String
            var unit: DarkUnit
        }

        var total: Int
        var page: Int
        var size: Int
        var items: [Item]
    }

    private struct Opened: Encodable, Sendable {
        var number: String
        var path: String
    }

    private func caseJSON<Value: Encodable & Sendable>(
        _ read: @escaping @Sendable (EstateService) throws -> Value
    ) async throws -> Response {
        try await caseJSON(status: .ok, read)
    }

    /// Answers with what came, and turns the refusals of a case into problems.
    private func caseJSON<Value: Encodable & Sendable>(
        status: HTTPResponse.Status, _ read: @escaping @Sendable (EstateService) throws -> Value
    ) async throws -> Response {
        let estate = estate
        do {
            let bytes = try await threads.runIfActive { try CaseJSON.encode(try read(estate)) }
            return Response(status: status, headers: [.contentType: "application/json"], body: .init(byteBuffer: bytes))
        } catch let error as CaseFileError {
            throw Problem(error)
        }
    }

    // MARK: Changes

    private struct OpenRequest: Decodable {
        var kind: CaseKind
        var title: String
        var products: [Product]
        var signal: CaseSignal
        var isDrill: Bool?
        var zone: String?
        var country: String?
        var size: ReportingClock.Size?
        var twoPersonClosing: Bool?
        var owner: String
        var deputy: String?
        var reason: String?

        struct Product: Decodable {
            var product: String
            var versions: [String]?
        }

        static let example =
            #"{"kind": "vulnerability" or "incident", "title": "...", "products": [{"product": "...", "versions": []}], "#
            + #""signal": {"receivedAt": "2026-10-06T12:20:00Z", "source": "...", "text": "..."}, "owner": "..."}"#
    }

    private func openCase(_ exchange: Exchange) async throws -> Response {
        let wanted = try await caseBody(OpenRequest.self, of: exchange, example: OpenRequest.example)
        let request = CaseRequest(
            kind: wanted.kind, title: wanted.title,
            products: wanted.products.map { AffectedProduct(product: $0.product, versions: $0.versions ?? []) },
            signal: wanted.signal,
            isDrill: wanted.isDrill ?? false, zone: wanted.zone ?? "UTC", country: wanted.country, size: wanted.size,
            twoPersonClosing: wanted.twoPersonClosing ?? false, owner: wanted.owner, deputy: wanted.deputy ?? "")
        let (author, now) = (exchange.authorship(reason: wanted.reason ?? ""), exchange.now)
        return try await caseJSON(status: .created) { estate in
            let number = try estate.openCase(request, by: author, at: now)
            return Opened(number: number, path: CaseFile.path(of: number))
        }
    }

    private struct ActionRequest: Decodable {
        var step: CaseStep
        var reason: String?

        static let example =
            #"{"step": {"declareAware": {"decision": {"since": "2026-10-06T12:20:00Z", "evidence": "...", "criteria": []}}}, "reason": "..."}"#
    }

    private func act(_ exchange: Exchange) async throws -> Response {
        let wanted = try await caseBody(ActionRequest.self, of: exchange, example: ActionRequest.example)
        let (number, author, now) = (exchange.parameter("number"), exchange.authorship(reason: wanted.reason ?? ""), exchange.now)
        let step = wanted.step
        return try await caseJSON { CaseSummary(try $0.act(in: number, step, by: author, at: now), at: now) }
    }

    private struct AssignRequest: Decodable {
        var owner: String
        var deputy: String?
        var reason: String?
    }

    private func assign(_ exchange: Exchange) async throws -> Response {
        let wanted = try await caseBody(
            AssignRequest.self, of: exchange, example: #"{"owner": "...", "deputy": "...", "reason": "..."}"#)
        let (number, author, now) = (exchange.parameter("number"), exchange.authorship(reason: wanted.reason ?? ""), exchange.now)
        let (owner, deputy) = (wanted.owner, wanted.deputy ?? "")
        return try await caseJSON { estate in
            try estate.assign(number, owner: owner, deputy: deputy, by: author, at: now)
            return CaseSummary(try Self.file(number, estate), at: now)
        }
    }

    private func dark(_ exchange: Exchange) async throws -> Response {
        try exchange.query.allow(only: ["page", "size"])
        let page = try exchange.query.integer("page", in: 1...1_000_000) ?? 1
        let size = try exchange.query.integer("size", in: 1...1_000) ?? 200
        let (number, now) = (exchange.parameter("number"), exchange.now)
        return try await caseJSON { estate in
            let items = try Self.file(number, estate).reach.flatMap { reach in
                try estate.darkUnits(of: reach.snapshot, at: now).map { DarkPage.Item(product: reach.product, unit: $0) }
            }
            return DarkPage(
                total: items.count, page: page, size: size, items: Array(items.dropFirst((page - 1) * size).prefix(size)))
        }
    }

    private func caseBody<Value: Decodable>(_ type: Value.Type, of exchange: Exchange, example: String) async throws -> Value {
        try exchange.query.allow(only: [])
        guard exchange.mediaType == "application/json" else {
            throw Problem(.unsupportedMediaType, detail: "Send application/json: \(example).")
        }
        let body = try await exchange.body(upTo: 1 << 20, within: .seconds(30))
        guard let value = try? CaseJSON.decode(type, from: body) else { throw Problem.badRequest("Expected \(example).") }
        return value
    }
}

/// JSON with dates in it.
enum CaseJSON {
    static func encode(_ value: some Encodable) throws -> ByteBuffer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(UTCInstant(date))
        }
        return ByteBuffer(bytes: try encoder.encode(value))
    }

    /// Milliseconds, or RFC 3339 with an offset: a local time has no meaning here.
    static func decode<Value: Decodable>(_ type: Value.Type, from buffer: ByteBuffer) throws -> Value {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let container = try decoder.singleValueContainer()
            if let milliseconds = try? container.decode(Int64.self) {
                return Date(timeIntervalSince1970: Double(milliseconds) / 1_000)
            }
            let text = try container.decode(String.self)
            let hasOffset = text.utf8.last == UInt8(ascii: "Z") || text.utf8.dropFirst(16).contains { $0 == 0x2B || $0 == 0x2D }
            guard hasOffset else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "an instant has its offset, or ends with Z")
            }
            return try StatedInstant(text, in: try LocalClock(zone: "UTC")).instant
        }
        return try decoder.decode(type, from: Data(buffer.readableBytesView))
    }
}

extension Problem {
    init(_ error: CaseFileError) {
        let detail = error.description
        switch error {
        case .unknownCase: self = .notFound(detail)
        case .unreadable:
            self.init(.internalServerError, kind: "case-unreadable", title: "The case cannot be read", detail: detail)
        case .action(.outOfTurn), .action(.alreadyRecorded), .action(.notRecorded), .action(.outstanding), .action(.samePerson),
            .action(.stageBefore):
            self.init(.conflict, kind: "case-refused", title: "The case does not take this now", detail: detail)
        case .unknownProduct, .action, .draft, .ownerMissing, .nameTooLong:
            self.init(.unprocessableContent, kind: "case-refused", title: "The case does not take this", detail: detail)
        }
    }
}
