/// What befalls every model of terminal in turn, so that they can be compared.
///
/// In each but the first the primary's operator fails for ``faultLasts`` and then recovers. A card that is still not on its backup
/// after ``resetAfter`` has its terminal powered off and on again, as somebody in the field would; and so has a card that is not
/// home ``homeResetAfter`` the recovery.
public enum Scenario: String, CaseIterable, Codable, Sendable {
    /// Nothing fails for a day.
    case healthy
    /// The data path swallows everything; registration and connections are as good as ever.
    case dataSwallowed = "data-swallowed"
    /// Every data connection is dropped and refused; registration is as good as ever.
    case dataRefused = "data-refused"
    /// Everybody is thrown off, and every registration refused with a temporary cause.
    case registrationRefused = "registration-refused"
    /// The primary roams, and the visited network refuses it with "PLMN not allowed", which terminals write down.
    case roamingRefused = "roaming-refused"
    /// Registration is refused as above, and power fails up to three times while the card moves.
    case powerCut = "power-cut"

    /// From the fault to the operator's recovery.
    public static let faultLasts = Duration.hours(3)
    /// From the fault to the reset by hand.
    public static let resetAfter = Duration.hours(1)
    /// From the operator's recovery to the second reset by hand.
    public static let homeResetAfter = Duration.hours(10)
    /// From the operator's recovery to the end.
    static let watched = Duration.hours(12)
    /// From the beginning to the fault, or to the day on which nothing fails.
    static let settle = Duration.minutes(90)
    static let healthyDay = Duration.hours(24)

    public var title: String {
        switch self {
        case .healthy: "A day without faults"
        case .dataSwallowed: "Data swallowed"
        case .dataRefused: "Data connections refused"
        case .registrationRefused: "Registration refused"
        case .roamingRefused: "Roaming refused"
        case .powerCut: "Registration refused, and power cuts while it moves"
        }
    }

    /// What is done to the primary's operator, the first one.
    var faults: [Fault] {
        let refused: [Fault] = [
            .set(carrier: 0, .authentication, .rejecting(cause: RejectCause.networkFailure.rawValue)),
            .detachAll(carrier: 0, nil, reattach: true, silently: false),
        ]
        return switch self {
        case .healthy: []
        case .dataSwallowed: [.set(carrier: 0, .dataPath, .silent)]
        case .dataRefused: [.set(carrier: 0, .gateway, .rejecting(cause: SessionCause.networkFailure.rawValue))]
        case .registrationRefused: refused
        case .roamingRefused:
            [
                .set(carrier: 0, .authentication, .rejecting(cause: RejectCause.plmnNotAllowed.rawValue)),
                .detachAll(carrier: 0, .plmnNotAllowed, reattach: false, silently: false),
            ]
        case .powerCut: [.cutPowerInSwitch(.resilient, times: 3)] + refused
        }
    }
}
