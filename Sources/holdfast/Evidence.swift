import ArgumentParser
import Evidence
import Foundation

/// The pack that is handed to an assessor.
struct EvidenceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evidence",
        abstract: "Check a pack of evidence.",
        subcommands: [Verify.self])

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check a pack with nothing but its file and the public key.",
            discussion: """
                Exits with 0 when the pack is whole, 1 when there is a finding, 2 when the file or the key cannot be read.
                docs/evidence.md says how to do the same with openssl, sha256sum and python3.

                  holdfast evidence verify pack.zip --key ledger.pub
                """)

        @Argument(help: "The pack.")
        var file: String

        @Option(help: "The ledger's public key: its text (name+hash+base64), or a file that holds it.")
        var key: String

        @Flag(help: "Print the result as JSON.")
        var json = false

        func run() throws {
            let report: PackReport
            do {
                report = try PackVerifier.verify(file, key: try LedgerPublicKey.read(key))
            } catch {
                note("\(error)")
                throw ExitCode(2)
            }
            if json { try printJSON(report) } else { print(Self.text(report, file)) }
            if !report.isWhole { throw ExitCode(1) }
        }

        private static func text(_ report: PackReport, _ file: String) -> String {
            var lines = report.files.map { "\($0.status.rawValue)\t\($0.path)" }
            lines.append(report.isSigned ? "The manifest is signed with this key." : "The manifest is NOT signed with this key.")
            if let first = report.firstHead, let last = report.lastHead {
                lines.append(
                    "The ledger had \(first.size) entries at \(first.at) and \(last.size) at \(last.at); "
                        + (report.isConsistent
                            ? "the second begins with the first." : "the second is NOT shown to begin with the first."))
            }
            lines.append("\(report.provenEntries) entries are proven to be in it.")
            lines += report.findings.map { "FINDING: \($0)" }
            if report.findingsInAll > report.findings.count {
                lines.append("... and \(report.findingsInAll - report.findings.count) more.")
            }
            lines.append(report.isWhole ? "\(file) is whole." : "\(file) is NOT whole: \(report.findingsInAll) findings.")
            return lines.joined(separator: "\n")
        }
    }
}

/// A ledger's public key as it is given on the command line.
enum LedgerPublicKey {
    /// Bytes of a file that holds a key.
    private static let longest = 4_096

    /// Reads the key's text, or the file that holds it.
    static func read(_ text: String) throws -> VerifierKey {
        if let key = try? VerifierKey(text) { return key }
        guard let file = FileHandle(forReadingAtPath: text) else {
            throw ValidationError("\(text) is neither a public key (name+hash+base64) nor a file that can be read")
        }
        defer { try? file.close() }
        let data = try file.read(upToCount: longest) ?? Data()
        do {
            return try VerifierKey(String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
        } catch {
            throw ValidationError("\(text): \(error)")
        }
    }
}
