import ArgumentParser
import Foundation
import Server

/// Tells people of cases and deadlines: here, whether that works.
struct AlertsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alerts", abstract: "Try the ways by which people are told of cases and their deadlines.",
        subcommands: [Test.self])

    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send a test by each way, and say what happened.",
            discussion: """
                Takes the alert options of `holdfast serve`. Exits with 1 when one of the ways fails.

                  HOLDFAST_SMTP_PASSWORD=... holdfast alerts test --smtp mail.example:587 --smtp-user holdfast \\
                    --smtp-from holdfast@example.org --smtp-to oncall@example.org
                """)

        @OptionGroup var alerts: AlertOptions

        func run() async throws {
            let settings = try alerts.settings()
            guard !settings.isEmpty else { throw ValidationError("Nothing to try: give --smtp or --webhook.") }
            var hasFailed = false
            for outcome in try await AlertTest.run(settings, at: .now) {
                print("\(outcome.way): \(outcome.isSent ? "sent" : "FAILED"): \(outcome.text)")
                hasFailed = hasFailed || !outcome.isSent
            }
            if hasFailed { throw ExitCode.failure }
        }
    }
}

/// By which ways people are told. Secrets come from files or the environment: a command line is seen by everybody on the host.
struct AlertOptions: ParsableArguments {
    static let passwordVariable = "HOLDFAST_SMTP_PASSWORD"
    static let webhookVariable = "HOLDFAST_WEBHOOK"
    static let secretVariable = "HOLDFAST_WEBHOOK_SECRET"

    @Option(help: "The mail server that takes alerts: HOST:PORT.")
    var smtp: String?

    @Option(help: "The address that alerts come from.")
    var smtpFrom: String?

    @Option(help: "An address that gets alerts; may be given several times.")
    var smtpTo: [String] = []

    @Option(help: "The user at the mail server. The password is in HOLDFAST_SMTP_PASSWORD or in a file.")
    var smtpUser: String?

    @Option(help: "A file with the password for the mail server.")
    var smtpPasswordFile: String?

    @Option(help: "starttls, tls, or none, which cannot be used with a password. [default: tls on port 465, otherwise starttls]")
    var smtpTls: SMTPSettings.Security?

    @Option(
        help:
            "An https address that alerts are posted to. HOLDFAST_WEBHOOK in the environment does the same, for addresses that are secret."
    )
    var webhook: String?

    @Option(help: "A file with the secret that signs what is posted: whsec_ and base64. HOLDFAST_WEBHOOK_SECRET does the same.")
    var webhookSecretFile: String?

    @Option(help: "A PEM file with authorities to trust for alerts, beside the system's.")
    var alertAuthorities: String?

    @Option(help: "Where people find the console, for the links in alerts: https://holdfast.example.")
    var consoleUrl: String?

    /// Checks all of it together.
    func settings(environment: [String: String] = ProcessInfo.processInfo.environment) throws -> AlertSettings {
        var settings = AlertSettings()
        settings.authorities = alertAuthorities
        do {
            if let consoleUrl { try settings.setConsole(consoleUrl) }
            if let smtp {
                guard let smtpFrom else { throw ValidationError("Give --smtp-from: the address that alerts come from.") }
                // A password in the environment is for a user: without one it is not ours to send.
                let password =
                    smtpUser == nil && smtpPasswordFile == nil
                    ? nil : try Self.secret(smtpPasswordFile, environment[Self.passwordVariable], "the mail server's password")
                settings.smtp = try SMTPSettings(
                    server: smtp, security: smtpTls, from: smtpFrom, to: smtpTo, user: smtpUser,
                    password: password.map { AlertSecret(Array($0.utf8)) })
            } else if smtpFrom != nil || !smtpTo.isEmpty || smtpUser != nil || smtpPasswordFile != nil || smtpTls != nil {
                throw ValidationError("Give --smtp: without a mail server the other options for mail mean nothing.")
            }
            if let url = webhook ?? environment[Self.webhookVariable].flatMap({ $0.isEmpty ? nil : $0 }) {
                guard let secret = try Self.secret(webhookSecretFile, environment[Self.secretVariable], "the webhook's secret")
                else {
                    throw ValidationError("A webhook needs a secret: set \(Self.secretVariable), or give --webhook-secret-file.")
                }
                settings.webhook = try WebhookSettings(url: url, secret: secret)
            } else if webhookSecretFile != nil {
                throw ValidationError("Give --webhook: without an address its secret means nothing.")
            }
        } catch let error as AlertSettingError {
            throw ValidationError(error.description)
        }
        return settings
    }

    /// From the file, or else from the environment; a line end behind it is not part of it.
    private static func secret(_ file: String?, _ variable: String?, _ what: String) throws -> String? {
        guard let file else { return variable.flatMap { $0.isEmpty ? nil : $0 } }
        let secret = try GivenFile.text(file, most: 4_096, what: "the file with \(what)").trimmingCharacters(in: .newlines)
        guard !secret.isEmpty else { throw ValidationError("\(file), the file with \(what), is empty.") }
        return secret
    }
}

extension SMTPSettings.Security: ExpressibleByArgument {}
