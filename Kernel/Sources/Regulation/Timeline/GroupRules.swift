/// T1 to T6 and modifications, applied to one group of units.
enum GroupRules {
    static func timelines(of group: UnitGroup, changes: [Modification], in history: ProductHistory) -> [GroupTimeline] {
        let general = EmbeddedFacts.dates.general
        if history.kind == .standaloneSoftware {
            // The first offer places the version; copies that are handed out later keep that day (T4).
            let units = group.count == 0 ? nil : group.count
            return [part(group, from: group.placedFrom, to: group.placedFrom, units: units, changes, history)]
        }
        guard group.placedFrom < general, group.placedTo >= general else {
            return [part(group, from: group.placedFrom, to: group.placedTo, units: group.count, changes, history)]
        }
        // Placing is unit by unit, so the general date cuts the group in two; only the manufacturer knows the counts.
        return [(group.placedFrom, general.adding(days: -1)), (general, group.placedTo)].map { from, to in
            var timeline = part(group, from: from, to: to, units: nil, changes, history)
            timeline.missing.append(
                MissingFact(
                    "how many of the \(group.count) units of \(group.id) were placed before \(general), and how many from then on",
                    from: "the product's units", citations: [Citation("Art. 69(2)", .verified)]))
            return timeline
        }
    }

    private static func part(_ group: UnitGroup, from: Day, to: Day, units: Int?, _ all: [Modification], _ history: ProductHistory)
        -> GroupTimeline
    {
        let file = EmbeddedFacts.dates
        var timeline = GroupTimeline(
            group: group.id, placedFrom: from, placedTo: to, units: units, regime: .reportingOnly, rules: [], reasons: [],
            fullFrom: nil, obligations: [], missing: [])
        func because(_ id: String) {
            timeline.rules.append(id)
            if let reason = file.rule(id) { timeline.reasons.append(reason) }
        }
        let isSoftware = history.kind == .standaloneSoftware
        let changes = all.filter { $0.day >= max(from, file.general) }
            .sorted { ($0.day, $0.id) < ($1.day, $1.id) }
        if from >= file.general {
            timeline.regime = .full
            timeline.fullFrom = from
            because(isSoftware ? "T4" : "T2")
            if changes.contains(where: { $0.outcome == .substantial }) {
                because("M5")
                if isSoftware { because("M6") }
            }
        } else {
            because("T1")
            if let change = changes.first(where: { $0.outcome == .substantial }) {
                // Of several, one that reaches the whole decides.
                let whole = changes.first { $0.outcome == .substantial && affectsWhole($0) == true } ?? change
                timeline.regime = affectsWhole(whole) == false ? .fullForChangedPart : .full
                timeline.fullFrom = change.day
                because("M1")
                because(modifierRule(whole))
                because("M5")
                if isSoftware { because("M6") }
                if affectsWhole(whole) == nil {
                    timeline.missing.append(
                        MissingFact(
                            "whether modification \(whole.id) affects the product as a whole, and who made it; until then the whole is assumed",
                            from: "the modification screen",
                            citations: [Citation("Art. 22", .verified), Citation("guidance pt 124", .guidance)],
                            keepsOpen: false))
                }
            } else if let open = changes.first(where: { $0.outcome == .undetermined }) {
                timeline.regime = .cannotTellYet
                timeline.missing.append(
                    MissingFact(
                        "whether modification \(open.id) of \(open.day) is substantial", from: "the modification screen",
                        citations: [Citation("Art. 3(30)", .verified), Citation("Art. 69(2)", .verified)]))
            }
            if isSoftware { because("T4") } else if group.inStock { because("T3") }
        }
        because("T6")
        timeline.obligations = obligations(timeline, history)
        return timeline
    }

    /// Whether the whole product is newly placed. An importer or distributor becomes manufacturer of it (Art. 21).
    private static func affectsWhole(_ change: Modification) -> Bool? {
        change.modifier == .importerOrDistributor
            ? true : change.modifier == nil && change.affectsWhole == false ? nil : change.affectsWhole
    }

    private static func modifierRule(_ change: Modification) -> String {
        switch change.modifier {
        case .importerOrDistributor: "M3"
        case .other: "M4"
        case .manufacturer, nil: "M2"
        }
    }

    private static func obligations(_ timeline: GroupTimeline, _ history: ProductHistory) -> [ObligationSpan] {
        let file = EmbeddedFacts.dates
        var spans = [
            ObligationSpan(
                id: "14", duty: "Report actively exploited vulnerabilities and severe incidents.",
                from: max(timeline.placedFrom, file.reporting), until: nil,
                untilText: "no end: it goes on after the support period",
                reason: Reason(
                    file.article14.text,
                    file.article14.citations + [Citation("Art. 69(3)", .verified), Citation("guidance pt 210", .guidance)]))
        ]
        guard let from = timeline.fullFrom else { return spans }
        let end = history.support?.end?.lastDay
        // A modified unit is placed again on the day of the modification.
        let lastPlacing = max(from, timeline.placedTo)
        spans.append(
            ObligationSpan(
                id: "I.1", duty: "Annex I, Part I.", from: from, until: lastPlacing, untilText: "judged as each unit is placed",
                reason: file.partI))
        spans.append(
            ObligationSpan(
                id: "I.2", duty: "Annex I, Part II.", from: from, until: end,
                untilText: end == nil ? "the end of support, which is not declared" : "the end of support", reason: file.partII))
        for obligation in EmbeddedFacts.article13.obligations where obligation.until != .watch {
            let (until, text) = limit(obligation.until, lastPlacing: lastPlacing, end: end, updates: history.updates)
            spans.append(
                ObligationSpan(
                    id: obligation.id, duty: obligation.duty, from: from, until: until, untilText: text,
                    reason: Reason(obligation.duty, obligation.citations)))
        }
        return spans
    }

    private static func limit(
        _ until: Article13File.Until, lastPlacing: Day, end: Day?, updates: [IssuedUpdate]
    ) -> (Day?, String) {
        switch until {
        case .placing: (lastPlacing, "done as each unit is placed")
        case .support: (end, end == nil ? "the end of support, which is not declared" : "the end of support")
        case .supportNotice:
            (end, end == nil ? "the notice at the end of support, which is not declared" : "the notice at the end of support")
        case .retention:
            (
                end.map { max(lastPlacing.adding(years: 10), $0) },
                "ten years after placing, or the end of support, whichever is later"
            )
        case .updates:
            (
                end.flatMap { end in updates.map { max($0.issued.adding(years: 10), end) }.max() },
                "for each update ten years after it was issued, or the end of support, whichever is later"
            )
        case .none, .watch: (nil, "no end")
        }
    }
}
