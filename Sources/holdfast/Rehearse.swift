import ArgumentParser
import Estate

/// Has cards prove their backups.
struct Rehearse: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Ask cards to go to their backups for one beacon and come back.",
        discussion: """
            While a server runs it owns the estate: use POST /api/v1/rehearsals then.

              holdfast rehearse --device HF-0001
              holdfast rehearse --older-than 30 --over 86400
            """)

    @Option(help: "One device, by its name.")
    var device: String?

    @Option(help: "All devices of a product.")
    var product: String?

    @Option(help: "Only those whose backup was last proved so many days ago, or never.")
    var olderThan: Int64?

    @Option(help: "Spread the rehearsals over so many seconds.")
    var over: Int64 = 0

    @OptionGroup var options: EstateOptions

    @Flag(help: "Print the outcome as JSON.")
    var json = false

    func validate() throws {
        guard device != nil || product != nil || olderThan != nil else {
            throw ValidationError("Which devices? Give --device, --product or --older-than.")
        }
        guard device == nil || product == nil else { throw ValidationError("Give --device or --product, not both.") }
        guard (0...3_650).contains(olderThan ?? 0) else { throw ValidationError("--older-than is from 0 to 3650 days.") }
    }

    func run() throws {
        var request = RehearsalRequest()
        request.device = device
        request.filter.product = product
        request.window = over
        request.provenBefore = olderThan.map { UTCInstant.now.adding(seconds: -$0 * 86_400) }
        let report = try options.open().rehearse(request, by: Authorship(LocalUser.name), at: .now)
        if json { return try printJSON(report) }
        print(
            "\(report.asked) asked, \(report.pending) asked before, \(report.fresh) proved recently enough, \(report.single) without a backup."
        )
    }
}
