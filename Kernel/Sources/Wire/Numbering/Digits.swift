/// Up to twenty decimal digits, leading zeros included; ordered as text is.
public struct Digits: Equatable, Comparable, Sendable {
    /// The first sixteen digits, four bits each, from the top; zero where there is none.
    private var leading: UInt64 = 0
    /// The next four digits likewise.
    private var trailing: UInt16 = 0
    private var length: UInt8 = 0

    /// The most digits there can be.
    public static var limit: Int { 20 }

    public init() {}

    /// The digits of a text, which has nothing else in it.
    public init(_ text: String) throws(NumberingError) {
        var place = 0
        for byte in text.utf8 {
            guard byte >= 0x30 && byte <= 0x39 else { throw .digit(byte: byte, offset: place) }
            guard append(byte - 0x30) else { throw .length(digits: text.utf8.count, allowed: 0...Digits.limit) }
            place += 1
        }
    }

    public var count: Int { Int(length) }

    /// Digit `index`, counted from 0 at the front; 0 where there is none.
    public subscript(index: Int) -> UInt8 {
        guard index >= 0 && index < count else { return 0 }
        if index < 16 { return UInt8(leading >> UInt64(60 - 4 * index) & 0xF) }
        return UInt8(trailing >> UInt16(12 - 4 * (index - 16)) & 0xF)
    }

    /// Adds a digit at the end; false, and nothing is added, when it is no digit or there is no room.
    public mutating func append(_ digit: UInt8) -> Bool {
        guard digit < 10 && count < Digits.limit else { return false }
        if count < 16 {
            leading |= UInt64(digit) << UInt64(60 - 4 * count)
        } else {
            trailing |= UInt16(digit) << UInt16(12 - 4 * (count - 16))
        }
        length += 1
        return true
    }

    /// The digits as the number they write; nil when that does not fit into 64 bits.
    public var number: UInt64? {
        var value: UInt64 = 0
        for index in 0..<count {
            let (product, over) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(UInt64(self[index]))
            if over || carry { return nil }
            value = sum
        }
        return value
    }

    /// Whether the last digit is the Luhn check digit of the others (ISO/IEC 7812-1, annex B).
    public var endsInLuhnDigit: Bool {
        guard count > 1 else { return false }
        var sum = 0
        for index in 0..<count {
            var digit = Int(self[index])
            if (count - index) & 1 == 0 {
                digit *= 2
                if digit > 9 { digit -= 9 }
            }
            sum += digit
        }
        return sum % 10 == 0
    }

    public static func < (left: Digits, right: Digits) -> Bool {
        if left.leading != right.leading { return left.leading < right.leading }
        if left.trailing != right.trailing { return left.trailing < right.trailing }
        return left.length < right.length
    }

    /// The digits in ASCII.
    public var ascii: [UInt8] {
        var bytes: [UInt8] = []
        for index in 0..<count { bytes.append(0x30 + self[index]) }
        return bytes
    }
}

#if !hasFeature(Embedded)
    extension Digits: Hashable, CustomStringConvertible {
        public var description: String { String(decoding: ascii, as: UTF8.self) }
    }
#endif
