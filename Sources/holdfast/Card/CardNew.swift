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
            """)

    @OptionGroup var options: CardOptions

    @Option(help: "The number of the eUICC, 32 digits with their check digits.")
    var eid = TestCard.eid

    @Flag(name: .customLong("plain-uicc"), help: "No eUICC: two profiles, and only the card itself switches them.")
    var isPlain = false

    func run() throws {
        _ = try options.create(try TestCard.image(eid: isPlain ? nil : try number()))
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
