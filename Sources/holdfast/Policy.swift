import ArgumentParser
import Estate

/// A card's switching policy.
struct Policy: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Give a card new parameters for its switching policy.", subcommands: [Push.self])

    struct Push: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sign a preset for a device's card; it goes out with the answers to its beacons.",
            discussion: """
                The card tries the new parameters and goes back to the old ones when no beacon is answered under them in time; what came of it
                is an event of the device. While a server runs it owns the estate: use POST /api/v1/devices/ID/policy then.

                  holdfast policy push --device HF-0001 --preset alarm
                """)

        @Option(help: "The device's name.")
        var device: String

        @Option(help: "alarm, standard or frugal; see: holdfast presets")
        var preset: String

        @OptionGroup var options: EstateOptions

        func run() throws {
            guard let preset = Estate.Preset(rawValue: preset) else {
                throw ValidationError("There is no preset '\(preset)': give alarm, standard or frugal.")
            }
            let version = try options.open().pushPolicy(
                preset.parameters, to: device, by: Authorship(LocalUser.name), at: .now)
            print("Policy \(version) waits for the next beacon of \(device).")
        }
    }
}
