/// The name of an access point (3GPP TS 23.003, clause 9.1): labels of letters, digits and hyphens, with dots between.
///
/// Kept in lower case, because the case of its letters has no meaning there.
public struct APN: Hashable, Sendable {
    /// Octets of the coded form, in which each label has its length before it.
    public static let longest = 100
    /// Characters of one label (RFC 1035, 2.3.4).
    public static let longestLabel = 63

    /// "iot.example".
    public let text: String

    /// Why a text is no APN.
    public enum Problem: Error, Equatable, Sendable {
        /// Octets of the coded form.
        case length(octets: Int)
        /// A character that is neither a letter, a digit nor a hyphen.
        case character(Unicode.Scalar)
        case emptyLabel
        case label(characters: Int)
        /// A label begins and ends with a letter or a digit (RFC 1123, 2.1).
        case hyphen
    }

    public init(_ text: String) throws(Problem) {
        guard text.utf8.count < Self.longest else { throw .length(octets: text.utf8.count + 1) }
        for scalar in text.unicodeScalars {
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "-", ".": break
            default: throw .character(scalar)
            }
        }
        for label in text.split(separator: ".", omittingEmptySubsequences: false) {
            guard !label.isEmpty else { throw .emptyLabel }
            guard label.utf8.count <= Self.longestLabel else { throw .label(characters: label.utf8.count) }
            guard !label.hasPrefix("-"), !label.hasSuffix("-") else { throw .hyphen }
        }
        self.text = text.lowercased()
    }
}

extension APN: CustomStringConvertible {
    public var description: String { text }
}

extension APN.Problem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .length(let octets): "an APN of \(octets) octets, expected at most \(APN.longest)"
        case .character(let scalar): "the character \(String(scalar).quoted) in an APN, expected letters, digits, hyphens and dots"
        case .emptyLabel: "an APN with an empty label"
        case .label(let characters): "a label of \(characters) characters in an APN, expected at most \(APN.longestLabel)"
        case .hyphen: "a label of an APN that begins or ends with a hyphen"
        }
    }
}
