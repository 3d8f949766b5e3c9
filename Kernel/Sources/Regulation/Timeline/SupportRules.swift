/// Holds a support decision against Art. 13(8) and (19).
enum SupportRules {
    static func findings(_ history: ProductHistory, groups: [GroupTimeline]) -> [SupportFinding] {
        let concerned = groups.filter { $0.fullFrom != nil }
        guard !concerned.isEmpty else { return [] }
        let file = EmbeddedFacts.dates
        var found: [SupportFinding] = []
        func add(_ kind: SupportFinding.Kind, _ rule: String, _ text: String, group: String? = nil, needed: Day? = nil) {
            let citations = file.support(rule)?.citations ?? file.rule(rule)?.citations ?? []
            found.append(SupportFinding(kind: kind, group: group, reason: Reason(text, citations), needed: needed))
        }
        let support = history.support
        if support?.expectedUseMonths == nil {
            add(
                .expectedUseMissing, "expectedUse",
                "How long the product is expected to be in use is not on record: the support period has to reflect it.")
        }
        if support?.end == nil { add(.endMissing, "endDate", "No end of support is declared, at least with month and year.") }
        let unanswered = SupportCriterion.all.filter { $0.must && isBlank(support?.reasoning[$0.id] ?? "") }
        if !unanswered.isEmpty {
            add(.reasoningMissing, "basis", "The reasoning does not say: \(unanswered.map(\.text).joined(separator: "; ")).")
        }
        if concerned.contains(where: { $0.rules.contains("M5") }) {
            add(
                .modificationUnassessed, "M5",
                "Units were substantially modified: look at the support period again. It does not start afresh by itself.")
        }
        guard let support, let end = support.end?.lastDay else { return found }
        for group in concerned {
            // A modified unit was placed long ago: its support period is looked at again (M5), it does not start afresh.
            let modified = group.rules.contains("M1")
            let placed = modified ? group.fullFrom ?? group.placedTo : group.placedTo
            if end < placed {
                add(
                    .endsBeforePlacing, "lastUnit",
                    "Support ends on \(end), before the last unit of \(group.group) is placed, or placed again by a modification.",
                    group: group.group)
                continue
            }
            guard !modified else { continue }
            // Support up to the day before the same date counts as whole years, so that a month that ends then is enough.
            func day(_ months: Int) -> Day { placed.adding(months: months).adding(days: -1) }
            let floor = day(support.floorMonths)
            let five = support.expectedUseMonths == nil || (support.expectedUseMonths ?? 0) >= 60
            if end < floor {
                add(
                    .belowFloor, "lastUnit",
                    "Support ends on \(end). For the last unit of \(group.group), placed on \(placed), the least is \(five ? "five years" : "the expected use of \(support.floorMonths) months"): \(floor).",
                    group: group.group, needed: floor)
            }
            if let months = support.expectedUseMonths, months > 60, end < day(months) {
                add(
                    .belowExpectedUse, "fiveIsNoDefault",
                    "Units of \(group.group) are expected to be in use for \(months) months, to \(day(months)); support ends on \(end). The floor of five years does not settle that: the period reflects the expected use.",
                    group: group.group, needed: day(months))
            }
            if support.expectedUseMonths == nil, end >= floor, end < floor.adding(months: 6) {
                add(
                    .fiveByDefault, "fiveIsNoDefault",
                    "Support is hardly more than five years, and nothing on record says why: five is a floor, not a default.",
                    group: group.group)
            }
        }
        return found
    }
}
