// The drills, each after an outage of record. Times are the record's where it has them and a day can hold them.

extension Drill {
    /// The serving nodes' software fails by an expired certificate: everybody is off, and every registration is refused.
    public static let attachRejected = Drill(
        name: "attach-rejected", title: "Attach refused, radio visible",
        summary:
            "Serving nodes fail: everybody is thrown off and every registration refused with a temporary cause, under a full radio signal.",
        source: Source(id: "o2uk-2018", operator: "O2 UK", date: "2018-12-06"), carrier: 0,
        steps: [
            Step(.zero, .set(carrier: 0, .authentication, .rejecting(cause: RejectCause.networkFailure.rawValue))),
            Step(.zero, .detachAll(carrier: 0, nil, reattach: true, silently: false)),
            Step(.hours(24), .set(carrier: 0, .authentication, .up)),
        ],
        faultLasts: .hours(24), lasts: .hours(32),
        promises: [
            .everyStruckCardAnswersElsewhere, .fasterThan("registration", \.bounds.detectionByRegistration),
            .noneStrandedLongerThanPromised,
            .ordinaryCardsStayDark(minutes: 24 * 60), .allHomeAtEnd, .allReachableAtEnd,
        ])

    /// The packet core dies; registration, voice and text go on. What only looks at registration sees nothing.
    public static let dataPathDead = Drill(
        name: "data-path-dead", title: "Registered, voice fine, no data",
        summary: "The data core swallows everything while registration stays perfect: SIMs that watch registration see nothing.",
        source: Source(id: "vodafone-uk-2025", operator: "Vodafone UK", date: "2025-10-13"), carrier: 0,
        steps: [Step(.zero, .set(carrier: 0, .dataPath, .silent)), Step(.hours(5), .set(carrier: 0, .dataPath, .up))],
        faultLasts: .hours(5), lasts: .hours(12),
        promises: [
            .everyStruckCardAnswersElsewhere, .fasterThan("a dead data path", \.bounds.detection), .noneStrandedLongerThanPromised,
            Promise("no registration-watching card moves") { $0[.registrationWatching].left == 0 },
            Promise("registration-watching cards are dark as long as ordinary ones") {
                $0[.registrationWatching].darkMinutes >= 0.98 * $0[.singleProfile].darkMinutes
            },
            .ordinaryCardsStayDark(minutes: 5 * 60), .allHomeAtEnd, .allReachableAtEnd,
        ])

    /// The core throws everybody off, comes back after two hours, and drowns in registrations for ten more.
    public static let storm = Drill(
        name: "storm", title: "Core gone and back, then a re-registration storm",
        summary:
            "A configuration error detaches everybody; it is rolled back in two hours, and re-registration load keeps the network down far longer.",
        source: Source(id: "att-2024", operator: "AT&T Mobility", date: "2024-02-22"), carrier: 0,
        steps: [
            // At 50 registrations a second it takes ten hours to let them all in again.
            Step(.zero, .crowd(carrier: 0, Crowd(subscribers: 1_800_000, retryInterval: .minutes(12)))),
            Step(.zero, .set(carrier: 0, .authentication, .silent)),
            Step(.zero, .detachAll(carrier: 0, nil, reattach: true, silently: false)),
            Step(.hours(2), .set(carrier: 0, .authentication, .up)),
        ],
        faultLasts: .hours(2), lasts: .hours(18),
        promises: [
            .everyStruckCardAnswersElsewhere, .fasterThan("registration", \.bounds.detectionByRegistration),
            .noneStrandedLongerThanPromised,
            Promise("resilient cards are dark for less than a tenth of the ordinary cards' time") {
                $0[.resilient].darkMinutes < 0.1 * $0[.singleProfile].darkMinutes
            },
            Promise("the estate never asks the recovering operator for more than a tenth of its cards in one second") {
                ($0.operators.first?.peakReturnsPerSecond ?? 0) <= max(3, 0.1 * Double($0.cards))
            },
            .allReachableAtEnd,
        ])

