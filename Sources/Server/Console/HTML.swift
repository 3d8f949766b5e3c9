import Mustache

/// Escaping for HTML and SVG, text and quoted attributes alike.
///
/// By bytes, not by characters: Mustache's own escaping compares whole characters, and a quote that is followed by a combining
/// mark is one character that it does not know, so it would let the quote through.
enum HTML {
    static func escape(_ text: some StringProtocol) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: ">"): bytes += "&gt;".utf8
            case UInt8(ascii: "&"): bytes += "&amp;".utf8
            case UInt8(ascii: "\""): bytes += "&quot;".utf8
            case UInt8(ascii: "'"): bytes += "&#39;".utf8
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Tells Mustache to escape by bytes. Each of our templates begins with its name.
    struct Content: MustacheContentType {
        static let name = "HOLDFAST"
        func escapeText(_ text: String) -> String { HTML.escape(text) }
    }
}
