import Foundation

/// Values that the store keeps as JSON: those that are read whole and never searched by their parts.
enum StoredJSON {
    /// The same value gives the same text.
    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func value<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        do { return try decoder.decode(type, from: Data(text.utf8)) } catch {
            throw EstateError.contradiction(detail: "a stored \(type) cannot be read: \(error)")
        }
    }
}
