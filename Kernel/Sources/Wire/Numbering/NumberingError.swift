/// What is wrong with an ICCID, an IMSI or a PLMN.
public enum NumberingError: Error, Equatable, Sendable {
    /// Something that is no decimal digit, `offset` characters (in text) or half-bytes (in BCD) from the start.
    case digit(byte: UInt8, offset: Int)
    /// There are too few or too many digits.
    case length(digits: Int, allowed: ClosedRange<Int>)
    /// The coded form has the wrong number of bytes.
    case size(bytes: Int, expected: Int)
    /// The coded form contradicts itself: the first byte of EF.IMSI says another length or parity than the digits have.
    case header(byte: UInt8)
}

#if !hasFeature(Embedded)
    extension NumberingError: CustomStringConvertible {
        public var description: String {
            switch self {
            case .digit(let byte, let offset): "expected a decimal digit at \(offset), got 0x\(Hex.text([byte]))"
            case .length(let digits, let allowed): "expected \(allowed.lowerBound) to \(allowed.upperBound) digits, got \(digits)"
            case .size(let bytes, let expected): "expected \(expected) bytes, got \(bytes)"
            case .header(let byte): "the first byte, 0x\(Hex.text([byte])), contradicts the digits"
            }
        }
    }
#endif
