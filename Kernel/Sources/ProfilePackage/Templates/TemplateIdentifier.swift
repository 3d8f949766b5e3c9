/// The object identifier of a file template: 2.23.143.1.2, the template's number, and from its second version on the version.
public struct TemplateIdentifier: Hashable, Sendable, CustomStringConvertible {
    /// The numbers of the object identifier.
    public let arcs: [UInt32]

    public init(_ arcs: [UInt32]) { self.arcs = arcs }

    private static let root: [UInt32] = [2, 23, 143, 1, 2]

    /// The template's number and version; nil if it is none of this standard's.
    var template: (number: Int, version: Int)? {
        guard arcs.starts(with: TemplateIdentifier.root), arcs.count == 6 || arcs.count == 7 else { return nil }
        return (Int(arcs[5]), arcs.count == 7 ? Int(arcs[6]) : 1)
    }

    /// As in "2.23.143.1.2.4".
    public var description: String { arcs.map(String.init).joined(separator: ".") }
}
