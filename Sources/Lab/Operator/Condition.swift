/// How one part of an operator's core fares.
public enum Condition: Equatable, Sendable {
    case up
    /// It refuses, with this (E)MM cause, or (E)SM cause where the part is the gateway or the data path.
    case rejecting(cause: UInt8)
    /// It answers nothing; nothing passes.
    case silent
    /// It works, and takes this much longer.
    case slow(Duration)
}

extension Condition {
    var delay: Duration {
        if case .slow(let duration) = self { duration } else { .zero }
    }

    var isUp: Bool { self == .up }
}

/// A place with its own radio cells. Every operator covers every area.
public struct Area: RawRepresentable, Hashable, Codable, Sendable {
    public var rawValue: Int

    public init(rawValue: Int) { self.rawValue = rawValue }
}

/// A part of an operator that can fail by itself.
public enum Part: Hashable, Sendable {
    /// The cells of one area, or of all. Silent: not to be heard. Rejecting: every registration from there is refused.
    case radio(Area?)
    /// Authentication centre and registration. Who is attached stays attached.
    case authentication
    /// The gateway that gives addresses. Rejecting: every connection it had is lost, and new ones are refused.
    case gateway
    /// What lies between the gateway and the Internet. Rejecting: a connection that sends is dropped.
    case dataPath
}
