import Wire

/// One option of a CoAP message (RFC 7252, 5.4).
public struct CoAPOption: Equatable, Sendable {
    public let number: UInt16
    public let value: ArraySlice<UInt8>

    public init(_ number: UInt16, _ value: ArraySlice<UInt8>) {
        self.number = number
        self.value = value
    }

    public init(_ number: UInt16, _ value: [UInt8] = []) {
        self.init(number, value[...])
    }

    /// An option whose value is an unsigned integer, without leading zero bytes (RFC 7252, 3.2).
    public init(_ number: UInt16, uint value: UInt32) {
        var writer = ByteWriter()
        writer.uint(UInt64(value), size: (32 - value.leadingZeroBitCount + 7) / 8)
        self.init(number, writer.bytes)
    }

    /// The value as an unsigned integer; nil when it has more than eight bytes.
    public var uint: UInt64? {
        guard value.count <= 8 else { return nil }
        var result: UInt64 = 0
        for byte in value { result = result << 8 | UInt64(byte) }
        return result
    }

    /// Whether a receiver that doesn't know the option must refuse the message: the odd numbers (RFC 7252, 5.4.6).
    public var isCritical: Bool { number & 1 == 1 }

    public static var uriHost: UInt16 { 3 }
    public static var observe: UInt16 { 6 }
    public static var uriPort: UInt16 { 7 }
    /// RFC 8613, 2.
    public static var oscore: UInt16 { 9 }
    public static var uriPath: UInt16 { 11 }
    public static var contentFormat: UInt16 { 12 }
    public static var maxAge: UInt16 { 14 }
    public static var accept: UInt16 { 17 }
    /// RFC 7959, 2.1.
    public static var block2: UInt16 { 23 }
    /// RFC 7959, 2.1.
    public static var block1: UInt16 { 27 }
    public static var proxyURI: UInt16 { 35 }
    public static var proxyScheme: UInt16 { 39 }
    /// RFC 9175, 2.2.
    public static var echo: UInt16 { 252 }
}

extension ByteReader {
    /// Takes options up to the payload marker or the end (RFC 7252, 3.1), and the marker.
    mutating func coapOptions() throws(CoAPError) -> [CoAPOption] {
        var options: [CoAPOption] = []
        var number: UInt64 = 0
        while let first = next, first != 0xFF {
            let start = offset
            guard options.count < CoAPMessage.optionLimit else {
                throw .tooManyOptions(limit: CoAPMessage.optionLimit, offset: start)
            }
            do throws(Truncation) { try skip(1) } catch { throw .truncated(error) }
            number += try extended(first >> 4, of: first, at: start)
            let length = try extended(first & 0xF, of: first, at: start)
            guard number <= 0xFFFF else { throw .optionNumber(offset: start) }
            do throws(Truncation) {
                options.append(CoAPOption(UInt16(number), try slice(Int(length))))
            } catch {
                throw .truncated(error)
            }
        }
        if isAtEnd { return options }
        let marker = offset
        do throws(Truncation) { try skip(1) } catch { throw .truncated(error) }
        guard !isAtEnd else { throw .emptyPayload(offset: marker) }
        return options
    }

    /// An option's delta or length: 13 and 14 announce one and two more bytes. At most 65,804.
    private mutating func extended(_ nibble: UInt8, of byte: UInt8, at start: Int) throws(CoAPError) -> UInt64 {
        do throws(Truncation) {
            switch nibble {
            case 13: return 13 + (try uint(1))
            case 14: return 269 + (try uint(2))
            case 15: break
            default: return UInt64(nibble)
            }
        } catch {
            throw .truncated(error)
        }
        throw .optionHeader(byte: byte, offset: start)
    }
}

extension ByteWriter {
    /// Writes options, which are in the order of their numbers, and the payload after its marker, if there is one.
    mutating func coap(_ options: [CoAPOption], payload: ArraySlice<UInt8>) {
        var previous: UInt16 = 0
        for option in options {
            let delta = option.number &- previous
            previous = option.number
            let length = UInt16(truncatingIfNeeded: min(option.value.count, CoAPMessage.sizeLimit))
            byte(nibble(delta) << 4 | nibble(length))
            extended(delta)
            extended(length)
            append(option.value)
        }
        if !payload.isEmpty {
            byte(0xFF)
            append(payload)
        }
    }

    private func nibble(_ value: UInt16) -> UInt8 { value < 13 ? UInt8(value) : value < 269 ? 13 : 14 }

    private mutating func extended(_ value: UInt16) {
        if value >= 269 { uint16(value - 269) } else if value >= 13 { byte(UInt8(value - 13)) }
    }
}
