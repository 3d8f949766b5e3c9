import Wire

/// The functions of an eUICC that a device reaches through STORE DATA to the ISD-R: ES10a, ES10b and ES10c of GSMA SGP.22, and ES10
/// of GSMA SGP.32.
///
/// It decides and changes nothing by itself: ``handle(_:catBusy:challenge:)`` gives the answer and the new state, and the card takes
/// the state over with ``commit(_:)`` once it is durable. Profiles cannot be downloaded or deleted.
public struct EUICC<Verifier: SignatureVerifier, Maker: SignatureMaker>: Sendable {
    public let configuration: EUICCConfiguration
    public private(set) var state: EUICCState
    let verifier: Verifier
    let maker: Maker

    public init(configuration: EUICCConfiguration, state: EUICCState, verifier: Verifier, maker: Maker)
        throws(EUICCConfiguration.Problem)
    {
        try configuration.check(state)
        self.configuration = configuration
        self.state = state
        self.verifier = verifier
        self.maker = maker
    }

    /// Takes over a state that was made durable.
    public mutating func commit(_ state: EUICCState) {
        guard state.profileCount == configuration.profiles.count else { return }
        self.state = state
    }

    /// The answer to SELECT of the ISD-R.
    public var fileControlInformation: [UInt8] { ISDR.fileControlInformation(svn: configuration.svn, hasEnabledProfile: true) }

    /// Performs a command that `StoreData` has put together.
    ///
    /// - Parameters:
    ///   - command: one data object, BF20 and so on.
    ///   - catBusy: whether a proactive session is going on.
    ///   - challenge: sixteen random bytes, asked for only by GetEuiccChallenge.
    public func handle(_ command: [UInt8], catBusy: Bool, challenge: () -> [UInt8]) -> Outcome {
        do throws(CommandError) {
            return try perform(DERObject.command(command), catBusy: catBusy, challenge: challenge)
        } catch {
            return Outcome(.malformed(error))
        }
    }

    private func perform(_ command: DERObject, catBusy: Bool, challenge: () -> [UInt8]) throws(CommandError) -> Outcome {
        switch command.tag {
        case 0xBF20: return Outcome(information1)
        case 0xBF22: return Outcome(information2)
        case 0xBF28: return try listNotifications(command)
        case 0xBF29: return try setNickname(command)
        case 0xBF2B: return try retrieveNotifications(command)
        case 0xBF2D: return try profilesInfo(command)
        case 0xBF2E: return challengeAnswer(challenge())
        case 0xBF30: return try removeNotification(command)
        case 0xBF31: return try enableProfile(command, catBusy: catBusy)
        case 0xBF32: return try disableProfile(command)
        case 0xBF33: return try deleteProfile(command)
        case 0xBF3C: return Outcome(configuredAddresses)
        case 0xBF3E: return try euiccData(command)
        case 0xBF3F, 0xBF65: return try setDefaultAddress(command)
        case 0xBF43: return Outcome(ByteWriter.written { $0.ber(0xBF43) { $0.ber(0xA0, []) } })
        case 0xBF51: return try loadPackage(command)
        case 0xBF55: return try eimConfiguration(command)
        case 0xBF56: return try certificates(command)
        case 0xBF57: return try addInitialEIM(command)
        case 0xBF58: return try profileRollback(command, catBusy: catBusy)
        case 0xBF5D: return try executeFallbackMechanism(command, catBusy: catBusy)
        case 0xBF5E: return try returnFromFallbackMechanism(command, catBusy: catBusy)
        // Immediate enable: not available; emergency profile: none; connectivity parameters: none.
        case 0xBF5A: return .code(1, in: command.tag)
        case 0xBF5B, 0xBF5C: return .code(8, in: command.tag)
        case 0xBF5F: return .code(1, in: command.tag, as: 0x81)
        default: return Outcome(.unknownFunction(tag: command.tag))
        }
    }

    /// The answer that an operation on the state leads to, with the change of profile in it.
    func outcome(_ answer: [UInt8], _ changed: EUICCState, cause: ProfileSwitch.Cause, refresh: Bool) -> Outcome {
        guard changed != state else { return Outcome(answer) }
        let moved = changed.enabled != state.enabled
        return Outcome(
            answer, state: changed,
            profileSwitch: moved ? ProfileSwitch(from: state.enabled, to: changed.enabled, cause: cause, refresh: refresh) : nil)
    }
}

extension Outcome {
    /// A result code alone: most answers are one.
    static func code(_ code: UInt8, in tag: UInt32, as inner: UInt32 = 0x80, state: EUICCState? = nil) -> Outcome {
        Outcome(ByteWriter.written { $0.ber(tag) { $0.ber(inner, [code]) } }, state: state)
    }
}
