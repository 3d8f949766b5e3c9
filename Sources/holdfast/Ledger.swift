import ArgumentParser
import Estate
import Evidence
import Foundation
import Storage

/// What the commands need of a ledger that lives in an estate.
protocol LedgerOpening {
    /// Where the ledger is.
    var store: Database { get }
    /// Its public key.
    var publicKey: VerifierKey { get }
}

extension EstateLedger: LedgerOpening {}

extension EstateOptions {
    /// Refuses where there is no database yet, or its key is missing: what only reads must make neither.
    func requireStore() throws {
        guard FileManager.default.fileExists(atPath: database) else {
            throw ValidationError("There is no \(database): name the estate's database with --database.")
        }
        guard
            ProcessInfo.processInfo.environment[EstateKey.variable]?.isEmpty == false
                || FileManager.default.fileExists(atPath: keyFile)
        else {
            throw ValidationError(
                "\(database) exists, but its key does not: set \(EstateKey.variable), or name the key with --key-file.")
        }
    }
}

/// Looks at the ledger of an estate, or at an exported one.
struct LedgerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "Check, export and prove what the ledger holds.",
        discussion: "The server must not be running for what reads the estate's database: the estate has one owner.",
        subcommands: [Verify.self, Key.self, Export.self, Prove.self])

    /// Opens the ledger of an estate. The estate itself is not opened: its ledger can be checked even where it would not start.
    static func open(_ options: EstateOptions) throws -> any LedgerOpening {
        try options.requireStore()
        return try EstateLedger(
            database: try Database.open(options.database, schema: EstateSchema.schema), key: try options.key())
    }

    /// Runs what may fail to read anything at all: that ends with 2, so that 1 always is a finding.
    fileprivate static func reading<T>(_ body: () throws -> T) throws -> T {
        do { return try body() } catch {
            note("\(error)")
            throw ExitCode(2)
        }
    }

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check every entry against its hash, the tiles and every signed head.",
            discussion: """
                Exits with 0 when everything is whole, 1 when there is a finding, 2 when nothing could be read.

                  holdfast ledger verify --database holdfast.sqlite --head kept-elsewhere.txt
                  holdfast ledger verify --file ledger.txt --key ledger.pub
                """)

        @OptionGroup var options: EstateOptions

        @Option(help: "An exported ledger to check in place of the estate's.")
        var file: String?

        @Option(
            help:
                "The public key: its text, or a file that holds it. Needed with --file; else the estate's own, unless it is given.")
        var key: String?

        @Option(help: "A file with a signed head that was kept elsewhere. May be given several times.")
        var head: [String] = []

        @Flag(help: "Print the result as JSON.")
        var json = false

        func validate() throws {
            if file != nil, key == nil {
                throw ValidationError("--file needs --key: an exported ledger is checked with nothing else")
            }
            if file != nil, !head.isEmpty { throw ValidationError("--head is for the estate's ledger; the file has its own") }
        }

        func run() throws {
            let report = try LedgerCommand.reading { try verify() }
            if json { try printJSON(report) } else { print(Self.text(report)) }
            if !report.isWhole { throw ExitCode(1) }
        }

        private func verify() throws -> LedgerReport {
            if let file, let key { return try LedgerFile.verify(file, key: try LedgerPublicKey.read(key)) }
            let ledger = try LedgerCommand.open(options)
            let publicKey = try key.map { try LedgerPublicKey.read($0) } ?? ledger.publicKey
            let kept = try head.map { try String(contentsOfFile: $0, encoding: .utf8) }
            var told: UInt64 = 0
            return try ledger.store.read { connection in
                try LedgerVerifier.verify(connection, key: publicKey, kept: kept) { done, all in
                    guard done - told >= 1_000_000 else { return }
                    told = done
                    note("\(done) of \(all) entries")
                }
            }
        }

        private static func text(_ report: LedgerReport) -> String {
            var lines = [
                "\(report.entries) entries, \(report.signed) of them under \(report.heads) signed heads. Root: \(report.root)"
            ]
            if let head = report.lastHead { lines.append("The last head that fits was signed at \(head.at).") }
            lines += report.findings.map { "FINDING: \($0)" }
            if report.findingsInAll > report.findings.count {
                lines.append("... and \(report.findingsInAll - report.findings.count) more.")
            }
            lines.append(report.isWhole ? "The ledger is whole." : "The ledger is NOT whole: \(report.findingsInAll) findings.")
            return lines.joined(separator: "\n")
        }
    }

    struct Key: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the ledger's public key, to be given to whoever is to check it.")

        @OptionGroup var options: EstateOptions

        func run() throws { print(try LedgerCommand.open(options).publicKey.text) }
    }

    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write the entries under the last signed head to a file, a line each, with the head behind them.")

        @OptionGroup var options: EstateOptions

        @Argument(help: "The file to write.")
        var file: String

        func run() throws {
            let ledger = try LedgerCommand.open(options)
            try ledger.store.read { connection in
                guard let text = try LedgerStore.lastNote(connection) else { throw LedgerError.noHead }
                let head = try SignedHead(text, key: ledger.publicKey)
                try LedgerFile.write(connection, head: head, to: file)
                note("\(file): \(head.size) entries, signed at \(head.at)")
            }
        }
    }

    struct Prove: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print one entry with its proof of inclusion, and the signed head that it is under.",
            discussion: "The first line is the entry with its proof, as in a pack; the head follows it.")

        @OptionGroup var options: EstateOptions

        @Argument(help: "The entry's index, counted from 0.")
        var index: UInt64

        func run() throws {
            let ledger = try LedgerCommand.open(options)
            try ledger.store.read { connection in
                guard let text = try LedgerStore.lastNote(connection) else { throw LedgerError.noHead }
                let head = try SignedHead(text, key: ledger.publicKey)
                let proof = try StoredTree(connection).inclusionProof(of: index, in: head.size)
                let entry = ProvenEntry(index: index, line: try LedgerStore.line(index, connection), proof: proof)
                print(String(decoding: entry.bytes, as: UTF8.self))
                print(head.note, terminator: "")
            }
        }
    }
}
