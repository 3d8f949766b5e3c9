/// What a command to the ISD-R leads to.
public struct Outcome: Equatable, Sendable {
    /// What goes back to the sender.
    public var answer: Answer
    /// The state to make durable before the answer leaves; nil when nothing changed. If it cannot be written, answer 6581 and keep the
    /// old one.
    public var state: EUICCState?
    /// The change of the enabled profile that is part of the new state.
    public var profileSwitch: ProfileSwitch?

    public enum Answer: Equatable, Sendable {
        /// Response data, to be followed by 9000. It can be longer than 256 bytes.
        case data([UInt8])
        /// No data: SW1 and SW2 of the refusal say it all.
        case refused(Refusal)
    }

    /// Why a command was not looked at.
    public enum Refusal: Equatable, Sendable {
        /// The bytes are not a command as the standard writes it: 6A80.
        case malformed(CommandError)
        /// There is no function with this tag: 6A88.
        case unknownFunction(tag: UInt32)

        /// SW1 and SW2.
        public var statusWord: UInt16 {
            switch self {
            case .malformed: 0x6A80
            case .unknownFunction: 0x6A88
            }
        }
    }

    init(_ answer: [UInt8], state: EUICCState? = nil, profileSwitch: ProfileSwitch? = nil) {
        self.answer = .data(answer)
        self.state = state
        self.profileSwitch = profileSwitch
    }

    init(_ refusal: Refusal) { answer = .refused(refusal) }
}

/// The enabled profile is another one from now on.
public struct ProfileSwitch: Equatable, Sendable {
    public enum Cause: Equatable, Sendable {
        /// EnableProfile by the device, or enable in a package of an eIM.
        case enable
        /// The fallback mechanism was executed.
        case fallback
        /// Back to the profile that the fallback mechanism had left.
        case returnFromFallback
        /// The IPA undid an enable.
        case rollback
    }

    /// The index of the profile that was enabled before.
    public var from: Int
    /// The index of the profile that is enabled now.
    public var to: Int
    public var cause: Cause
    /// Whether the card has to send REFRESH once the answer was read. Otherwise the terminal has promised to reset the card itself.
    public var refresh: Bool
}
