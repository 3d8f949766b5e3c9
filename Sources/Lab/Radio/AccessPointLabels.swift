/// Access point names as they travel: labels, each after its length (3GPP TS 23.003, clause 9.1).
enum AccessPointLabels {
    static func coded(_ name: String) -> [UInt8] {
        name.split(separator: ".").flatMap { [UInt8(truncatingIfNeeded: $0.utf8.count)] + Array($0.utf8) }
    }

    /// Nil when the labels do not fill the bytes.
    static func text(_ labels: [UInt8]) -> String? {
        var parts: [String] = []
        var rest = labels[...]
        while let count = rest.popFirst() {
            guard count > 0, rest.count >= count else { return nil }
            parts.append(String(decoding: rest.prefix(Int(count)), as: UTF8.self).lowercased())
            rest = rest.dropFirst(Int(count))
        }
        return parts.joined(separator: ".")
    }
}
