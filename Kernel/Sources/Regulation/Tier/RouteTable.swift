/// Whether one route is allowed by law, and whether it can be had, on a day.
public struct RouteOption: Codable, Hashable, Sendable {
    public var route: Route
    /// Whether the law lets the product use it, given what exists on the day.
    public var allowed: Verdict
    /// Whether it can be completed on the day: a body, a scheme or a covering standard is there.
    public var obtainable: Verdict
    public var reasons: [Reason]
    /// What the manufacturer still has to do for it to hold, such as applying a standard in full.
    public var conditions: [Reason]
    public var wouldChange: [Reason]

    /// Allowed and obtainable; what is missing decides otherwise.
    public var open: Verdict {
        if allowed == .doesNotApply || obtainable == .doesNotApply { return .doesNotApply }
        return allowed == .applies && obtainable == .applies ? .applies : .cannotTellYet
    }

    /// The weakest mark among the reasons.
    public var mark: Mark { reasons.map(\.mark).min() ?? .interpretation }
}

/// The routes of a product on a day (Art. 32), from the law and from dated inputs.
public struct RouteTable: Codable, Hashable, Sendable {
    public var day: Day
    public var tier: Tier
    /// The category within Annex III or IV; nil for default.
    public var category: String?
    public var options: [RouteOption]
    public var notes: [Reason]

    /// - Parameters:
    ///   - publicFreeSoftware: whether Art. 32(5) is met; nil while it is not known.
    public init(tier: Tier, category: String?, publicFreeSoftware: Bool? = nil, on day: Day, state: ConformityState = .known) {
        self.day = day
        self.tier = tier
        self.category = category
        let file = EmbeddedFacts.conformity
        let important = tier == .importantI || tier == .importantII
        options = Route.allCases.map { route in
            let free = important && publicFreeSoftware == true
            var rule = file.law.first { $0.tier == tier && $0.route == route }
            if free {
                rule = .init(tier: tier, route: route, allowed: .always, reason: file.freeSoftware)
            }
            guard let rule else {
                return RouteOption(
                    route: route, allowed: .cannotTellYet, obtainable: .cannotTellYet, reasons: [], conditions: [], wouldChange: [])
            }
            return Self.option(rule, category: category, day: day, state: state, mayBeFree: important && publicFreeSoftware == nil)
        }
        notes = [file.presumption]
        if day < file.applies {
            notes.append(
                Reason("Conformity has to be shown from \(file.applies) on.", [Citation("Art. 71(2)", .verified)]))
        }
        notes.append(
            Reason(
                "Standards, bodies and acts are inputs with a date. When the last look is more than \(ConformityState.freshness) days old we no longer take an absence for granted; that limit is our choice.",
                [Citation("our choice", .interpretation)]))
    }

    public func option(_ route: Route) -> RouteOption? { options.first { $0.route == route } }

    private static func option(
        _ rule: ConformityFile.Law, category: String?, day: Day, state: ConformityState, mayBeFree: Bool
    ) -> RouteOption {
        var option = RouteOption(
            route: rule.route, allowed: .applies, obtainable: .applies, reasons: [rule.reason], conditions: [], wouldChange: [])
        func add(_ found: Found, or change: String, citation: Citation) {
            option.reasons += found.reasons
            if found.verdict != .applies { option.wouldChange.append(Reason(change, [citation])) }
        }
        switch rule.allowed {
        case .always: break
        case .never: option.allowed = .doesNotApply
        case .ifCovered:
            let found = look(for: [.harmonisedStandard, .commonSpecification, .scheme], category: category, day: day, state: state)
            option.allowed = found.verdict
            add(
                found, or: "A cited harmonised standard, a common specification or a designated scheme that covers the category.",
                citation: Citation("Art. 32(2)", .verified))
            option.conditions = found.entries.map {
                Reason("\($0.title) is applied in full, and covers the risks of the core functionality.", [$0.citation])
            }
        case .unlessRequired:
            let found = look(for: [.requiredCertificate], category: category, day: day, state: state)
            option.reasons += found.reasons
            switch found.verdict {
            case .applies: option.allowed = .doesNotApply
            case .doesNotApply:
                option.wouldChange.append(
                    Reason(
                        "A delegated act that asks for a certificate would close this route.", [Citation("Art. 8(1)", .verified)]))
            case .cannotTellYet: option.allowed = .cannotTellYet
            }
        }
        if mayBeFree, option.allowed != .applies {
            option.wouldChange.append(
                Reason("Free software with public technical documentation may use it.", [Citation("Art. 32(5)", .verified)]))
        }
        switch rule.route {
        case .selfAssessment:
            option.obtainable = option.allowed
            if option.allowed == .applies {
                option.reasons.append(Reason("No third party is needed.", [Citation("Annex VIII, Part I", .secondary)]))
            }
        case .typeExamination, .qualityAssurance:
            let found = look(for: [.notifiedBody], category: category, day: day, state: state, route: rule.route)
            option.obtainable = found.verdict
            add(found, or: "A notified body for this module and product.", citation: Citation("Chapter IV", .secondary))
        case .certificate:
            let found = look(for: [.scheme, .requiredCertificate], category: category, day: day, state: state)
            option.obtainable = found.verdict
            add(found, or: "A designated scheme that covers the product.", citation: Citation("Art. 27(9)", .secondary))
        }
        return option
    }

    private struct Found {
        var verdict: Verdict
        var reasons: [Reason]
        var entries: [ConformityState.Entry] = []
    }

    private static func look(
        for kinds: [ConformityState.Kind], category: String?, day: Day, state: ConformityState, route: Route? = nil
    ) -> Found {
        let entries = state.entries.filter { entry in
            kinds.contains(entry.kind) && entry.isInEffect(on: day) && entry.covers(category)
                && (route.map(entry.routes.contains) ?? true)
        }
        guard entries.isEmpty else {
            return Found(
                verdict: .applies,
                reasons: entries.map { Reason("In effect on \(day): \($0.title), since \($0.from).", [$0.citation]) },
                entries: entries)
        }
        var verdict = Verdict.doesNotApply
        var reasons: [Reason] = []
        for kind in kinds {
            // The last look that was not after the day, else the first one after it.
            let looks = state.observations.filter { $0.kind == kind && $0.from <= day }.sorted { $0.asOf < $1.asOf }
            guard let last = looks.last else {
                verdict = .cannotTellYet
                reasons.append(Reason("Nobody looked, for \(day), whether there was one: \(kind.title)."))
                continue
            }
            reasons.append(last.reason)
            let age = day.ordinal - last.asOf.ordinal
            if age > ConformityState.freshness {
                verdict = .cannotTellYet
                reasons.append(
                    Reason("The last look was \(age) days before \(day): look again (\(kind.title)).", last.reason.citations))
            } else if age > 0 {
                reasons.append(
                    Reason("Last looked at on \(last.asOf), \(age) days before \(day) (\(kind.title)).", last.reason.citations))
            }
        }
        return Found(verdict: verdict, reasons: reasons)
    }
}

extension ConformityState.Kind {
    /// What it is called in a sentence.
    public var title: String {
        switch self {
        case .harmonisedStandard: "cited harmonised standards"
        case .commonSpecification: "common specifications"
        case .scheme: "designated schemes"
        case .requiredCertificate: "acts that require a certificate"
        case .notifiedBody: "notified bodies"
        }
    }
}
