import Estate
import Foundation
import Hummingbird
import NIOCore
import Regulation

/// The drafts of a case's reports.
extension Console {
    private struct Model {
        var number: String
        var path: String
        var casePath: String
        var title: String
        var stage: String
        var isDrill: Bool
        var mayWrite: Bool
        var seal: String
        var refusal: String?
        /// The draft that the store holds does not decode.
        var lostDraft: Bool
        var skip: ReasonModel?
        var due: DueModel?
        var gaps: String
        var isComplete: Bool
        var elements: [ReportElementModel]
        var hasFields: Bool
        var fields: [ReportFieldModel]
        var hasKnown: Bool
        var source: String
        var counting: ReasonModel
        var stages: [FormModel.Option]
    }

    private func stage(_ exchange: Exchange) throws -> ReportStage {
        let text = exchange.parameter("stage")
        guard let stage = ReportStage(rawValue: text) else {
            throw Problem.notFound(
                "There is no report called \(Problem.quoted(text)); there are \(ReportStage.allCases.map(\.rawValue).joined(separator: ", "))."
            )
        }
        return stage
    }

    func stageReport(_ exchange: Exchange) async throws -> Response {
        let stage = try stage(exchange)
        let file = try await file(exchange)
        return try await show(file.draft(of: stage), file, exchange, typed: nil, errors: [:])
    }

    func reportText(_ exchange: Exchange) async throws -> Response {
        let stage = try stage(exchange)
        let file = try await file(exchange)
        return Response(
            status: .ok, headers: [.contentType: "text/plain; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: file.draft(of: stage).text())))
    }

    /// - Parameter errors: by the name of the field; "" for the page.
    private func show(
        _ draft: ReportDraft, _ file: CaseFile, _ exchange: Exchange, typed: RecordForm?, errors: [String: String]
    ) async throws -> Response {
        let now = exchange.now
        let known = try await read { try ReportSuggestions.values(for: file, $0, at: now) }
        let report = draft.completeness()
        let content = Article14.facts.content(of: draft.stage, for: draft.kind)
        let clock = file.case.openClocks.first { $0.stage == draft.stage }
        let gaps = report.missingElements.count + report.fields.count { $0.problem != nil }
        let form = PlatformForm.current
        let mayWrite = mayRecord(exchange)
        let fields = report.fields.map { ReportFieldModel($0, known, typed, errors) }
        let model = Model(
            number: file.identifier, path: "\(file.path)/reports/\(draft.stage.rawValue)", casePath: file.path,
            title: file.case.opening.title, stage: draft.stage.title, isDrill: draft.isDrill, mayWrite: mayWrite,
            seal: sealValue(exchange),
            refusal: errors[""],
            lostDraft: file.unreadableDrafts.contains(draft.stage.title),
            skip: content?.skip.map(ReasonModel.init), due: clock?.due.map { DueModel($0, at: now) },
            gaps: gaps == 0
                ? "Nothing that the law or the form asks for is missing. That says nothing about whether it is right."
                : "\(Words.count(gaps, "gap", "gaps")): what is missing or does not fit is marked below.",
            isComplete: gaps == 0, elements: report.elements.map { ReportElementModel($0, draft, typed, errors) },
            hasFields: !fields.isEmpty,
            fields: fields, hasKnown: fields.contains { $0.isOpen && $0.suggestion != nil && $0.value.isEmpty },
            source: "\(form.source), as of \(form.asOf) (\(form.mark.rawValue)). \(form.note)",
            counting: ReasonModel(PlatformForm.counting),
            stages: ReportStage.allCases.map {
                .init(value: "\(file.path)/reports/\($0.rawValue)", label: $0.title, selected: $0 == draft.stage)
            })
        var response = page(
            "case_report", title: "\(draft.isDrill ? "Drill " : "")\(file.identifier): \(draft.stage.title)", place: "/cases",
            live: nil,
            exchange, model)
        if !errors.isEmpty { response.status = .unprocessableContent }
        return response
    }

    func saveReport(_ exchange: Exchange) async throws -> Response {
        let stage = try stage(exchange)
        let typed = try await sealedForm(exchange)
        let file = try await file(exchange)
        let now = exchange.now
        var draft = file.draft(of: stage)
        var errors: [String: String] = [:]
        for (name, value) in typed.values where name.hasPrefix("field.") {
            do throws(ReportDraft.Failure) { try draft.set(String(name.dropFirst("field.".count)), to: value) } catch {
                errors[Self.isShown(name, in: draft) ? name : ""] = error.description
            }
        }
        for (name, kind) in typed.values where name.hasPrefix("kind.") {
            let id = String(name.dropFirst("kind.".count))
            let text = typed["text.\(id)"]
            do throws(ReportDraft.Failure) {
                let statement: ReportDraft.Statement? =
                    switch kind {
                    case "given": .given(text: text)
                    case "unknown": .unknown(text: text)
                    case "notApplicable": .notApplicable(text: text)
                    default: nil
                    }
                try draft.state(id, statement)
                // Not lost without a word.
                if statement == nil, !text.isEmpty {
                    errors["text.\(id)"] = "Choose what this text says: given, not known yet, or does not apply."
                }
            } catch {
                if case .noSuchElement = error { errors[""] = error.description } else { errors["text.\(id)"] = error.description }
            }
        }
        guard errors.isEmpty else { return try await show(draft, file, exchange, typed: typed, errors: errors) }
        if typed["do"] == "fill" {
            for (number, value) in try await read({ try ReportSuggestions.values(for: file, $0, at: now) })
            where draft.values[number] == nil {
                // What the stage does not ask for, or has from before, is not filled in.
                try? draft.set(number, to: value)
            }
        }
        let (author, saved, identifier) = (exchange.authorship, draft, file.identifier)
        try await read { try $0.saveDraft(saved, of: identifier, by: author, at: now) }
        return .seeOther("\(file.path)/reports/\(stage.rawValue)")
    }

    private static func isShown(_ name: String, in draft: ReportDraft) -> Bool {
        PlatformForm.current.fields(for: draft.kind).contains {
            "field.\($0.number)" == name && $0.status(at: draft.stage) != .notAsked
        }
    }
}
