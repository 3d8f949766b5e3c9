/// CRC-32 as ZIP archives have it (APPNOTE 4.4.7): the polynomial 0xEDB88320, eight bytes a step.
struct CRC32 {
    private var state: UInt32 = 0xFFFF_FFFF

    private static let tables: [UInt32] = {
        var tables = [UInt32](repeating: 0, count: 8 * 256)
        for byte in 0..<256 {
            var value = UInt32(byte)
            for _ in 0..<8 { value = value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1 }
            tables[byte] = value
        }
        for table in 1..<8 {
            for byte in 0..<256 {
                let before = tables[(table - 1) * 256 + byte]
                tables[table * 256 + byte] = tables[Int(before & 0xFF)] ^ before >> 8
            }
        }
        return tables
    }()

    var value: UInt32 { ~state }

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        var crc = state
        var offset = 0
        Self.tables.withUnsafeBufferPointer { table in
            // Every index is a byte plus 256 times a table below 8.
            func part(_ number: Int, _ byte: UInt32) -> UInt32 { table[number * 256 + Int(byte & 0xFF)] }
            while offset + 8 <= bytes.count {
                let low = crc ^ UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
                let high = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self))
                crc = part(7, low) ^ part(6, low >> 8) ^ part(5, low >> 16) ^ part(4, low >> 24)
                crc ^= part(3, high) ^ part(2, high >> 8) ^ part(1, high >> 16) ^ part(0, high >> 24)
                offset += 8
            }
            while offset < bytes.count {
                crc = part(0, crc ^ UInt32(bytes[offset])) ^ crc >> 8
                offset += 1
            }
        }
        state = crc
    }
}
