/// An operator, by the names that people know it by.
public struct OperatorRef: Hashable, Codable, Sendable {
    public var id: Int
    public var name: String
    /// "234-15".
    public var plmn: String
}
