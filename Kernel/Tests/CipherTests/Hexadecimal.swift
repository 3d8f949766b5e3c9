@testable import Cipher

/// The bytes of a vector.
func hex(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = text.filter { !$0.isWhitespace }[...]
    while let byte = UInt8(rest.prefix(2), radix: 16) {
        bytes.append(byte)
        rest = rest.dropFirst(2)
    }
    return bytes
}

func block(_ text: String) -> Block { Block(hex(text)) }
