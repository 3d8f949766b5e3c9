/// CRC-32 (ISO/IEC 13239, reflected polynomial EDB88320), a nibble at a time: the table is small enough for a card.
struct Checksum {
    private var register: UInt32 = .max

    init() {}

    /// A checksum that begins with a number, so that equal bytes in another place do not pass for these.
    init(generation: UInt32, index: UInt32) {
        add(generation)
        add(index)
    }

    private static let table: InlineArray<16, UInt32> = [
        0x0000_0000, 0x1DB7_1064, 0x3B6E_20C8, 0x26D9_30AC, 0x76DC_4190, 0x6B6B_51F4, 0x4DB2_6158, 0x5005_713C,
        0xEDB8_8320, 0xF00F_9344, 0xD6D6_A3E8, 0xCB61_B38C, 0x9B64_C2B0, 0x86D3_D2D4, 0xA00A_E278, 0xBDBD_F21C,
    ]

    mutating func add(_ byte: UInt8) {
        register ^= UInt32(byte)
        register = register >> 4 ^ Checksum.table[Int(register & 15)]
        register = register >> 4 ^ Checksum.table[Int(register & 15)]
    }

    mutating func add(_ bytes: borrowing Span<UInt8>) {
        for index in bytes.indices { add(bytes[index]) }
    }

    private mutating func add(_ number: UInt32) {
        add(UInt8(truncatingIfNeeded: number >> 24))
        add(UInt8(truncatingIfNeeded: number >> 16))
        add(UInt8(truncatingIfNeeded: number >> 8))
        add(UInt8(truncatingIfNeeded: number))
    }

    var value: UInt32 { ~register }
}