    /// One region loses its radio sites; the core is well.
    public static let areaRadio = Drill(
        name: "area-radio", title: "Radio gone in one area",
        summary: "A storm takes one operator's sites in one area; everywhere else all is well.",
        source: Source(id: "eowyn-2025", operator: "Vodafone, Three, Eir (Ireland)", date: "2025-01-24"), carrier: 0,
        area: Area(rawValue: 0),
        steps: [
            Step(.zero, .set(carrier: 0, .radio(Area(rawValue: 0)), .silent)),
            Step(.hours(6), .set(carrier: 0, .radio(Area(rawValue: 0)), .up)),
        ],
        faultLasts: .hours(6), lasts: .hours(14),
        promises: [
            .everyStruckCardAnswersElsewhere, .fasterThan("registration", \.bounds.detectionByRegistration),
            .noneStrandedLongerThanPromised,
            .nobodyElseMoves, .ordinaryCardsStayDark(minutes: 6 * 60), .allHomeAtEnd, .allReachableAtEnd,
        ])

    /// A roaming agreement ends while the network lives: permanent, and only for those who roam.
    public static let roamingWithdrawn = Drill(
        name: "roaming-withdrawn", title: "Roaming withdrawn for good",
        summary:
            "The visited operator ends the agreement under which the primaries roam: every registration is refused with a permanent cause.",
        source: Source(id: "o2uk-2g-roaming-2025", operator: "O2 UK inbound roaming on 2G", date: "2025-10-01"), carrier: 0,
        steps: [
            Step(.zero, .set(carrier: 0, .authentication, .rejecting(cause: RejectCause.plmnNotAllowed.rawValue))),
            Step(.zero, .detachAll(carrier: 0, .plmnNotAllowed, reattach: false, silently: false)),
        ],
        faultLasts: nil, lasts: .hours(30),
        promises: [
            .everyStruckCardAnswersElsewhere, .fasterThan("registration", \.bounds.detectionByRegistration),
            .noneStrandedLongerThanPromised,
            Promise("at most one trial of the primary for each doubling of the hold") { $0[.resilient].mostSwitches <= 1 + 2 * 16 },
            .ordinaryCardsStayDark(minutes: 30 * 60), .allReachableAtEndOrTrying,
        ],
        primaryRoams: true)

    /// Our own responders fail, both. No operator is at fault, and no card may stay away from home for it.
    public static let respondersDown = Drill(
        name: "responders-down", title: "Our own responders fail",
        summary: "Both responders are silent for an hour: a card may look at its backup once, and none stays away from home.",
        source: Source(id: "emnify-2022", operator: "emnify (IoT core)", date: "2022-05-12"), carrier: nil,
        steps: [
            Step(.zero, .responder(0, .silent)), Step(.zero, .responder(1, .silent)),
            Step(.hours(1), .responder(0, .up)), Step(.hours(1), .responder(1, .up)),
        ],
        faultLasts: .hours(1), lasts: .hours(6),
        promises: [
            Promise("no card looks at its backup more than once") { $0[.resilient].mostSwitches <= 2 },
            Promise("no card stays away from home") { $0[.resilient].homeAtEnd == $0[.resilient].cards },
            Promise("looking costs no card more than the policy's attach budget twice, in darkness") {
                $0[.resilient].mostDarkMinutes <= 10
            },
            .allReachableAtEnd,
        ])

