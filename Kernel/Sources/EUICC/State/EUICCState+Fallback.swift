/// The profile state machine (GSMA SGP.22, 3.2; GSMA SGP.32, 3.5 and the fallback mechanism).
///
/// The raw values of the results are those of the standard's ASN.1.
extension EUICCState {
    /// EnableProfileResult.
    public enum EnableResult: UInt8, Equatable, Sendable {
        case ok = 0
        case notFound = 1
        case notInDisabledState = 2
        case disallowedByPolicy = 3
        case catBusy = 5
        case rollbackNotAvailable = 20
        case undefinedError = 127
    }

    /// DisableProfileResult.
    public enum DisableResult: UInt8, Equatable, Sendable {
        case ok = 0
        case notFound = 1
        case notInEnabledState = 2
        case disallowedByPolicy = 3
        case catBusy = 5
        case undefinedError = 127
    }

    /// DeleteProfileResult.
    public enum DeleteResult: UInt8, Equatable, Sendable {
        case ok = 0
        case notFound = 1
        case notInDisabledState = 2
        case disallowedByPolicy = 3
        case rollbackNotAvailable = 20
        case returnFallbackProfile = 21
        case undefinedError = 127
    }

    /// executeFallbackMechanismResult.
    public enum ExecuteFallbackResult: UInt8, Equatable, Sendable {
        case ok = 0
        case notInDisabledState = 2
        case catBusy = 5
        case fallbackNotAvailable = 6
        case commandError = 7
        case ecallActive = 104
        case undefinedError = 127
    }

    /// returnFromFallbackResult.
    public enum ReturnFromFallbackResult: UInt8, Equatable, Sendable {
        case ok = 0
        case catBusy = 5
        case fallbackNotAvailable = 6
        case commandError = 7
        case undefinedError = 127
    }

    /// SetFallbackAttributeResult.
    public enum SetFallbackResult: UInt8, Equatable, Sendable {
        case ok = 0
        case notFound = 1
        case fallbackNotAllowed = 2
        case fallbackProfileEnabled = 3
        case undefinedError = 127
    }

    /// UnsetFallbackAttributeResult.
    public enum UnsetFallbackResult: UInt8, Equatable, Sendable {
        case ok = 0
        case noFallbackAttribute = 2
        case fallbackProfileEnabled = 3
        case commandError = 7
        case undefinedError = 127
    }

    /// The cmdResult of ProfileRollback.
    public enum RollbackResult: UInt8, Equatable, Sendable {
        case ok = 0
        case rollbackNotAllowed = 1
        case catBusy = 5
        case commandError = 7
        case undefinedError = 127
    }

    /// Enables a profile and disables the one that was enabled. What fallback and rollback remembered is forgotten: somebody has
    /// decided which profile it shall be.
    public mutating func enable(_ profile: Int, in profiles: [ProfileMetadata]) -> EnableResult {
        guard profiles.indices.contains(profile), profile < profileCount else { return .notFound }
        guard profile != enabled else { return .notInDisabledState }
        move(to: profile, in: profiles)
        leftBehind = nil
        rollback = nil
        return .ok
    }

    /// Disabling the enabled profile is against this card's policy: it always has an enabled profile, because a device without one can
    /// be reached by nobody.
    public func disable(_ profile: Int) -> DisableResult {
        guard profile >= 0, profile < profileCount else { return .notFound }
        return profile == enabled ? .disallowedByPolicy : .notInEnabledState
    }

    /// Profiles of this card cannot be deleted; the result says what stands in the way first.
    public func delete(_ profile: Int) -> DeleteResult {
        guard profile >= 0, profile < profileCount else { return .notFound }
        if profile == enabled { return .notInDisabledState }
        return profile == leftBehind ? .returnFallbackProfile : .disallowedByPolicy
    }

    /// Enables the profile with the fallback attribute and remembers which one was left.
    ///
    /// The card's own switching policy calls this when it leaves the primary profile; an IPA asks for it with BF5D.
    public mutating func executeFallback(in profiles: [ProfileMetadata]) -> ExecuteFallbackResult {
        guard let target = fallbackAttribute else { return .fallbackNotAvailable }
        guard target != enabled else { return .notInDisabledState }
        let left = enabled
        move(to: target, in: profiles)
        leftBehind = left
        rollback = nil
        return .ok
    }

    /// Enables the profile that the fallback mechanism left.
    ///
    /// The card's own switching policy calls this when it goes back; an IPA asks for it with BF5E.
    public mutating func returnFromFallback(in profiles: [ProfileMetadata]) -> ReturnFromFallbackResult {
        guard fallbackAttribute != nil else { return .fallbackNotAvailable }
        guard let target = leftBehind else { return .commandError }
        move(to: target, in: profiles)
        leftBehind = nil
        rollback = nil
        return .ok
    }

    /// Gives a profile the fallback attribute, and takes it from the one that has it.
    public mutating func setFallbackAttribute(_ profile: Int, in profiles: [ProfileMetadata]) -> SetFallbackResult {
        guard profiles.indices.contains(profile), profile < profileCount else { return .notFound }
        guard profiles[profile].fallbackAllowed else { return .fallbackNotAllowed }
        if profile == fallbackAttribute { return .ok }
        guard leftBehind == nil else { return .fallbackProfileEnabled }
        fallbackAttribute = profile
        return .ok
    }

    /// Takes the fallback attribute away. From then on neither an IPA nor the card's own policy can fall back.
    public mutating func unsetFallbackAttribute() -> UnsetFallbackResult {
        guard fallbackAttribute != nil else { return .noFallbackAttribute }
        guard leftBehind == nil else { return .fallbackProfileEnabled }
        fallbackAttribute = nil
        return .ok
    }

    /// Undoes the last enable that had the rollback flag.
    mutating func rollBack(in profiles: [ProfileMetadata]) -> RollbackResult {
        guard let rollback, profiles.indices.contains(rollback.profile), rollback.profile != enabled else {
            return .rollbackNotAllowed
        }
        move(to: rollback.profile, in: profiles)
        leftBehind = rollback.profile == fallbackAttribute && rollback.leftBehind != enabled ? rollback.leftBehind : nil
        self.rollback = nil
        return .ok
    }

    private mutating func move(to profile: Int, in profiles: [ProfileMetadata]) {
        let left = enabled
        enabled = profile
        note(.disable, of: left, in: profiles)
        note(.enable, of: profile, in: profiles)
    }
}
