import ArgumentParser
import Foundation

/// A file that is named on the command line: read up to a limit, and refused with its name.
enum GivenFile {
    /// - Parameters:
    ///   - path: "-" for standard input.
    ///   - most: bytes.
    ///   - what: the file is, for messages: "the file with the secrets"; its path alone where nil.
    /// - Throws: `ValidationError`; it never quotes what the file holds.
    static func read(_ path: String, most: Int, what: String? = nil) throws -> Data {
        let name = what.map { "\(path), \($0)," } ?? path
        guard let handle = path == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: path),
            let data = try? handle.read(upToCount: most + 1) ?? Data()
        else { throw ValidationError("\(name) cannot be read. Is it there, and may you read it?") }
        guard data.count <= most else { throw ValidationError("\(name) has more than \(most) bytes.") }
        return data
    }

    /// The same for text in UTF-8.
    static func text(_ path: String, most: Int, what: String? = nil) throws -> String {
        guard let text = String(bytes: try read(path, most: most, what: what), encoding: .utf8) else {
            throw ValidationError("\(what.map { "\(path), \($0)," } ?? path) is no text in UTF-8.")
        }
        return text
    }
}
