import Foundation

/// The checked moments of a case in whole seconds, and what follows from them.
struct ClockMoments {
    let input: ReportingClock
    let local: LocalClock
    let utc: LocalClock
    let calendar: HolidayCalendar?
    let aware: Int?
    let measure: Int?
    let warned: Int?
    let notified: Int?

    init(_ input: ReportingClock) throws(ClockError) {
        self.input = input
        local = try LocalClock(zone: input.zone)
        utc = try LocalClock(zone: "UTC")
        if let country = input.country {
            guard let coordinator = Coordinator.of(country) else { throw .unknownCountry(country) }
            calendar = HolidayCalendar.of(coordinator.memberState)
        } else {
            calendar = nil
        }
        func seconds(_ instant: Date?, _ moment: ClockError.Moment) throws(ClockError) -> Int? {
            guard let instant else { return nil }
            guard let seconds = LocalClock.seconds(of: instant) else { throw .outOfRange(moment) }
            return seconds
        }
        _ = try seconds(input.signalAt, .signal)
        aware = try seconds(input.awareAt, .awareness)
        measure = try seconds(input.measureAvailableAt, .measure)
        warned = try seconds(input.earlyWarningSubmittedAt, .earlyWarning)
        notified = try seconds(input.notificationSubmittedAt, .notification)
        if input.kind == .incident, measure != nil { throw .measureOfIncident }
        if let aware {
            if let warned, warned < aware { throw .before(.earlyWarning, than: .awareness) }
            if let notified, notified < aware { throw .before(.notification, than: .awareness) }
        }
        if let warned, let notified, notified < warned { throw .before(.notification, than: .earlyWarning) }
        if aware == nil, measure == nil, warned == nil, notified == nil || input.kind == .vulnerability { throw .nothingStarted }
    }

    static func date(_ seconds: Int) -> Date { Date(timeIntervalSince1970: Double(seconds)) }

    /// The day of application is read in local time; where the place is behind UTC, the earlier of the two counts.
    var reportability: DeadlineTable.Reportability {
        let facts = Article14.facts
        guard let aware, max(local.reading(at: aware).day, utc.reading(at: aware).day) < facts.appliesFrom else {
            return .init(isReportable: true, reason: aware == nil ? ClockRules.awarenessNotGiven : facts.application)
        }
        return .init(isReportable: false, reason: facts.noRetroactivity)
    }

    /// What has not started yet.
    var waiting: [DeadlineTable.Waiting] {
        switch input.kind {
        case .vulnerability where measure == nil: [.init(stage: .finalReport, reason: ClockRules.waitsForMeasure)]
        case .incident where notified == nil && aware == nil:
            [.init(stage: .finalReport, reason: ClockRules.waitsForNotification)]
        default: []
        }
    }

    var remarks: [Reason] {
        ClockRules.always + (input.country == nil ? [ClockRules.noCountry] : calendar == nil ? [ClockRules.noTable] : [])
    }

    // MARK: 24 and 72 hours

    func hours(_ count: Int, _ stage: ReportStage) -> [Deadline] {
        var found: [Deadline] = []
        if let aware {
            var notes: [ClockNote] = []
            if count == 72 { notes.append(ClockRules.contested("K1")) }
            if let signal = input.signalAt, let at = LocalClock.seconds(of: signal), at < aware {
                notes.append(ClockRules.contested("K5"))
                notes.append(ClockRules.fromSignal(local.text(Self.date(at + count * 3_600))))
            }
            let excluded = count == 24 && (input.size == .micro || input.size == .small)
            if excluded { notes.append(ClockNote(nil, Article14.facts.fineExclusion)) }
            found.append(
                deadline(
                    stage, .conservative, aware + count * 3_600, ClockRules.elapsedHours(count, input.kind), notes: notes,
                    isFineExcluded: excluded))
            // The next full hour of the local clock; the hour of the event is not counted.
            let start = aware - local.reading(at: aware).second % 3_600 + 3_600
            found.append(
                deadline(
                    stage, .formal, start + count * 3_600, ClockRules.formalHours(count), isExclusive: true,
                    notes: count == 72 ? [ClockRules.contested("K1")] : [], isFineExcluded: excluded))
        }
        if count == 72, let warned {
            found.append(deadline(stage, .platform, warned + 48 * 3_600, ClockRules.platformNotification))
        }
        return found
    }

