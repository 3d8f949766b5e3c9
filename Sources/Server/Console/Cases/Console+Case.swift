import Estate
import Foundation
import Hummingbird
import NIOCore
import Regulation

/// The page of a case.
extension Console {
    private struct Model {
        struct Affected {
            var product: String
            var versions: String
        }

        struct Report {
            var stage: String
            var path: String
            var standing: String
        }

        var number: String
        var path: String
        var title: String
        var kind: String
        var phase: String
        var isDrill: Bool
        var owner: String
        var deputy: String?
        var zone: String
        var coordinator: String?
        var size: String?
        var twoPersons: Bool
        var affected: [Affected]
        var refusal: String?
        var signal: AgeModel
        var aware: StampModel?
        var decidedBy: String?
        var measure: StampModel?
        var noCase: String?
        /// Why nothing is reportable.
        var notReportable: ReasonModel?
        var clocks: [ClockModel]
        var hasClocks: Bool
        var remarks: [ReasonModel]
        var askedBy: String?
        var reach: [ReachModel]
        var csv: String
        var reports: [Report]
        var mayWrite: Bool
        var next: [FormModel]
        var more: [FormModel]
        var history: [ActionModel]
    }

    func caseFile(_ exchange: Exchange) async throws -> Response {
        try await show(try await file(exchange), exchange, call: nil, typed: nil, refusal: nil)
    }

    private func show(
        _ file: CaseFile, _ exchange: Exchange, call: StepCall?, typed: RecordForm?, refusal: FormRefusal?
    ) async throws -> Response {
        let now = exchange.now
        let clock = try file.clock()
        let item = file.case
        let reach = try await read { estate in
            try file.reach.indices.map { try ReachModel(file, $0, estate, at: now) }
        }
        let (next, more, left) = forms(file, clock, exchange, call: call, typed: typed, refusal: refusal)
        let table = item.deadlines
        let clocks = ClockModel.all(of: file, clock: clock, at: now)
        let state = item.state
        let coordinator = state.country.flatMap(Coordinator.of)
        let model = Model(
            number: file.identifier, path: file.path, title: item.opening.title, kind: item.kind.words, phase: item.phase.title,
            isDrill: item.isDrill, owner: file.owner, deputy: file.deputy.isEmpty ? nil : file.deputy, zone: item.opening.zone,
            coordinator: coordinator.map { "\($0.memberState), \($0.csirt)" }, size: item.opening.size?.rawValue,
            twoPersons: item.opening.twoPersonClosing,
            affected: item.opening.products.map {
                Model.Affected(
                    product: $0.product, versions: $0.versions.isEmpty ? "all versions" : $0.versions.joined(separator: ", "))
            }, refusal: left, signal: AgeModel(UTCInstant(state.firstSignal), at: now),
            aware: state.aware.map { StampModel($0.since, in: clock) }, decidedBy: state.decidedBy,
            measure: state.measureAvailableAt.map { StampModel($0, in: clock) }, noCase: state.noCase,
            notReportable: table.flatMap { $0.reportability.isReportable ? nil : ReasonModel($0.reportability.reason) },
            clocks: clocks,
            hasClocks: !clocks.isEmpty, remarks: (table?.remarks ?? []).map(ReasonModel.init), askedBy: state.closingAskedBy,
            reach: reach,
            csv: "\(file.path)/dark.csv",
            reports: ReportStage.allCases.map { stage in
                Model.Report(
                    stage: stage.title, path: "\(file.path)/reports/\(stage.rawValue)", standing: Self.standing(of: stage, in: file)
                )
            }, mayWrite: mayRecord(exchange), next: next, more: more,
            history: item.history.enumerated().map { ActionModel($0.element, number: $0.offset, remarks: state.remarks, in: clock) }
                .reversed())
        var response = page(
            "case", title: "\(item.isDrill ? "Drill " : "Case ")\(file.identifier)", place: "/cases", live: nil, exchange, model)
        if refusal != nil { response.status = .unprocessableContent }
        return response
    }

    private static func standing(of stage: ReportStage, in file: CaseFile) -> String {
        guard let draft = file.drafts[stage] else { return "no draft" }
        let report = draft.completeness()
        let gaps = report.missingElements.count + report.fields.count { $0.problem != nil }
        return gaps == 0 ? "a draft with nothing missing" : "a draft with \(Words.count(gaps, "gap", "gaps"))"
    }

    /// The forms for who may change something; what was refused stands where it was typed, also when the form is not offered any more.
    private func forms(
        _ file: CaseFile, _ clock: LocalClock, _ exchange: Exchange, call: StepCall?, typed: RecordForm?, refusal: FormRefusal?
    ) -> (next: [FormModel], more: [FormModel], refusal: String?) {
        guard mayRecord(exchange) else { return ([], [], refusal?.text) }
        let steps = StepForms(file: file, clock: clock, now: exchange.now)
        let seal = sealValue(exchange)
        var calls = steps.calls
        if let call, !calls.contains(call) { calls.insert(call, at: 0) }
        var (next, more): ([FormModel], [FormModel]) = ([], [])
        for each in calls {
            var form = steps.form(each, seal: seal)
            if each == call, let typed, let refusal {
                form.keep(typed)
                form.refuse(refusal)
            }
            if StepForms.isNext(each.kind) || each == call { next.append(form) } else { more.append(form) }
        }
        // What comes next stands open, unless another form was refused.
        if call == nil, !next.isEmpty { next[0].isOpen = true }
        return (next, more, call == nil ? refusal?.text : nil)
    }

    func takeStep(_ exchange: Exchange) async throws -> Response {
        let typed = try await sealedForm(exchange)
        let before = try await file(exchange)
        guard let kind = StepKind(rawValue: typed["step"]) else {
            throw Problem.badRequest("The form names no step that a case takes; reload the case's page.")
        }
        let call = StepCall(kind: kind, target: typed["target"])
        let steps = StepForms(file: before, clock: try before.clock(), now: exchange.now)
        let (author, now, number) = (exchange.authorship(reason: typed["reason"]), exchange.now, before.identifier)
        do {
            if let step = try steps.step(call, typed) {
                try await read { _ = try $0.act(in: number, step, by: author, at: now) }
            } else {
                let (owner, deputy) = (typed["owner"], typed["deputy"])
                try await read { try $0.assign(number, owner: owner, deputy: deputy, by: author, at: now) }
            }
            return .seeOther(before.path)
        } catch let refusal as FormRefusal {
            return try await show(before, exchange, call: call, typed: typed, refusal: refusal)
        } catch let error as CaseFileError {
            // Somebody else may have taken a step meanwhile: what is shown is what stands.
            return try await show(try await file(exchange), exchange, call: call, typed: typed, refusal: FormRefusal(error))
        }
    }

    func darkUnits(_ exchange: Exchange) async throws -> Response {
        let file = try await file(exchange)
        let now = exchange.now
        let text = try await read { try DarkList.text(of: file, $0, at: now) }
        return Self.csv(text, name: "case-\(file.identifier)-dark.csv")
    }

    /// - Parameter name: of the file; letters, digits, dots and dashes.
    static func csv(_ text: String, name: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "text/csv; charset=utf-8", .contentDisposition: "attachment; filename=\"\(name)\""],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}
