import ArgumentParser
import Crypto
import EUICC
import Estate
import Foundation
import Lab
import Resilience
import SmartCard
import Wire

/// What can be told of one of a card's profiles: never a key, never a code.
struct ProfileReport: Encodable {
    struct Code: Encodable {
        var reference: String
        var enabled: Bool
        var tries: UInt8
        var mostTries: UInt8
        var unblockTries: UInt8
    }

    struct File: Encodable {
        var path: String
        var application: String?
        var structure: String
        var sfi: UInt8?
        var activated: Bool
        var contents: [String]
    }

    var slot: String
    var iccid: String?
    var imsi: String?
    var algorithm: String
    var codes: [Code]
    var fileCount: Int
    var files: [File]?

    init(_ slot: Slot, _ summary: ProfileSummary, withFiles: Bool) {
        self.slot = slot.name
        iccid = summary.iccid?.description
        imsi = summary.imsi?.description
        algorithm = summary.algorithm.name
        codes = summary.codes.map {
            Code(
                reference: Hex.text([$0.reference]), enabled: $0.isEnabled, tries: $0.tries, mostTries: $0.mostTries,
                unblockTries: $0.unblockTries)
        }
        fileCount = summary.files.count
        guard withFiles else { return }
        files = summary.files.map { file in
            File(
                path: file.path.map { Hex.text([UInt8($0 >> 8), UInt8($0 & 0xFF)]).uppercased() }.joined(separator: "/"),
                application: file.application.isEmpty ? nil : Hex.text(file.application).uppercased(), structure: file.structure,
                sfi: file.shortIdentifier, activated: file.isActivated,
                contents: file.holdsKeys ? [] : file.contents.map { Hex.text($0) })
        }
    }
}

extension ProfileSummary.File {
    /// Files in which a terminal keeps session keys: EF.Keys, EF.KeysPS, the NAS and 5GS security contexts, EF.Kc.
    fileprivate var holdsKeys: Bool {
        switch path.last {
        case 0x6F08, 0x6F09, 0x6FE4, 0x6F20, 0x6F52, 0x4F20, 0x4F52: true
        case 0x4F03, 0x4F04, 0x4F05: path.dropLast().last == 0x5FC0
        default: false
        }
    }
}

/// What can be told of a card as an eUICC.
struct EUICCReport: Encodable {
    var eid: String
    /// The slot that has the fallback attribute.
    var fallback: String?
    /// The slot that was left when the card fell back.
    var leftBehind: String?
    /// The identifiers of the eIMs that may manage it.
    var eims: [String]
    /// With which the results of packages are verified, as an uncompressed point.
    var publicKey: String?
    /// SHA-256 over the certificates with which GetCerts answers: its maker's, and its own.
    var certificates: [String]?

    init?(_ image: CardImage) {
        guard let eid = image.eid, let state = image.euicc else { return nil }
        func name(_ index: Int?) -> String? { index.flatMap { Slot(rawValue: UInt8(clamping: $0)) }?.name }
        self.eid = Hex.text(eid.bytes)
        fallback = name(state.fallbackAttribute)
        leftBehind = name(state.leftBehind)
        eims = state.associations.map { String(decoding: $0.identifier, as: UTF8.self) }
        publicKey = image.euiccPrivateKey.flatMap { try? P256.Signing.PrivateKey(rawRepresentation: $0) }
            .map { Hex.text($0.publicKey.x963Representation) }
        certificates = image.euiccCertificates.map { both in
            [both.maker, both.own].map { Hex.text(Array(SHA256.hash(data: $0))) }
        }
    }
}

/// Shows what is on a card, but no key.
struct CardShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a card's profiles and what its policy remembers; never a key.",
        discussion: "  holdfast card show --image card.hfc --json")

    @OptionGroup var options: CardOptions

    @Flag(help: "Print JSON.")
    var json = false

    struct Report: Encodable {
        var number: UInt64
        var enabled: String
        var lastMove: UInt8
        var moves: UInt32
        var profiles: [ProfileReport]
        var euicc: EUICCReport?
    }

    func run() throws {
        let card = try Card<HostAES, CardFile>(memory: try options.existing())
        let image = card.image
        let report = Report(
            number: card.number, enabled: card.enabled.name, lastMove: card.policyMemory.lastMove.rawValue,
            moves: card.policyMemory.moves,
            profiles: image.slots.compactMap { slot in
                image.summary(of: slot).map { ProfileReport(slot, $0, withFiles: false) }
            }, euicc: EUICCReport(image))
        if json { return try printJSON(report) }
        print("card     \(report.number)")
        print("enabled  \(report.enabled)")
        print("moves    \(report.moves)")
        if let euicc = report.euicc {
            print("EID      \(euicc.eid)")
            print("fallback \(euicc.fallback ?? "none")\(euicc.leftBehind.map { ", fallen back from \($0)" } ?? "")")
            print("eIMs     \(euicc.eims.isEmpty ? "none" : euicc.eims.joined(separator: ", "))")
            if let key = euicc.publicKey { print("key      \(key) (P-256, with which it signs results)") }
            if let certificates = euicc.certificates {
                print("certs    maker's SHA-256 \(certificates[0])")
                print("         its own SHA-256 \(certificates[1])")
            } else {
                print("certs    none: GetCerts is answered with an error")
            }
        }
        for profile in report.profiles {
            print("")
            print("\(profile.slot)")
            print("  ICCID      \(profile.iccid ?? "unreadable")")
            print("  IMSI       \(profile.imsi ?? "unreadable")")
            print("  algorithm  \(profile.algorithm)")
            print("  files      \(profile.fileCount)")
            for code in profile.codes {
                let state = code.enabled ? "on" : "off"
                print(
                    "  code \(code.reference)    \(state), \(code.tries) of \(code.mostTries) tries, \(code.unblockTries) to unblock"
                )
            }
        }
    }
}

/// Writes a card's files out.
struct CardExport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Print every file of a card as JSON: paths, structures, contents; never a key or a code.",
        discussion: """
            Files with session keys are listed without their contents.

              holdfast card export --image card.hfc > card.json
              holdfast card export --image card.hfc --slot backup
              holdfast card export --image card.hfc --plain-image card.image

            A plain image is what a soft SIM's host gives to the card library. It holds the keys in the clear: it is made readable for its
            owner only, and never over a file that is there.
            """)

    @OptionGroup var options: CardOptions

    @Option(help: "primary or backup; without it both.")
    var slot: Slot?

    @Option(help: "Write the whole card, keys and all, to this file instead.")
    var plainImage: String?

    func run() throws {
        let image = try CardImage(try options.existing().contents())
        if let plainImage {
            let attributes: [FileAttributeKey: Any] = [.posixPermissions: 0o600]
            guard !FileManager.default.fileExists(atPath: plainImage) else {
                throw ValidationError("\(plainImage) exists already; name another file or remove this one.")
            }
            guard FileManager.default.createFile(atPath: plainImage, contents: Data(image.encoded), attributes: attributes) else {
                throw ValidationError("\(plainImage) cannot be written.")
            }
            return note("\(plainImage) holds the card's keys in the clear.")
        }
        if let slot, !image.slots.contains(slot) { throw ValidationError("The card has no \(slot.name) profile.") }
        try printJSON(
            image.slots.filter { slot == nil || $0 == slot }.compactMap { slot in
                image.summary(of: slot).map { ProfileReport(slot, $0, withFiles: true) }
            })
    }
}
