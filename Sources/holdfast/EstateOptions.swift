import ArgumentParser
import Estate
import Foundation
import Storage

/// Which estate a command works on.
struct EstateOptions: ParsableArguments {
    @Option(help: "The estate's database. It is made where no file is.")
    var database = "holdfast.sqlite"

    @Option(
        help:
            "A file with the estate's key: 64 hexadecimal digits. It is made where no file is. HOLDFAST_KEY in the environment goes first."
    )
    var keyFile = "holdfast.key"

    /// The key from the environment, or from the key file.
    func key() throws -> EstateKey {
        let environment = ProcessInfo.processInfo.environment
        if environment[EstateKey.variable]?.isEmpty == false { return try EstateKey.load(environment: environment) }
        return try EstateKey.loadOrCreate(file: keyFile)
    }

    /// Opens the estate. A file that is not one, or a key that does not fit, is reported and left as it is.
    func open() throws -> EstateService {
        // A database without its key is of no use: refuse to make a new key beside an old database.
        let exists = FileManager.default.fileExists(atPath: database)
        if exists, ProcessInfo.processInfo.environment[EstateKey.variable]?.isEmpty != false,
            !FileManager.default.fileExists(atPath: keyFile)
        {
            throw ValidationError(
                "\(database) exists, but its key does not: set \(EstateKey.variable), or name the key with --key-file.")
        }
        let key = try key()
        let estate = try EstateService(database: try Database.open(database, schema: EstateSchema.schema), key: key, at: .now)
        if let fault = estate.ledgerFault { note("WARNING: \(fault).") }
        return estate
    }
}

extension UTCInstant {
    /// The time of day.
    static var now: UTCInstant { UTCInstant(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000)) }
}

/// Standard error, for everything that is not the result.
struct StandardError: TextOutputStream {
    mutating func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}

/// Says something that is not the result.
func note(_ text: String) {
    var stream = StandardError()
    print(text, to: &stream)
}

/// Prints a value as one JSON object, keys in order.
func printJSON(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    print(String(decoding: try encoder.encode(value), as: UTF8.self))
}
