import ArgumentParser
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

    func run() throws {
        _ = try options.create(try TestCard.image())
        note("Made \(options.image ?? ""). Look at it with: holdfast card show --image \(options.image ?? "")")
    }
}
