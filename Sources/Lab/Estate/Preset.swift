import Resilience

/// The policies that a drill can run, by name.
public enum Preset: String, CaseIterable, Codable, Sendable {
    case alarm
    case standard
    case frugal

    public var parameters: Parameters {
        switch self {
        case .alarm: .alarm
        case .standard: .standard
        case .frugal: .frugal
        }
    }
}
