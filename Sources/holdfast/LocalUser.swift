import ArgumentParser
import Estate
import Foundation

/// Who sits at this machine: what commands do is recorded as theirs.
enum LocalUser {
    /// The name of the operating system's user; "user 1000" where it has none that would do.
    static var name: String {
        let name = NSUserName()
        let isFit =
            (1...Access.nameLimit).contains(name.utf8.count) && !name.utf8.contains { $0 < 0x20 || $0 == 0x7F }
            && name.lowercased() != Authorship.estate.author
        return isFit ? name : "user \(getuid())"
    }
}

/// Who does it, and why: what the ledger says about a change by a command.
struct AuthorOptions: ParsableArguments {
    @Option(name: .customLong("by"), help: "Who does this, for the ledger. Without it: the operating system's user.")
    var author: String?

    @Option(help: "Why, for the ledger.")
    var reason = ""

    func validate() throws {
        guard author.map({ !$0.isEmpty && $0.lowercased() != Authorship.estate.author }) ?? true else {
            throw ValidationError("--by takes a person's name.")
        }
    }

    var authorship: Authorship { Authorship(author ?? LocalUser.name, reason: reason) }
}
