/// Why a network refuses a registration: the GMM and EMM cause values (3GPP TS 24.008 annex G, TS 24.301 annex A).
public struct RejectCause: RawRepresentable, Hashable, Codable, Sendable {
    public var rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let illegalMS = RejectCause(rawValue: 3)
    public static let illegalME = RejectCause(rawValue: 6)
    public static let servicesNotAllowed = RejectCause(rawValue: 7)
    /// Also what an unknown IMSI is answered with (TS 29.272 maps DIAMETER_ERROR_USER_UNKNOWN to it).
    public static let noServicesAllowed = RejectCause(rawValue: 8)
    public static let implicitlyDetached = RejectCause(rawValue: 10)
    public static let plmnNotAllowed = RejectCause(rawValue: 11)
    public static let areaNotAllowed = RejectCause(rawValue: 12)
    public static let roamingNotAllowedInArea = RejectCause(rawValue: 13)
    public static let servicesNotAllowedInPLMN = RejectCause(rawValue: 14)
    public static let noSuitableCells = RejectCause(rawValue: 15)
    public static let networkFailure = RejectCause(rawValue: 17)
    public static let macFailure = RejectCause(rawValue: 20)
    public static let synchFailure = RejectCause(rawValue: 21)
    public static let congestion = RejectCause(rawValue: 22)
    public static let notAuthorisedInPLMN = RejectCause(rawValue: 35)
}

/// Why a network refuses or drops a data connection: the SM and ESM cause values (TS 24.008 10.5.6.6, TS 24.301 9.9.4.4).
public struct SessionCause: RawRepresentable, Hashable, Codable, Sendable {
    public var rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let insufficientResources = SessionCause(rawValue: 26)
    public static let unknownAPN = SessionCause(rawValue: 27)
    public static let userAuthenticationFailed = SessionCause(rawValue: 29)
    public static let optionNotSubscribed = SessionCause(rawValue: 33)
    public static let regularDeactivation = SessionCause(rawValue: 36)
    public static let networkFailure = SessionCause(rawValue: 38)
    public static let reactivationRequested = SessionCause(rawValue: 39)
    public static let invalidBearerIdentity = SessionCause(rawValue: 43)
}
