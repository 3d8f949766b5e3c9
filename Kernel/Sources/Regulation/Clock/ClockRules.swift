/// The rules behind deadlines in words. What is our own choice says so by its mark.
enum ClockRules {
    private static func period(_ number: String, _ mark: Mark) -> Citation { Citation("Reg. 1182/71 Art. \(number)", mark) }
    private static let ours = Citation("our choice of the earlier limit", .interpretation)
    private static let platformFAQ = Citation("ENISA SRP FAQ 26 (3.10.2026)", .secondary)

    static func elapsedHours(_ count: Int, _ kind: CaseKind) -> Reason {
        let point = (kind == .vulnerability ? "Art. 14(2)" : "Art. 14(4)") + (count == 24 ? "(a)" : "(b)")
        return Reason(
            "\(count) hours that pass, counted in UTC from awareness. Nothing is rounded; weekends, holidays and a change of the clocks move nothing.",
            [Citation(point, .verified), ours])
    }

    static func formalHours(_ count: Int) -> Reason {
        Reason(
            "The hour of awareness is not counted: \(count) hours from the next full hour. Weekends and holidays count.",
            [period("3(1)", .secondary), period("3(2) and 3(3)", .memory)])
    }

    static let fourteenDays = Reason(
        "14 days after a corrective or mitigating measure was available: the earlier of 14 times 24 hours and the same time of day 14 local days later. Weekends and holidays move nothing.",
        [Citation("Art. 14(2)(c)", .verified), ours])

    static let withNotification = Reason(
        "14 days after the measure end before the 72-hour notification is due: the final report goes in with the notification.",
        [Citation("Art. 14(2)(c)", .verified), ours])

    static let formalDays = Reason(
        "The day of the measure is not counted; the period ends with day 14, or with the next working day where that is a Saturday, a Sunday or a public holiday.",
        [period("3(1)", .memory), period("3(2)", .memory), period("3(4)", .secondary)])

    static let month = Reason(
        "One month after the notification was submitted, not after awareness: the same time of day on the same day of the next month, or its last day; the earlier of the local and the UTC calendar. Weekends and holidays move nothing.",
        [Citation("Art. 14(4)(c)", .verified), period("3(2)(c)", .secondary), ours])

    static let formalMonth = Reason(
        "The period ends with the day of the next month that has the same number, or the month's last; or with the next working day where that is a Saturday, a Sunday or a public holiday.",
        [period("3(2)(c)", .secondary), period("3(4)", .secondary)])

    static let platformNotification = Reason(
        "The platform shows 48 hours after the early warning was submitted. That can be earlier or later than the law's 72 hours from awareness; it does not replace them.",
        [platformFAQ])

    static let platformFinal = Reason(
        "The platform shows one month after the notification was submitted; we count it in UTC, the time base of its fields.",
        [platformFAQ, Citation("the calendar of the platform's month", .interpretation)])

    static let provisional = Reason(
        "Provisional: counted from the last moment for the notification, and computed again when that has been submitted.",
        [Citation("Art. 14(4)(c)", .verified), ours])

    static let waitsForMeasure = Reason(
        "The 14 days start when a corrective or mitigating measure is available. A workaround counts.",
        [Citation("Art. 14(2)(c)", .verified)])

    static let waitsForNotification = Reason(
        "The month starts when the notification is submitted.", [Citation("Art. 14(4)(c)", .verified)])

    static let awarenessNotGiven = Reason(
        "The moment of awareness is not given: what follows assumes that it lies on or after the day of application.",
        [Citation("Art. 71(2)", .verified)])

    static let always = [
        Reason(
            "The duty is to report without undue delay; every limit is an outer bound.", [Citation("Art. 14(2) and (4)", .verified)]
        ),
        Reason(
            "An outage of the platform moves no limit: note the attempts, contact the CSIRT, submit when it is back.",
            [Citation("ENISA SRP FAQ 25 (3.10.2026)", .secondary)]),
        Reason(
            "Whether Regulation 1182/71 governs these periods has not been decided; the formal limit is information.",
            [Citation("our reading of Reg. 1182/71 Art. 1", .interpretation)]),
    ]

    static let noCountry = Reason(
        "No Member State was given: the formal limit knows weekends alone.", [Citation("Reg. 1182/71 Art. 3(4)", .secondary)])

    static let noTable = Reason(
        "There is no table of public holidays for this Member State: the formal limit knows weekends alone.",
        [Citation("Reg. 1182/71 Art. 3(4)", .secondary)])

    static let weekendsOnly = Reason(
        "No table of public holidays covers these days: only Saturdays and Sundays moved the last day.",
        [Citation("Reg. 1182/71 Art. 3(4)", .secondary)])

    static let holidaysFromMemory = Reason(
        "Public holidays are the whole country's, written down from memory; regional ones are left out.",
        [Citation("Holdfast's table of \(HolidayCalendar.asOf)", HolidayCalendar.mark)])

    static func contested(_ identifier: String) -> ClockNote {
        ClockNote(identifier, Article14.facts.contested(identifier))
    }

    static func fromSignal(_ end: String) -> ClockNote {
        ClockNote(
            nil,
            Reason(
                "Counted from the first signal the period ends \(end).",
                [Citation("our choice of the earlier limit", .interpretation)]))
    }
}
