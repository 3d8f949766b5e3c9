import ArgumentParser
import Estate

/// Makes a link that signs one browser in.
struct SignIn: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign-in",
        abstract: "Make a link that signs one browser in to the console, once.",
        discussion: """
            The server must not be running: the estate has one owner. A running server prints a link when it starts, and gives others
            through POST /api/v1/sign-in-links.

            Decisions of the record are by named persons: give the name of the one who will sign in. The ledger has who made the link and who
            opened it.

              holdfast sign-in --name "Ada Byron" --role compliance
            """)

    @OptionGroup var options: EstateOptions
    @OptionGroup var by: AuthorOptions

    @Option(help: "Address that the console will have.")
    var console = "http://127.0.0.1:8480"

    @Option(help: "Whom it is for. What is done in that browser is recorded as theirs. Without it: the operating system's user.")
    var name: String?

    @Option(help: "viewer, operator, compliance or administrator.")
    var role = Role.administrator

    func run() throws {
        let code = try options.open().access.issueSignInLink(
            name: name ?? LocalUser.name, role: role, by: by.authorship, at: .now)
        print("\(console)/sign-in?code=\(code)")
    }
}

/// Issues a token for the API.
struct Token: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Issue a token for the API. It is shown once; only its digest is kept.",
        discussion: """
            The server must not be running: the estate has one owner. While it runs, use POST /api/v1/tokens.

            holdfast token --name dashboards --role viewer --reason "the wall in the control room"
            curl -H "Authorization: Bearer hf_..." http://127.0.0.1:8480/api/v1/overview
            """)

    @OptionGroup var options: EstateOptions
    @OptionGroup var by: AuthorOptions

    @Option(help: "Who will use it.")
    var name: String

    @Option(help: "viewer, operator, compliance or administrator.")
    var role = Role.administrator

    func run() throws {
        let issued = try options.open().access.issueToken(name: name, role: role, by: by.authorship, at: .now)
        print(issued.token)
    }
}

extension Role: ExpressibleByArgument {}