    // MARK: The final report

    var finalReport: [Deadline] {
        switch input.kind {
        case .vulnerability: measure.map(fourteenDays) ?? []
        case .incident: month
        }
    }

    private func fourteenDays(from measure: Int) -> [Deadline] {
        let (day, second) = local.reading(at: measure)
        let last = day.adding(days: 14)
        let literal = min(measure + 14 * LocalClock.secondsADay, local.earliest(last, second: second))
        let withNotification = aware.map { $0 + 72 * 3_600 }.flatMap { literal < $0 ? $0 : nil }
        var notes = [ClockRules.contested("K4")]
        if let aware, measure < aware { notes.append(ClockRules.contested("K3")) }
        let rolled = RolledDay(last, calendar)
        return [
            deadline(
                .finalReport, .conservative, withNotification ?? literal,
                withNotification == nil ? ClockRules.fourteenDays : ClockRules.withNotification,
                literal: withNotification == nil ? nil : Self.date(literal), nominal: last, notes: notes),
            deadline(
                .finalReport, .formal, local.end(of: rolled.day), ClockRules.formalDays, isExclusive: true, nominal: last,
                last: rolled.day, notes: notes + holidayNotes(rolled)),
        ]
    }

    private var month: [Deadline] {
        // Until the notification is in, the last moment at which it can be.
        guard let base = notified ?? aware.map({ $0 + 72 * 3_600 }) else { return [] }
        let isProvisional = notified == nil
        let (day, second) = local.reading(at: base)
        let (utcDay, utcSecond) = utc.reading(at: base)
        let last = day.adding(months: 1)
        let instant = min(
            local.earliest(last, second: second), utc.earliest(utcDay.adding(months: 1), second: utcSecond))
        let rolled = RolledDay(last, calendar)
        let provisional = isProvisional ? [ClockNote(nil, ClockRules.provisional)] : []
        var found = [
            deadline(
                .finalReport, .conservative, instant, ClockRules.month, isProvisional: isProvisional, nominal: last,
                notes: provisional),
            deadline(
                .finalReport, .formal, local.end(of: rolled.day), ClockRules.formalMonth, isExclusive: true,
                isProvisional: isProvisional, nominal: last, last: rolled.day, notes: provisional + holidayNotes(rolled)),
        ]
        if let notified {
            let (day, second) = utc.reading(at: notified)
            found.append(
                deadline(
                    .finalReport, .platform, utc.earliest(day.adding(months: 1), second: second), ClockRules.platformFinal))
        }
        return found
    }

    private func holidayNotes(_ rolled: RolledDay) -> [ClockNote] {
        [ClockRules.contested("K2"), ClockNote(nil, rolled.isCovered ? ClockRules.holidaysFromMemory : ClockRules.weekendsOnly)]
    }

    private func deadline(
        _ stage: ReportStage, _ reading: Reading, _ seconds: Int, _ rule: Reason, isExclusive: Bool = false,
        isProvisional: Bool = false, literal: Date? = nil, nominal: Day? = nil, last: Day? = nil, notes: [ClockNote] = [],
        isFineExcluded: Bool = false
    ) -> Deadline {
        Deadline(
            stage: stage, reading: reading, instant: Self.date(seconds), isExclusive: isExclusive, rule: rule,
            isProvisional: isProvisional, literal: literal, nominalLastDay: nominal, lastDay: last, notes: notes,
            isFineExcluded: isFineExcluded)
    }
}
