import Estate
import Foundation
import NIOCore
import Regulation

/// JSON as the API speaks it: keys sorted, so that the same answer has the same bytes; instants as milliseconds.
enum JSON {
    static func encode(_ value: some Encodable) throws -> ByteBuffer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in try UTCInstant(date).encode(to: encoder) }
        return ByteBuffer(bytes: try encoder.encode(value))
    }

    /// Instants come as milliseconds, or as RFC 3339 with an offset: a local time has no meaning here.
    static func decode<Value: Decodable>(_ type: Value.Type, from buffer: ByteBuffer) throws -> Value {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let container = try decoder.singleValueContainer()
            if let milliseconds = try? container.decode(Int64.self) {
                return Date(timeIntervalSince1970: Double(milliseconds) / 1_000)
            }
            let text = try container.decode(String.self)
            let hasOffset = text.utf8.last == UInt8(ascii: "Z") || text.utf8.dropFirst(16).contains { $0 == 0x2B || $0 == 0x2D }
            guard hasOffset else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "an instant has its offset, or ends with Z")
            }
            return try StatedInstant(text, in: try LocalClock(zone: "UTC")).instant
        }
        return try decoder.decode(type, from: Data(buffer.readableBytesView))
    }
}