    /// The grid fails: neither operator has radio, and the second one's batteries last longer.
    public static let bothDown = Drill(
        name: "both-down", title: "Both operators down",
        summary: "A grid blackout takes both operators' sites, the second an hour later; they come back in another order.",
        source: Source(id: "iberia-power-2025", operator: "all operators in Spain and Portugal", date: "2025-04-28"), carrier: 0,
        steps: [
            Step(.zero, .set(carrier: 0, .radio(nil), .silent)), Step(.hours(1), .set(carrier: 1, .radio(nil), .silent)),
            Step(.hours(9), .set(carrier: 1, .radio(nil), .up)), Step(.hours(10), .set(carrier: 0, .radio(nil), .up)),
        ],
        faultLasts: .hours(10), lasts: .hours(24),
        promises: [
            .everyStruckCardAnswersElsewhere,
            Promise("resilient cards gain the hours in which one operator delivers") {
                $0[.resilient].darkMinutes < $0[.singleProfile].darkMinutes - 30
            },
            // Eight hours of darkness are spent in the longest pauses, but for the first few: there and back after each, jitter included.
            Promise("pauses grow: no card moves more often than twice for each longest pause, and twelve times more") {
                Double($0[.resilient].mostSwitches) <= 2 * (8 * 3_600 / (0.9 * $0.bounds.longestPause)) + 12
            },
            .allReachableAtEnd,
        ])

    /// Power fails again and again while cards move: within a write, between REFRESH and reset, in the search after it.
    public static let powerCut = Drill(
        name: "power-cut", title: "Power cut in the middle of a switch",
        summary: "The data path dies, and as each card moves its power fails up to three times, at the worst moments.",
        source: Source(id: "iberia-power-2025", operator: "all operators in Spain and Portugal", date: "2025-04-28"), carrier: 0,
        steps: [
            Step(.zero, .cutPowerInSwitch(.resilient, times: 3)), Step(.zero, .set(carrier: 0, .dataPath, .silent)),
            Step(.hours(4), .set(carrier: 0, .dataPath, .up)),
        ],
        faultLasts: .hours(4), lasts: .hours(12),
        promises: [
            Promise("power failed in the middle of a switch") { $0.powerCuts > 0 },
            Promise("no card breaks") { $0[.resilient].broken == 0 },
            .everyStruckCardAnswersElsewhere, .noneStrandedLongerThanPromised, .allHomeAtEnd, .allReachableAtEnd,
        ])
}

extension Drill.Promise {
    static let everyStruckCardAnswersElsewhere = Drill.Promise("every struck resilient card is answered through the other operator")
    {
        $0[.resilient].answeredElsewhere == $0[.resilient].struck
    }

    static let noneStrandedLongerThanPromised = Drill.Promise("none waits longer than the policy's bound") {
        ($0[.resilient].faultToAnswerSeconds?.max ?? 0) <= $0.bounds.strand
    }

    static let nobodyElseMoves = Drill.Promise("no card that the fault does not strike moves") {
        Group.allCases.reduce(into: 0) { [figures = $0] sum, group in sum += figures[group].movedUnstruck } == 0
    }

    static let allHomeAtEnd = Drill.Promise("every resilient card is home at the end") {
        $0[.resilient].homeAtEnd == $0[.resilient].cards
    }

    static let allReachableAtEnd = Drill.Promise("every resilient card is reachable at the end") {
        $0[.resilient].reachableAtEnd == $0[.resilient].cards
    }

    /// For drills that end while cards may still have to try a primary that does not deliver.
    static let allReachableAtEndOrTrying = Drill.Promise(
        "every resilient card is reachable at the end, or dark for no longer than a trial of its primary takes"
    ) {
        $0[.resilient].reachableAtEnd == $0[.resilient].cards || $0[.resilient].longestDarkAtEndSeconds <= $0.bounds.trial
    }

    static func fasterThan(_ what: String, _ bound: KeyPath<Figures, Double> & Sendable) -> Drill.Promise {
        Drill.Promise("half of the cards have decided within the policy's bound for \(what), all within twice that") {
            guard let detection = $0[.resilient].detectionSeconds else { return $0[.resilient].struck == 0 }
            return detection.p50 <= $0[keyPath: bound] + 5 && detection.max <= 2 * $0[keyPath: bound] + 60
        }
    }

    static func ordinaryCardsStayDark(minutes: Double) -> Drill.Promise {
        Drill.Promise("single-profile cards are dark all the while") {
            $0[.singleProfile].struck == 0 || $0[.singleProfile].darkMinutes >= 0.95 * minutes
        }
    }
}
