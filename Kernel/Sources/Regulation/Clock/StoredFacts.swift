import Foundation

/// Reads the facts that are built in.
enum StoredFacts {
    /// A file of `Data/`. It is part of the program, and tests read each of them: one that does not read is a mistake in the program.
    static func read<Facts: Decodable>(_ bytes: [UInt8], _ name: String, as type: Facts.Type = Facts.self) -> Facts {
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch {
            preconditionFailure("Data/\(name) does not read: \(error)")
        }
    }
}
