/// The days of a timeline, merged and in order.
enum TimelineItems {
    static func list(_ history: ProductHistory, groups: [GroupTimeline]) -> [DatedItem] {
        let file = EmbeddedFacts.dates
        var items: [DatedItem] = file.events.filter { ["reporting", "general", "old-certificates"].contains($0.id) }.map {
            DatedItem(day: $0.day, kind: .law, text: $0.what, subject: nil, reason: Reason($0.what, $0.citations))
        }
        func add(_ day: Day, _ kind: DatedItem.Kind, _ text: String, _ subject: String?, _ rule: String) {
            guard let reason = file.support(rule) ?? file.rule(rule) else { return }
            items.append(DatedItem(day: day, kind: kind, text: text, subject: subject, reason: reason))
        }
        let end = history.support?.end?.lastDay
        for group in groups {
            let units = group.units.map { "\($0) units" } ?? "units, count not known,"
            let placed = history.kind == .standaloneSoftware ? "Version first offered" : "First of \(units) placed"
            items.append(
                DatedItem(
                    day: group.placedFrom, kind: .placing, text: placed, subject: group.group,
                    reason: group.reasons.first ?? Reason("Placed on the market.")))
            items.append(
                DatedItem(
                    day: max(group.placedFrom, file.reporting), kind: .reporting, text: "Article 14 applies", subject: group.group,
                    reason: file.article14))
            guard let from = group.fullFrom else { continue }
            let last = max(from, group.placedTo)
            if let end {
                add(
                    max(last.adding(years: 10), end), .retention, "Technical documentation and declaration kept until here",
                    group.group, "documents")
                add(
                    max(last.adding(years: 10), end), .retention, "User information available until here", group.group,
                    "userInformation")
            }
            add(last.adding(years: 10), .retention, "Suppliers and customers can be named until here", group.group, "supplyChain")
        }
        for change in history.modifications {
            let text =
                switch change.outcome {
                case .substantial: "substantial"
                case .notSubstantial: "not substantial"
                case .undetermined: "not judged yet"
                }
            add(
                change.day, .modification, "Modification \(change.id): \(text)", nil,
                change.outcome == .substantial && change.day >= file.general ? "M1" : "T1")
        }
        if groups.contains(where: { $0.fullFrom != nil }), let end {
            add(end, .endOfSupport, "Support ends; tell the users where technically feasible", nil, "endNotice")
            for months in Timeline.noticeMonths {
                add(
                    end.adding(months: -months), .notice,
                    "Tell the users that support ends in \(months) month\(months == 1 ? "" : "s")", nil, "earlyNotice")
            }
            for update in history.updates {
                add(
                    max(update.issued.adding(years: 10), end), .updateAvailability, "Update \(update.id) available until here",
                    update.id, "updates")
            }
        }
        return items.sorted {
            ($0.day, $0.kind.rawValue, $0.subject ?? "", $0.text) < ($1.day, $1.kind.rawValue, $1.subject ?? "", $1.text)
        }
    }
}
