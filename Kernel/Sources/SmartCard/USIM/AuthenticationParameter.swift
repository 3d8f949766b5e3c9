import Cipher

/// MAC, RES, CK or IK as an authentication function gives it: 4 to 32 bytes (TS 33.102, clause 6.3.7; TS 35.231).
public struct AuthenticationParameter: Sendable {
    /// The bytes from the most significant end on; zero after the last one.
    private let value: WideBlock
    /// How many bytes there are: 4, 8, 16 or 32.
    public let size: Int

    /// Eight bytes.
    public init(_ number: UInt64) {
        self.init(value: WideBlock(high: Block(high: number, low: 0), low: .zero), size: 8)
    }

    /// Sixteen bytes.
    public init(_ block: Block) {
        self.init(value: WideBlock(high: block, low: .zero), size: Block.size)
    }

    /// Thirty-two bytes.
    public init(_ wide: WideBlock) {
        self.init(value: wide, size: WideBlock.size)
    }

    /// The first four bytes of a number.
    init(firstHalfOf number: UInt64) {
        self.init(value: WideBlock(high: Block(high: number & 0xFFFF_FFFF_0000_0000, low: 0), low: .zero), size: 4)
    }

    /// What `bytes` has from `offset` on; nil unless it is one of the sizes and there.
    public init?(_ bytes: [UInt8], at offset: Int = 0, size: Int) {
        guard offset >= 0, size >= 0, offset <= bytes.count, size <= bytes.count - offset else { return nil }
        switch size {
        case 4: self.init(firstHalfOf: bytes.number(at: offset, size: 4) << 32)
        case 8: self.init(bytes.number(at: offset, size: 8))
        case 16: self.init(Block(bytes, at: offset))
        case 32: self.init(WideBlock(bytes, at: offset))
        default: return nil
        }
    }

    private init(value: WideBlock, size: Int) {
        self.value = value
        self.size = size
    }

    /// The bytes, first byte first.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(self)
        return bytes
    }

    /// Part `index` of four, eight bytes each.
    fileprivate func part(_ index: Int) -> UInt64 {
        switch index {
        case 0: value.high.high
        case 1: value.high.low
        case 2: value.low.high
        default: value.low.low
        }
    }
}

extension AuthenticationParameter: Equatable {
    /// Whether two have the same size and bytes; it takes as long whichever byte differs, so that a MAC cannot be found out byte by
    /// byte.
    public static func == (left: AuthenticationParameter, right: AuthenticationParameter) -> Bool {
        var difference = UInt64(truncatingIfNeeded: left.size ^ right.size)
        for index in 0..<4 { difference |= left.part(index) ^ right.part(index) }
        return difference == 0
    }
}

extension [UInt8] {
    /// Adds the bytes of a parameter.
    mutating func append(_ parameter: AuthenticationParameter) {
        var left = parameter.size
        var index = 0
        while left >= 8 {
            append(parameter.part(index), size: 8)
            left -= 8
            index += 1
        }
        if left == 4 { append(parameter.part(index) >> 32, size: 4) }
    }
}
