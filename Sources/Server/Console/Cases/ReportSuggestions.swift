import Estate
import Foundation
import Regulation

/// What the case and the estate know already for a report's fields. A suggestion: a person takes it over, or does not.
enum ReportSuggestions {
    /// By the field's number; fields about which nothing is known are not there.
    static func values(for file: CaseFile, _ estate: EstateService, at now: UTCInstant) throws -> [String: String] {
        let item = file.case
        var values: [String: String] = [:]
        let utc = try LocalClock(zone: "UTC")
        values["2"] = item.opening.title
        values["6"] = item.opening.products.map(\.product).joined(separator: ", ")
        var states: Set<String> = []
        var versions: [String] = []
        for product in item.opening.products {
            let units = estate.affectedUnits(of: UnitSelection(product: product.product, versions: product.versions))
            // Countries outside the Union are no Member States: the form does not take them.
            states.formUnion(units.countries.compactMap { Coordinator.of($0)?.memberState })
            let named = product.versions.isEmpty ? units.firmware : product.versions
            if !named.isEmpty {
                versions.append((item.opening.products.count > 1 ? "\(product.product): " : "") + named.joined(separator: ", "))
            }
        }
        if !states.isEmpty { values["5"] = states.sorted().joined(separator: ", ") }
        if !versions.isEmpty { values["7"] = versions.joined(separator: "; ") }
        if item.opening.products.count == 1, let report = try estate.product(item.opening.products[0].product, at: now) {
            values["4"] = report.record.facts[.manufacturerName]
            switch report.tier.result?.tier {
            case .standard: values["8"] = "Default"
            case .importantI: (values["8"], values["9"]) = ("Important", "Class I")
            case .importantII: (values["8"], values["9"]) = ("Important", "Class II")
            case .critical: values["8"] = "Critical"
            case nil: break
            }
            values["10"] = report.tier.result?.category?.title
        }
        if let aware = item.state.aware { values[item.kind == .vulnerability ? "v26" : "i37"] = utc.text(aware.since) }
        if let measure = item.state.measureAvailableAt { values["v22"] = utc.text(measure) }
        return values
    }
}

extension CaseFile {
    /// The draft of a stage as it stands: what the form carries over comes from the stages before, the rest is its own.
    func draft(of stage: ReportStage) -> ReportDraft {
        let own = drafts[stage]
        var draft = ReportDraft(kind: self.case.kind, stage: stage, isDrill: self.case.isDrill)
        guard ReportStage.reports.contains(stage) else { return own ?? draft }
        let earlier = ReportStage.reports.last { $0 < stage }.map(draft(of:))
        if let earlier, let carried = try? ReportDraft(kind: self.case.kind, stage: stage, carrying: earlier) { draft = carried }
        guard let own else { return draft }
        for field in PlatformForm.current.fields(for: self.case.kind) {
            // Carried over fields refuse it, and keep what they carry.
            try? draft.set(field.number, to: own.values[field.number] ?? "")
        }
        for (element, statement) in own.statements { try? draft.state(element, statement) }
        return draft
    }
}
