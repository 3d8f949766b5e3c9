/// Why a pack was not built, beside what the estate and the pack's own form refuse.
public enum EvidencePackError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A folder for the pack's files cannot be made.
    case folder(String)
    /// A pack of the same estate is being built.
    case busy

    public var description: String {
        switch self {
        case .folder(let path): "\(path): the pack's files cannot be written there"
        case .busy: "another pack is being built: try again when it is done"
        }
    }
}
