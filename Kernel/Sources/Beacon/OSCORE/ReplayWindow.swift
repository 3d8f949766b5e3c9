import Wire

/// Which sequence numbers were received: the highest one, and which of the 63 below it (RFC 8613, 7.4; RFC 6347, 4.1.2.6).
///
/// Whoever answers must keep it exactly: written together with what the message changes, before the answer leaves. Then each number is
/// accepted once for all time, also across a power cut, and no answer's nonce is used twice. When it may be older than the last number
/// accepted (a restored backup), it must be replaced by `lost`, which accepts nothing until a request proves that it is fresh (B.1.2).
public struct ReplayWindow: Equatable, Sendable {
    /// How many numbers it looks back over, the highest included; anything older is refused.
    public static var size: UInt64 { 64 }
    /// How many bytes `encoded` has.
    public static var encodedSize: Int { 13 }

    /// The highest number received; 0 while there is none; 2^40 - 1 when lost.
    public private(set) var highest: UInt64
    /// Bit i is set when `highest` - i was received. Bit 0 is clear only while nothing was, or when the window is lost.
    public private(set) var mask: UInt64

    /// Nothing was received yet: for new keys only.
    public init() {
        highest = 0
        mask = 0
    }

    /// What was received is not known.
    public static var lost: ReplayWindow {
        var window = ReplayWindow()
        window.highest = SenderSequence.limit - 1
        return window
    }

    /// A window as it was stored; nil when no window can have these values.
    public init?(highest: UInt64, mask: UInt64) {
        guard highest < SenderSequence.limit else { return nil }
        if mask & 1 == 0 {
            guard mask == 0, highest == 0 || highest == SenderSequence.limit - 1 else { return nil }
        } else if highest < ReplayWindow.size - 1 {
            // Bits for numbers below 0.
            guard mask >> (highest + 1) == 0 else { return nil }
        }
        self.highest = highest
        self.mask = mask
    }

    /// Reads what `encoded` gave; nil when no window can have these bytes.
    public init?(encoded bytes: ArraySlice<UInt8>) {
        guard bytes.count == ReplayWindow.encodedSize else { return nil }
        var highest: UInt64 = 0
        var mask: UInt64 = 0
        for byte in bytes.prefix(5) { highest = highest << 8 | UInt64(byte) }
        for byte in bytes.dropFirst(5) { mask = mask << 8 | UInt64(byte) }
        self.init(highest: highest, mask: mask)
    }

    /// The highest number in five bytes and the mask in eight, big-endian.
    public var encoded: [UInt8] {
        var writer = ByteWriter(capacity: ReplayWindow.encodedSize)
        writer.uint(highest, size: 5)
        writer.uint(mask, size: 8)
        return writer.bytes
    }

    /// Whether it is not known what was received.
    public var isLost: Bool { mask == 0 && highest != 0 }

    /// Whether the number was not received before, as far as can be told; false for every number when the window is lost.
    public func accepts(_ number: UInt64) -> Bool {
        if number >= SenderSequence.limit || isLost { return false }
        if mask == 0 || number > highest { return true }
        let age = highest - number
        return age < ReplayWindow.size && mask >> age & 1 == 0
    }

    /// Notes that the number was received: only after its message was found authentic. False, and nothing changes, when it is not accepted.
    public mutating func insert(_ number: UInt64) -> Bool {
        guard accepts(number) else { return false }
        if mask == 0 {
            (highest, mask) = (number, 1)
        } else if number > highest {
            let step = number - highest
            mask = step < ReplayWindow.size ? mask << step | 1 : 1
            highest = number
        } else {
            mask |= 1 << (highest - number)
        }
        return true
    }

    /// The window after a request with this number proved that it is fresh: the number is its lower limit (B.1.2).
    public mutating func resume(at number: UInt64) {
        guard isLost, number < SenderSequence.limit else { return }
        highest = number
        // Older numbers may have been received before the window was lost.
        mask = number < ReplayWindow.size - 1 ? UInt64.max >> (63 - number) : .max
    }
}
