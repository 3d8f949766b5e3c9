import Foundation
import Regulation

extension EstateService {
    /// The facts for a product's documents: what was typed, and where nothing was, what follows from the record. Nothing is invented.
    public func documentFacts(of product: ProductReport, at now: UTCInstant) throws -> DocumentFacts {
        var facts = product.record.facts
        func fill(_ field: DocumentField, _ text: @autoclosure () throws -> String?) rethrows {
            if facts[field] == nil { facts[field] = try text() }
        }
        fill(.productName, product.record.name)
        fill(.supportEnd, product.record.history.support?.end?.description)
        fill(.supportBasis, product.record.history.support.flatMap(Self.basis))
        fill(.coreFunctionality, Self.coreFunctionality(of: product))
        fill(.annexITable, Self.statements(of: product.record))
        try fill(.connectivity, connectivity(of: product, at: now))
        return facts
    }

    private static func basis(_ support: SupportDecision) -> String? {
        let months = support.expectedUseMonths.map { "Expected use: \($0) months." }
        let reasons = SupportCriterion.all.compactMap { criterion in
            support.reasoning[criterion.id].flatMap { $0.allSatisfy(\.isWhitespace) ? nil : "\(criterion.text): \($0)" }
        }
        let lines = [months].compactMap(\.self) + reasons
        return lines.isEmpty
            ? nil : (lines + ["Decided by \(support.decidedBy) on \(support.decidedOn)."]).joined(separator: "\n")
    }

    private static func coreFunctionality(of product: ProductReport) -> String? {
        guard let result = product.tier.result, let tier = result.tier, !result.coreFunctionality.isEmpty else { return nil }
        let category = result.category.map { " (\($0.ref), \($0.title))" } ?? ""
        return "\(result.coreFunctionality)\nTier that follows: \(tier.title)\(category)."
    }

    /// Only a table in which every point is stated is one.
    private static func statements(of record: ProductRecord) -> String? {
        let said = Dictionary(record.statements.map { ($0.point, $0) }) { $1 }
        let lines = AnnexIPoint.all.compactMap { point -> String? in
            guard let statement = said[point.id] else { return nil }
            switch statement.applicability {
            case .applicable: return statement.statement.isEmpty ? nil : "\(point.ref): \(statement.statement)"
            case .notApplicable(let justification): return "\(point.ref): not applicable, because \(justification)"
            }
        }
        return lines.count == AnnexIPoint.all.count ? lines.joined(separator: "\n") : nil
    }

    private func connectivity(of product: ProductReport, at now: UTCInstant) throws -> String? {
        let reach = product.reach
        guard reach.units > 0 else { return nil }
        var lines = [
            "\(reach.units) units; \(reach.heard24) heard within 24 hours and \(reach.heard72) within 72 hours before \(now.iso8601)."
        ]
        lines += reach.carriers.map { carrier in
            let code = carrier.operator.plmn.isEmpty ? "" : " (\(carrier.operator.plmn))"
            return
                "\(carrier.operator.name)\(code) carries \(carrier.units) units, \(carrier.onBackup) of them on their backup profile."
        }
        lines += try riskRegister().risks.filter { $0.dependence.product == product.record.name && $0.status != .closed }.map {
            risk in
            "Dependence: \(risk.dependence.subject), \(risk.dependence.units) of \(risk.dependence.of) units, owner \(risk.owner ?? "not named")."
        }
        return lines.joined(separator: "\n")
    }
}
