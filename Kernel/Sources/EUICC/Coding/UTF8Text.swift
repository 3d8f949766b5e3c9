/// Whether bytes are UTF-8 (RFC 3629): names are kept as bytes, and one bad name would make a list unreadable for many tools.
enum UTF8Text {
    static func isValid(_ bytes: ArraySlice<UInt8>) -> Bool {
        var left = bytes
        while let first = left.popFirst() {
            let more: Int
            var lowest: UInt8 = 0x80
            var highest: UInt8 = 0xBF
            switch first {
            case 0...0x7F: more = 0
            case 0xC2...0xDF: more = 1
            case 0xE0: (more, lowest) = (2, 0xA0)
            case 0xED: (more, highest) = (2, 0x9F)
            case 0xE1...0xEF: more = 2
            case 0xF0: (more, lowest) = (3, 0x90)
            case 0xF4: (more, highest) = (3, 0x8F)
            case 0xF1...0xF3: more = 3
            default: return false
            }
            for place in 0..<more {
                guard let next = left.popFirst(), next >= (place == 0 ? lowest : 0x80), next <= (place == 0 ? highest : 0xBF) else {
                    return false
                }
            }
        }
        return true
    }
}
