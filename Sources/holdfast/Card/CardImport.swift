import ArgumentParser
import Foundation
import Issuing
import Lab
import ProfilePackage
import Resilience
import SmartCard

extension Slot: @retroactive ExpressibleByArgument {
    public init?(argument: String) {
        switch argument {
        case "primary": self = .primary
        case "backup": self = .backup
        default: return nil
        }
    }

    public static var allValueStrings: [String] { ["primary", "backup"] }

    var name: String { self == .primary ? "primary" : "backup" }
}

/// Puts an operator's profile package on a card.
struct CardImport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Put an operator's profile package (TCA interoperable format, DER) into a slot of a card.",
        discussion: """
            Files, PINs, keys and the algorithm come from the package; what the card does not run (CSIM, security domains, remote
            management keys, applications) is passed over and listed. With --strict a package that demands any of it is refused.

              holdfast card import operator.der --slot primary --image card.hfc
              holdfast card import TS48v7_SAIP2.3_NoBERTLV.der --slot backup --image card.hfc --apn iot.example --json
            """)

    @Argument(help: "The package.")
    var package: String

    @Option(help: "primary or backup. What was in the slot is gone afterwards.")
    var slot: Slot

    @Option(help: "The access point of the card's own beacons; without it the terminal's default. A package does not say.")
    var apn: String?

    @Flag(help: "Refuse a package that demands what the card does not run.")
    var strict = false

    @Flag(help: "Print the outcome as JSON.")
    var json = false

    @OptionGroup var options: CardOptions

    struct Report: Encodable {
        var slot: String
        var iccid: String?
        var imsi: String?
        var algorithm: String
        var files: Int
        var passedOver: [String]
        var leftOut: [String]
    }

    func run() throws {
        let bytes = [UInt8](try GivenFile.read(package, most: PackageLimit.package.maximum))
        let issued: IssuedProfile
        let read: ProfilePackage
        do {
            read = try ProfilePackage.read(bytes, supporting: strict ? .usim : .everything)
            let accessPoint = try apn.map { try AccessPointName($0) } ?? .terminalDefault
            issued = try IssuedProfile(read, accessPoint: accessPoint)
        } catch {
            note("\(package): \(error). The card was left as it is.")
            throw ExitCode.failure
        }
        var file = try options.existing()
        let image = try CardImage(try file.contents()).replacing(slot, with: issued.contents)
        try file.replace(image.encoded)
        let summary = image.summary(of: slot)
        let report = Report(
            slot: slot.name, iccid: summary?.iccid?.description, imsi: summary?.imsi?.description,
            algorithm: summary?.algorithm.name ?? "", files: summary?.files.count ?? 0,
            passedOver: read.elements.compactMap { element in
                if case .passedOver = element.content { "\(element.name)" } else { nil }
            },
            leftOut: issued.leftOut.map(\.description))
        if json { return try printJSON(report) }
        print("\(report.slot): ICCID \(report.iccid ?? "unreadable"), IMSI \(report.imsi ?? "unreadable"), \(report.algorithm)")
        print("\(report.files) files")
        if !report.passedOver.isEmpty { print("passed over: \(report.passedOver.joined(separator: ", "))") }
        if !report.leftOut.isEmpty { print("left out: \(report.leftOut.joined(separator: ", "))") }
    }
}

extension AuthenticationAlgorithm.Identifier {
    /// As people write it.
    var name: String {
        switch self {
        case .milenage: "MILENAGE"
        case .tuak: "TUAK"
        case .xor: "XOR (test)"
        }
    }
}
