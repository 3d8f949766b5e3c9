import ArgumentParser
import Estate
import Evidence
import Foundation
import Regulation
import Server

/// The pack that is handed to an assessor.
struct EvidenceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evidence",
        abstract: "Build a pack of evidence, or check one.",
        subcommands: [Build.self, Verify.self])

    struct Build: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Build the pack of a product over a period.",
            discussion: """
                The days are those of UTC, both included; the last may be today. Building is noted in the ledger. The same days over the same
                record give the same bytes. The report becomes a PDF too where WeasyPrint is installed (Debian: apt install weasyprint). The
                server must not be running: the estate has one owner; use its page /evidence or POST /api/v1/evidence then.

                  holdfast evidence build --product "Telecare Hub" --from 2026-10-01 --to 2026-10-31 --out pack.zip
                """)

        @Option(help: "The product's name, as it is registered or as the inventory has it.")
        var product: String

        @Option(help: "The first day: 2026-10-01.")
        var from: String

        @Option(help: "The last day: 2026-10-31.")
        var to: String

        @Option(help: "The file to write. It is not replaced where it exists.")
        var out: String

        @Flag(name: .customLong("no-pdf"), help: "Leave the PDF out.")
        var noPDF = false

        @Flag(help: "Print what was built as JSON.")
        var json = false

        @OptionGroup var options: EstateOptions

        func run() throws {
            let days = try [from, to].map { text in
                guard let day = Day(text) else { throw ValidationError("\(text) is not a day: write it as 2026-10-31.") }
                return day
            }
            let now = UTCInstant.now
            let period: EvidencePeriod
            do throws(EvidencePeriodError) { period = try EvidencePeriod(from: days[0], to: days[1], at: now) } catch {
                throw ValidationError("\(error).")
            }
            guard !FileManager.default.fileExists(atPath: out) else {
                throw ValidationError("\(out) exists: name another file, or remove it.")
            }
            try options.requireStore()
            let built: EvidencePack.Built
            do {
                built = try EvidencePack.build(
                    product: product, over: period, from: try options.open(), by: Authorship(LocalUser.name), at: now,
                    printer: noPDF ? nil : PDFPrinter(), to: out)
            } catch let error as ProductError {
                throw ValidationError("\(error).")
            }
            if json { return try printJSON(built) }
            print(
                "\(out): \(built.units) units, \(built.ledgerEntries) entries of the ledger\(built.hasPDF ? ", with report.pdf" : "")."
            )
            if !noPDF, let why = built.note { note("No PDF: \(why).") }
        }
    }

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
        guard FileManager.default.fileExists(atPath: text) else {
            throw ValidationError("\(text) is neither a public key (name+hash+base64) nor a file that can be read")
        }
        do {
            return try VerifierKey(try GivenFile.text(text, most: longest).trimmingCharacters(in: .whitespacesAndNewlines))
        } catch let error as ValidationError {
            throw error
        } catch {
            throw ValidationError("\(text): \(error)")
        }
    }
}
