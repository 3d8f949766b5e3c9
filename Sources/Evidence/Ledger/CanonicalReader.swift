/// Reads canonical JSON, and nothing else: what it accepts is, byte for byte, what ``CanonicalValue`` writes.
///
/// One pass and no allocation where only the form is checked, because a verification reads millions of lines.
struct CanonicalReader {
    private let bytes: UnsafeRawBufferPointer
    private(set) var offset = 0

    /// - Parameter bytes: must outlive the reader.
    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// The whole of `text` as one value.
    static func value(_ text: [UInt8]) throws(CanonicalError) -> CanonicalValue {
        // withUnsafeBytes does not pass typed errors on.
        let result: Result<CanonicalValue, CanonicalError> = text.withUnsafeBytes { buffer in
            var reader = CanonicalReader(buffer)
            do throws(CanonicalError) {
                let value = try reader.value(building: true)
                try reader.end()
                return .success(value)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private func wrong(_ expected: String) -> CanonicalError { .text(offset: offset, expected: expected) }

    func end() throws(CanonicalError) {
        guard offset == bytes.count else { throw wrong("the end") }
    }

    /// Exactly this text.
    mutating func expect(_ text: StaticString) throws(CanonicalError) {
        let count = text.utf8CodeUnitCount
        guard bytes.count - offset >= count else { throw wrong("\(text)") }
        for index in 0..<count where bytes[offset + index] != text.utf8Start[index] { throw wrong("\(text)") }
        offset += count
    }

    /// A value; `.null` for any where nothing is to be built.
    mutating func value(building: Bool, depth: Int = 0) throws(CanonicalError) -> CanonicalValue {
        switch next {
        case UInt8(ascii: "{"):
            guard depth < CanonicalValue.deepest else { throw .tooDeep(limit: CanonicalValue.deepest) }
            return try object(building: building, depth: depth)
        case UInt8(ascii: "["):
            guard depth < CanonicalValue.deepest else { throw .tooDeep(limit: CanonicalValue.deepest) }
            return try array(building: building, depth: depth)
        case UInt8(ascii: "\""):
            let text = try string(building: building)
            return building ? .string(text) : .null
        case UInt8(ascii: "t"):
            try expect("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try expect("false")
            return .bool(false)
        case UInt8(ascii: "n"):
            try expect("null")
            return .null
        default: return .integer(try integer())
        }
    }

    private mutating func object(building: Bool, depth: Int) throws(CanonicalError) -> CanonicalValue {
        var members: [String: CanonicalValue] = [:]
        var last: Range<Int>?
        offset += 1
        if next == UInt8(ascii: "}") {
            offset += 1
            return .object([:])
        }
        while true {
            try expect("\"")
            let start = offset
            while let byte = next, CanonicalValue.isOfKey(byte) { offset += 1 }
            let key = start..<offset
            guard !key.isEmpty else { throw wrong("a key of printable ASCII") }
            if let last {
                guard bytes[last].lexicographicallyPrecedes(bytes[key]) else {
                    throw .text(offset: start, expected: "keys in order")
                }
            }
            last = key
            try expect("\":")
            let member = try value(building: building, depth: depth + 1)
            if building { members[String(decoding: bytes[key], as: UTF8.self)] = member }
            if next == UInt8(ascii: ",") {
                offset += 1
            } else {
                try expect("}")
                return building ? .object(members) : .null
            }
        }
    }

    private mutating func array(building: Bool, depth: Int) throws(CanonicalError) -> CanonicalValue {
        var elements: [CanonicalValue] = []
        offset += 1
        if next == UInt8(ascii: "]") {
            offset += 1
            return .array([])
        }
        while true {
            let element = try value(building: building, depth: depth + 1)
            if building { elements.append(element) }
            if next == UInt8(ascii: ",") {
                offset += 1
            } else {
                try expect("]")
                return building ? .array(elements) : .null
            }
        }
    }

    mutating func integer() throws(CanonicalError) -> Int64 {
        let isNegative = next == UInt8(ascii: "-")
        if isNegative { offset += 1 }
        let start = offset
        var magnitude: Int64 = 0
        while let byte = next, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
            // Sixteen digits are enough for 2^53 - 1, and cannot overflow.
            guard offset - start < 16 else { throw wrong("an integer up to \(CanonicalValue.largestInteger)") }
            magnitude = magnitude * 10 + Int64(byte - UInt8(ascii: "0"))
            offset += 1
        }
        guard offset > start else { throw wrong("a value") }
        guard bytes[start] != UInt8(ascii: "0") || offset == start + 1 && !isNegative else {
            throw .text(offset: start, expected: "no leading zero")
        }
        guard magnitude <= CanonicalValue.largestInteger else {
            throw .text(offset: start, expected: "an integer up to \(CanonicalValue.largestInteger)")
        }
        return isNegative ? -magnitude : magnitude
    }

    /// A string with its quotation marks; "" where nothing is to be built.
    mutating func string(building: Bool) throws(CanonicalError) -> String {
        try expect("\"")
        let start = offset
        var unescaped: [UInt8]?
        while true {
            guard let byte = next else { throw wrong("the string's end") }
            switch byte {
            case UInt8(ascii: "\""):
                defer { offset += 1 }
                guard building else { return "" }
                return unescaped.map { String(decoding: $0, as: UTF8.self) }
                    ?? String(decoding: bytes[start..<offset], as: UTF8.self)
            case UInt8(ascii: "\\"):
                if building, unescaped == nil { unescaped = Array(bytes[start..<offset]) }
                let character = try escape()
                unescaped?.append(character)
            case 0x20..<0x80:
                unescaped?.append(byte)
                offset += 1
            case 0x80...:
                let count = try scalar()
                unescaped?.append(contentsOf: bytes[(offset - count)..<offset])
            default: throw wrong("an escape in place of a control character")
            }
        }
    }

    private mutating func escape() throws(CanonicalError) -> UInt8 {
        offset += 1
        guard let letter = next else { throw wrong("an escape") }
        offset += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): return letter
        case UInt8(ascii: "b"): return 0x08
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "f"): return 0x0C
        case UInt8(ascii: "r"): return 0x0D
        case UInt8(ascii: "u"):
            try expect("00")
            guard let high = next, high == UInt8(ascii: "0") || high == UInt8(ascii: "1") else {
                throw wrong("a control character")
            }
            offset += 1
            let low: UInt8
            switch next {
            case .some(let digit) where digit >= UInt8(ascii: "0") && digit <= UInt8(ascii: "9"): low = digit - UInt8(ascii: "0")
            case .some(let digit) where digit >= UInt8(ascii: "a") && digit <= UInt8(ascii: "f"):
                low = digit - UInt8(ascii: "a") + 10
            default: throw wrong("a lower-case hexadecimal digit")
            }
            let character = (high - UInt8(ascii: "0")) << 4 | low
            guard ![0x08, 0x09, 0x0A, 0x0C, 0x0D].contains(character) else { throw wrong("the short escape") }
            offset += 1
            return character
        default: throw .text(offset: offset - 1, expected: "an escape that JSON needs")
        }
    }

