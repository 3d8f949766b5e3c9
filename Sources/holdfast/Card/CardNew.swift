import ArgumentParser
import EUICC
import Lab
import SmartCard

/// Makes a card.
struct CardNew: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Make a card with the test identity; never over a file that is there.",
        discussion: """
            Its profiles are for readers and test benches until `card import` and `card provision` put others in their place.

              holdfast card new --image card.hfc
              holdfast card new --image card.hfc --eid 89049032123451234512345678901235 --euicc-key euicc.key \\
                  --euicc-certificate euicc.pem --eum-certificate eum.pem
              holdfast card new --image card.hfc --home-network-key a/27/$KEY

            A card maker has the certificate made for the key's public half: `openssl ec -in euicc.key -pubout`, or the key that
            `holdfast card show` prints. The key never leaves the card's file.
            """)

    @OptionGroup var options: CardOptions

    @Option(help: "The number of the eUICC, 32 digits with their check digits.")
    var eid = TestCard.eid

    @Flag(name: .customLong("plain-uicc"), help: "No eUICC: two profiles, and only the card itself switches them.")
    var isPlain = false

    @OptionGroup var files: EUICCFiles

    @Option(
        help: ArgumentHelp(
            "A public key of the home network: the profiles have the card conceal their identifier (SUCI). The scheme, a or b; the key's number, 0 to 255; its bytes. The best first.",
            valueName: "scheme/id/hex"))
    var homeNetworkKey: [HomeNetworkKey] = []

    func run() throws {
        guard homeNetworkKey.count <= SUCICalculationInformation.mostKeys else {
            throw ValidationError("A card takes at most \(SUCICalculationInformation.mostKeys) keys of the home network.")
        }
        if isPlain, files.areGiven { throw ValidationError("A plain UICC has no key and no certificates of an eUICC.") }
        let identity = isPlain ? nil : try files.identity(try number())
        _ = try options.create(try TestCard.image(identity, concealment: SUCICalculationInformation(homeNetworkKey)))
        note("Made \(options.image ?? ""). Look at it with: holdfast card show --image \(options.image ?? "")")
    }

    private func number() throws -> EID {
        do throws(EID.Problem) { return try EID(eid) } catch {
            switch error {
            case .length(let count): throw ValidationError("An EID has 32 digits, and \(eid) has \(count).")
            case .digit(let offset): throw ValidationError("Character \(offset + 1) of \(eid) is no digit.")
            case .checkDigits:
                throw ValidationError("The last two digits of \(eid) do not fit the others: the whole number modulo 97 must be 1.")
            }
        }
    }
}
