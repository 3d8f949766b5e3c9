/// What kind of SIM a device has: the three that a drill compares.
public enum Group: String, CaseIterable, Codable, Sendable {
    /// Two profiles and our policy: moves when the data path does not deliver.
    case resilient
    /// Two profiles and what the market sells: moves on registration alone.
    case registrationWatching = "registration-watching"
    /// One profile.
    case singleProfile = "single-profile"
}