    /// One character beyond ASCII (Unicode 15, table 3-7); gives how many bytes it has.
    private mutating func scalar() throws(CanonicalError) -> Int {
        func byte(_ distance: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
            offset + distance < bytes.count && range.contains(bytes[offset + distance])
        }
        let count: Int
        switch bytes[offset] {
        case 0xC2...0xDF where byte(1): count = 2
        case 0xE0 where byte(1, 0xA0...0xBF) && byte(2): count = 3
        case 0xE1...0xEC where byte(1) && byte(2): count = 3
        case 0xED where byte(1, 0x80...0x9F) && byte(2): count = 3
        case 0xEE...0xEF where byte(1) && byte(2): count = 3
        case 0xF0 where byte(1, 0x90...0xBF) && byte(2) && byte(3): count = 4
        case 0xF1...0xF3 where byte(1) && byte(2) && byte(3): count = 4
        case 0xF4 where byte(1, 0x80...0x8F) && byte(2) && byte(3): count = 4
        default: throw wrong("UTF-8")
        }
        offset += count
        return count
    }

    /// Goes back over what was read.
    mutating func back(_ count: Int) { offset = max(0, offset - count) }

    /// The next `count` bytes as they are.
    mutating func take(_ count: Int) throws(CanonicalError) -> UnsafeRawBufferPointer {
        guard bytes.count - offset >= count else { throw wrong("\(count) more bytes") }
        defer { offset += count }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<(offset + count)])
    }

    /// What was read since `start`, which must have been an ``offset``.
    func text(since start: Int) -> [UInt8] { Array(bytes[min(start, offset)..<offset]) }
}
