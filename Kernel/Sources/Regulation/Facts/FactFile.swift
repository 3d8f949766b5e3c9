import Foundation

/// The facts that are built in: the files in `Data`, each of them JSON or CSV between two lines of Swift.
///
/// Text, because it compiles at once; the same bytes as an array literal take the compiler minutes.
enum FactFile {
    /// The files are part of the program, and tests read each of them: one that does not read is a mistake in the program.
    static func read<Facts: Decodable>(_ text: String, _ name: String, as type: Facts.Type = Facts.self) -> Facts {
        do {
            return try JSONDecoder().decode(type, from: Data(text.utf8))
        } catch {
            preconditionFailure("Data/\(name) does not read: \(error)")
        }
    }
}
