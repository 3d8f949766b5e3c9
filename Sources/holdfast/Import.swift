import ArgumentParser
import Estate
import Foundation

/// Imports an inventory: all of it, or nothing.
struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Import devices, cards, profiles and products from a CSV or JSON file: all of it, or nothing.",
        discussion: """
            Importing the same file again changes nothing; a changed row updates its device.

              holdfast import inventory.csv
              holdfast import inventory.json --json

            Columns: device, product, firmware, country, area, tags, card, primary_iccid, primary_imsi, primary_plmn,
            primary_operator, backup_iccid, backup_imsi, backup_plmn, backup_operator, preset, interval, secret, salt, policy_version,
            technologies (2G 3G 4G LTE-M NB-IoT 5G, with spaces between), primary_apn, backup_apn. docs/inventory.md explains each.
            """)

    @Argument(help: "The file; its name ends in .csv or .json.")
    var file: String

    @OptionGroup var options: EstateOptions

    @Flag(help: "Print the outcome as JSON.")
    var json = false

    struct Refused: Encodable {
        var place: String
        var field: String?
        var problem: String
        var remedy: String

        init(_ issue: ImportIssue) {
            place = "\(issue.place)"
            field = issue.field
            problem = issue.problem
            remedy = issue.remedy
        }
    }

    func run() throws {
        let format: ImportFormat
        switch URL(fileURLWithPath: file).pathExtension.lowercased() {
        case "csv": format = .csv
        case "json": format = .json
        default: throw ValidationError("\(file) is neither .csv nor .json.")
        }
        let data = try GivenFile.read(file, most: ImportLimit.bytes)
        let estate = try options.open()
        do {
            let report = try estate.importInventory(
                [UInt8](data), format: format, by: Authorship(LocalUser.name), at: .now)
            if json {
                try printJSON(report)
            } else {
                print("\(report.added) added, \(report.updated) updated, \(report.unchanged) unchanged.")
            }
        } catch let errors as ImportErrors {
            if json {
                try printJSON(errors.issues.map(Refused.init))
            } else {
                for issue in errors.issues { note("\(file): \(issue)") }
                if errors.more { note("... and more. Nothing was imported.") } else { note("Nothing was imported.") }
            }
            throw ExitCode.failure
        }
    }
}
