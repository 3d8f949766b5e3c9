/// The two bytes that end every answer (TS 102 221, clause 10.2).
public struct StatusWord: RawRepresentable, Equatable, Sendable {
    /// SW1 in the high byte, SW2 in the low byte.
    public let rawValue: UInt16

    public init(rawValue: UInt16) { self.rawValue = rawValue }

    public static let ok = StatusWord(rawValue: 0x9000)
    /// SMS-PP data download: the terminal tells the network of a data download error (TS 31.111, clause 7.1.1.1).
    public static let dataDownloadError = StatusWord(rawValue: 0x6200)
    /// A search found nothing, or fewer bytes are there than were asked for.
    public static let notFoundBeforeEnd = StatusWord(rawValue: 0x6282)
    /// The file that was selected is deactivated.
    public static let selectedFileDeactivated = StatusWord(rawValue: 0x6283)
    /// RETRIEVE DATA: the object goes on in the next block.
    public static let moreAvailable = StatusWord(rawValue: 0x62F1)
    /// The same, and a proactive command waits.
    public static let moreAvailableAndProactive = StatusWord(rawValue: 0x62F2)
    /// SET DATA: the object is not whole yet.
    public static let moreExpected = StatusWord(rawValue: 0x63F1)
    /// The same, and a proactive command waits.
    public static let moreExpectedAndProactive = StatusWord(rawValue: 0x63F2)
    public static let memoryProblem = StatusWord(rawValue: 0x6581)
    public static let wrongLength = StatusWord(rawValue: 0x6700)
    public static let channelNotSupported = StatusWord(rawValue: 0x6881)
    public static let secureMessagingNotSupported = StatusWord(rawValue: 0x6882)
    public static let incompatibleFileStructure = StatusWord(rawValue: 0x6981)
    public static let securityStatusNotSatisfied = StatusWord(rawValue: 0x6982)
    public static let blocked = StatusWord(rawValue: 0x6983)
    public static let dataInvalidated = StatusWord(rawValue: 0x6984)
    public static let conditionsNotSatisfied = StatusWord(rawValue: 0x6985)
    public static let noFileSelected = StatusWord(rawValue: 0x6986)
    public static let incorrectData = StatusWord(rawValue: 0x6A80)
    public static let functionNotSupported = StatusWord(rawValue: 0x6A81)
    public static let fileNotFound = StatusWord(rawValue: 0x6A82)
    public static let recordNotFound = StatusWord(rawValue: 0x6A83)
    public static let notEnoughMemory = StatusWord(rawValue: 0x6A84)
    public static let incorrectParameters = StatusWord(rawValue: 0x6A86)
    public static let referencedDataNotFound = StatusWord(rawValue: 0x6A88)
    public static let wrongOffset = StatusWord(rawValue: 0x6B00)
    public static let instructionNotSupported = StatusWord(rawValue: 0x6D00)
    public static let classNotSupported = StatusWord(rawValue: 0x6E00)
    /// INCREASE would pass the largest value.
    public static let maximumReached = StatusWord(rawValue: 0x9850)
    public static let authenticationFailed = StatusWord(rawValue: 0x9862)
    public static let securityContextNotSupported = StatusWord(rawValue: 0x9864)

    /// 61XX: so many bytes wait for GET RESPONSE; zero stands for 256 or more.
    static func available(_ count: Int) -> StatusWord { StatusWord(rawValue: 0x6100 | (count > 255 ? 0 : UInt16(count))) }
    /// 6CXX: the command again, with this length; zero stands for 256.
    static func exactLength(_ count: Int) -> StatusWord { StatusWord(rawValue: 0x6C00 | (count > 255 ? 0 : UInt16(count))) }
    /// 63CX: verification failed, so many tries are left.
    static func triesLeft(_ count: UInt8) -> StatusWord { StatusWord(rawValue: 0x63C0 | UInt16(min(count, 15))) }
    /// 91XX: done, and a proactive command of this length waits for FETCH; zero stands for 256.
    static func proactive(_ count: Int) -> StatusWord { StatusWord(rawValue: 0x9100 | (count > 255 ? 0 : UInt16(count))) }
}
