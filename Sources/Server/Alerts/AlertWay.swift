import Estate
import Foundation

/// A way by which people are told.
protocol AlertWay: Sendable {
    /// As the ledger has it: "mail", "webhook".
    var name: String { get }
    /// - Returns: what the other side said, for people.
    func send(_ message: AlertMessage, at now: UTCInstant) async throws(AlertFailure) -> String
}

/// Mail through a configured server. One connection a message: alerts are few.
struct MailWay: AlertWay {
    let settings: SMTPSettings
    let outbound: Outbound

    var name: String { "mail" }

    func send(_ message: AlertMessage, at now: UTCInstant) async throws(AlertFailure) -> String {
        let mail = MailMessage(
            from: settings.from, to: settings.to, subject: message.subject, body: message.body, at: now,
            identifier: message.identifier)
        let session = SMTPSession(settings: settings, message: mail.encoded)
        return try await outbound.talk(session, with: settings.host, port: settings.port, limit: 240).text
    }
}

/// A signed POST to the operator's own system.
struct WebhookWay: AlertWay {
    let settings: WebhookSettings
    let outbound: Outbound

    var name: String { "webhook" }

    func send(_ message: AlertMessage, at now: UTCInstant) async throws(AlertFailure) -> String {
        guard let body = try? message.event.json else { throw AlertFailure("the alert cannot be written as JSON") }
        let request = WebhookRequest.bytes(
            body, identifier: message.identifier, to: settings.url, key: settings.key, at: now.milliseconds / 1_000)
        let status = try await outbound.talk(
            WebhookExchange(request: request, isSecure: settings.url.isSecure), with: settings.url.host, port: settings.url.port,
            limit: 10)
        return "\(settings.url.origin) answered \(status)"
    }
}

extension AlertSettings {
    /// The ways that are configured.
    func ways() throws(AlertSettingError) -> [any AlertWay] {
        guard !isEmpty else { return [] }
        let outbound = try Outbound(authorities: authorities)
        var ways: [any AlertWay] = []
        if let smtp { ways.append(MailWay(settings: smtp, outbound: outbound)) }
        if let webhook { ways.append(WebhookWay(settings: webhook, outbound: outbound)) }
        return ways
    }
}

/// Sends a test by each configured way.
public enum AlertTest {
    /// What came of it.
    public struct Outcome: Sendable {
        /// "mail to ... through mail.example:587"
        public var way: String
        public var isSent: Bool
        /// What the other side said, or why it failed.
        public var text: String
    }

    public static func run(_ settings: AlertSettings, at now: UTCInstant) async throws -> [Outcome] {
        let message = AlertMessage(testAt: now, console: settings.consoleURL)
        var outcomes: [Outcome] = []
        for way in try settings.ways() {
            do throws(AlertFailure) {
                outcomes.append(Outcome(way: way.name, isSent: true, text: try await way.send(message, at: now)))
            } catch {
                outcomes.append(Outcome(way: way.name, isSent: false, text: error.description))
            }
        }
        return outcomes
    }
}
