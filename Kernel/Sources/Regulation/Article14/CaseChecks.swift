import Foundation

/// The bounds on what actions say, and whether what they state can be.
enum CaseChecks {
    static func author(_ action: CaseAction) throws(CaseError) {
        try line(action.author, .author)
        try range(action.at, .entry)
        if !action.reason.isEmpty { try text(action.reason, .reason) }
    }

    /// The reason of an action that needs one.
    static func reason(_ action: CaseAction) throws(CaseError) { try text(action.reason, .reason) }

    static func text(_ text: String, _ field: CaseField) throws(CaseError) {
        if text.utf8.count > Case.Limits.text { throw .tooLong(field, limit: Case.Limits.text) }
        if text.allSatisfy(\.isWhitespace) { throw .empty(field) }
    }

    static func line(_ text: String, _ field: CaseField) throws(CaseError) {
        if text.utf8.count > Case.Limits.line { throw .tooLong(field, limit: Case.Limits.line) }
        if text.allSatisfy(\.isWhitespace) { throw .empty(field) }
        for scalar in text.unicodeScalars
        where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.value == 0x2028 || scalar.value == 0x2029 {
            throw .notOneLine(field)
        }
    }

    static func range(_ date: Date, _ field: CaseField) throws(CaseError) {
        if LocalClock.seconds(of: date) == nil { throw .outOfRange(field) }
    }

    /// A moment that has happened when it is entered.
    static func past(_ date: Date, _ field: CaseField, _ now: Date) throws(CaseError) {
        try range(date, field)
        if date > now + Case.Limits.tolerance { throw .inFuture(field) }
    }

    static func signal(_ signal: CaseSignal, _ now: Date) throws(CaseError) {
        try line(signal.source, .source)
        try text(signal.text, .text)
        try past(signal.receivedAt, .signal, now)
    }

    static func opening(_ opening: CaseOpening) throws(CaseError) {
        let identifier = opening.identifier.utf8
        let isWord = identifier.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || [0x2D, 0x2E, 0x5F].contains(byte)
        }
        guard isWord, (1...Case.Limits.identifier).contains(identifier.count) else { throw .badIdentifier }
        try line(opening.title, .title)
        if opening.products.isEmpty { throw .noProduct }
        if opening.products.count > Case.Limits.products { throw .tooMany(.products, limit: Case.Limits.products) }
        for product in opening.products {
            try line(product.product, .product)
            if product.versions.count > Case.Limits.versions { throw .tooMany(.versions, limit: Case.Limits.versions) }
            for version in product.versions { try line(version, .version) }
        }
        do { _ = try LocalClock(zone: opening.zone) } catch { throw .clock(error) }
        if let country = opening.country, Coordinator.of(country) == nil { throw .clock(.unknownCountry(country)) }
    }

    static func decision(_ decision: AwareDecision, _ kind: CaseKind, _ now: Date) throws(CaseError) {
        try text(decision.evidence, .evidence)
        try past(decision.since, .awareness, now)
        if decision.criteria.count > Case.Limits.criteria { throw .tooMany(.criteria, limit: Case.Limits.criteria) }
        let trigger = Article14.facts.trigger(of: kind)
        let severity = Set((trigger?.severity ?? []).map(\.id))
        let known = severity.union((trigger?.tests ?? []).map(\.id))
        for id in decision.criteria where !known.contains(id) { throw .unknownCriterion(id) }
        if !severity.isEmpty, severity.isDisjoint(with: decision.criteria) { throw .notSevere }
    }

    static func submission(_ submission: CaseSubmission, _ now: Date) throws(CaseError) {
        guard let place = ReportStage.reports.firstIndex(of: submission.stage) else { throw .notAStage(submission.stage) }
        // What it covers follows it without a gap.
        let following = ReportStage.reports[(place + 1)...]
        guard submission.covers == Array(following.prefix(submission.covers.count)) else {
            throw .notAStage(submission.covers.last ?? submission.stage)
        }
        try line(submission.reference, .reference)
        try past(submission.at, .submission, now)
    }

    /// Two ways to write the name of one person.
    static func isSame(_ left: String, _ right: String) -> Bool {
        func plain(_ name: String) -> String { name.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ") }
        return plain(left) == plain(right)
    }
}
