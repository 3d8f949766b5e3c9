/// What the body of an entry and the predicate of a pack are made of: JSON without floating point numbers, which has exactly one way
/// to be written.
///
/// The text is that of RFC 8785 (JSON Canonicalization Scheme), narrowed so that there is nothing to argue about: keys are printable
/// ASCII, numbers are integers that every reader of JSON keeps exactly (RFC 7493, 2.2). `json.dumps(value, sort_keys=True,
/// separators=(",", ":"), ensure_ascii=False)` of Python writes the same bytes.
public enum CanonicalValue: Equatable, Sendable {
    case null
    case bool(Bool)
    /// At most 2^53 - 1 either way.
    case integer(Int64)
    case string(String)
    case array([CanonicalValue])
    /// Keys are printable ASCII without quotation mark and backslash.
    case object([String: CanonicalValue])

    /// The largest integer that every reader of JSON keeps exactly.
    public static let largestInteger: Int64 = 9_007_199_254_740_991
    /// Arrays and objects inside each other.
    public static let deepest = 16

    /// The value's bytes.
    /// - Throws: ``CanonicalError`` for what has no canonical form.
    public func encoded() throws(CanonicalError) -> [UInt8] {
        var bytes: [UInt8] = []
        try append(to: &bytes, depth: 0)
        return bytes
    }

    func append(to bytes: inout [UInt8], depth: Int) throws(CanonicalError) {
        switch self {
        case .null: bytes += "null".utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .integer(let value):
            guard value >= -Self.largestInteger, value <= Self.largestInteger else { throw .integerTooLarge(value) }
            bytes += String(value).utf8
        case .string(let text): Self.append(text, to: &bytes)
        case .array(let values):
            guard depth < Self.deepest else { throw .tooDeep(limit: Self.deepest) }
            bytes.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                try value.append(to: &bytes, depth: depth + 1)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            guard depth < Self.deepest else { throw .tooDeep(limit: Self.deepest) }
            bytes.append(UInt8(ascii: "{"))
            for (index, key) in members.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }).enumerated() {
                guard !key.isEmpty, key.utf8.allSatisfy(Self.isOfKey) else { throw .key(key) }
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                Self.append(key, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                try (members[key] ?? .null).append(to: &bytes, depth: depth + 1)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    /// Whether a key may have this byte.
    static func isOfKey(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    /// RFC 8785, 3.2.2.2: the shortest escapes, and only where JSON asks for one.
    static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0x08: bytes += #"\b"#.utf8
            case 0x09: bytes += #"\t"#.utf8
            case 0x0A: bytes += #"\n"#.utf8
            case 0x0C: bytes += #"\f"#.utf8
            case 0x0D: bytes += #"\r"#.utf8
            case 0x00..<0x20: bytes += (#"\u00"# + Hexadecimal.text([byte])).utf8
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}

/// Why something is not canonical JSON.
public enum CanonicalError: Error, Equatable, Sendable {
    /// Beyond 2^53 - 1.
    case integerTooLarge(Int64)
    /// More arrays and objects inside each other than ``CanonicalValue/deepest``.
    case tooDeep(limit: Int)
    /// A key with something else than printable ASCII, or none.
    case key(String)
    /// The text is not canonical: what was expected at this offset.
    case text(offset: Int, expected: String)
}

extension CanonicalError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .integerTooLarge(let value): "\(value) is beyond \(CanonicalValue.largestInteger); write it as a string"
        case .tooDeep(let limit): "more than \(limit) arrays and objects inside each other"
        case .key(let key): "the key \"\(key)\" is not printable ASCII without quotation marks and backslashes"
        case .text(let offset, let expected): "not canonical JSON at byte \(offset): expected \(expected)"
        }
    }
}

extension CanonicalValue: Codable {
    /// Reads any JSON without fractions; encode a value of your own with `JSONEncoder` and read it back as this.
    public init(from decoder: any Decoder) throws {
        if let members = try? decoder.container(keyedBy: MemberKey.self) {
            var object: [String: CanonicalValue] = [:]
            for key in members.allKeys { object[key.stringValue] = try members.decode(CanonicalValue.self, forKey: key) }
            self = .object(object)
        } else if var elements = try? decoder.unkeyedContainer() {
            var array: [CanonicalValue] = []
            while !elements.isAtEnd { array.append(try elements.decode(CanonicalValue.self)) }
            self = .array(array)
        } else {
            let single = try decoder.singleValueContainer()
            if single.decodeNil() {
                self = .null
            } else if let value = try? single.decode(Bool.self) {
                self = .bool(value)
            } else if let value = try? single.decode(Int64.self) {
                self = .integer(value)
            } else {
                self = .string(try single.decode(String.self))
            }
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var single = encoder.singleValueContainer()
        switch self {
        case .null: try single.encodeNil()
        case .bool(let value): try single.encode(value)
        case .integer(let value): try single.encode(value)
        case .string(let value): try single.encode(value)
        case .array(let value): try single.encode(value)
        case .object(let value): try single.encode(value)
        }
    }

    private struct MemberKey: CodingKey {
        let stringValue: String
        let intValue: Int? = nil
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { stringValue = String(intValue) }
    }
}

extension CanonicalValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(arrayLiteral elements: CanonicalValue...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, CanonicalValue)...) {
        self = .object(Dictionary(elements, uniquingKeysWith: { $1 }))
    }
}
