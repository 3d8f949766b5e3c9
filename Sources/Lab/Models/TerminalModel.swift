import SmartCard

/// A kind of terminal by name: what its TERMINAL PROFILE offers, and what it does otherwise than it should.
public struct TerminalModel: Equatable, Sendable {
    /// The name by which it is called.
    public var name: String
    public var title: String
    /// What makes it this kind, and where it was seen.
    public var summary: String
    public var quirks: Set<Quirk>
    /// The access point in the profiles of the cards that it is given.
    public var accessPoint: AccessPointName
    /// What still works, and what does not.
    public var remark: String

    init(
        _ name: String, _ title: String, _ summary: String, _ quirks: Set<Quirk>, accessPoint: AccessPointName = .terminalDefault,
        remark: String
    ) {
        self.name = name
        self.title = title
        self.summary = summary
        self.quirks = quirks
        self.accessPoint = accessPoint
        self.remark = remark
    }

    /// The data of its TERMINAL PROFILE; empty when it sends none.
    public var profile: [UInt8] { TerminalProfile(quirks).bytes }

    public static func named(_ name: String) -> TerminalModel? { all.first { $0.name == name } }
}
