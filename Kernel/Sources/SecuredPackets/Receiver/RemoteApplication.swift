/// An application on the card that takes secured packets: its name, and what it asks of them (ETSI TS 102 226, 8.2.1.3.2).
public struct RemoteApplication: Equatable, Sendable {
    public var target: ToolkitApplicationReference
    public var minimum: MinimumSecurityLevel
    /// Which key versions may reach it: bit n stands for version n.
    public var keyVersions: UInt16

    /// - Parameter keyVersions: bit n stands for version n; all of them unless told.
    public init(
        target: ToolkitApplicationReference, minimum: MinimumSecurityLevel = .confidential, keyVersions: UInt16 = 0xFFFE
    ) {
        self.target = target
        self.minimum = minimum
        self.keyVersions = keyVersions
    }

    func allows(version: UInt8) -> Bool { keyVersions >> UInt16(version & 0xF) & 1 == 1 }
}
