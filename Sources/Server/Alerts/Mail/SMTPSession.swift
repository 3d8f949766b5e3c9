import Foundation

/// One message handed to a mail server (RFC 5321), without a socket: STARTTLS by RFC 3207, AUTH PLAIN and LOGIN by RFC 4954, one command
/// at a time. What the settings ask for is never given up: without TLS where TLS was asked for nothing is sent.
struct SMTPSession: Conversation {
    private enum Stage {
        case greeting, hello, oldHello, startTLS, handshake, plain, login, loginUser, loginPassword, from, recipient(Int), data,
            text
        case done
    }

    let settings: SMTPSettings
    /// With CR LF at the end of each line.
    private let message: [UInt8]
    private var stage = Stage.handshake
    private var reader = SMTPReplyReader()
    private var literal = "[127.0.0.1]"
    private var isSecure = false
    private var isSignedIn = false
    private var keywords: [String: [String]] = [:]
    private var accepted: [String] = []
    private var refused: [String] = []

    init(settings: SMTPSettings, message: [UInt8]) {
        self.settings = settings
        self.message = message
    }

    /// Far below the minutes of RFC 5321, 4.5.3.2, which are for relays with queues: an alert that waits here could go another way.
    /// After the text it is longer, because giving up then may send it twice.
    var patience: Int64 {
        if case .text = stage { 120 } else { 30 }
    }

    mutating func opened(as literal: String) -> [ConversationStep<SMTPReceipt>] {
        self.literal = literal
        if settings.security == .tls { return [.secure] }
        stage = .greeting
        return []
    }

    mutating func secured() -> [ConversationStep<SMTPReceipt>] {
        isSecure = true
        // What was learned in the open is forgotten (RFC 3207, 4.2).
        keywords = [:]
        reader = SMTPReplyReader()
        guard settings.security == .tls else { return command("EHLO \(literal)", .hello) }
        stage = .greeting
        return []
    }

    mutating func ended() -> [ConversationStep<SMTPReceipt>] { fail("the mail server closed the connection", politely: false) }

    mutating func received(_ bytes: [UInt8]) -> [ConversationStep<SMTPReceipt>] {
        if case .done = stage { return [] }
        let reply: SMTPReply?
        do throws(AlertFailure) { reply = try reader.take(bytes) } catch { return fail(error.description, politely: false) }
        guard let reply else { return [] }
        // The service goes down (3.8): nothing else will be answered.
        guard reply.code != 421 else { return fail("the mail server is not available: \(reply.text)", politely: false) }
        return answer(reply)
    }

    private mutating func answer(_ reply: SMTPReply) -> [ConversationStep<SMTPReceipt>] {
        switch (stage, reply.code) {
        case (.greeting, 220): return command("EHLO \(literal)", .hello)
        case (.greeting, _): return fail("the mail server takes no mail: \(reply.text)")
        case (.hello, 250):
            keywords = reply.keywords
            return greeted()
        case (.hello, 500...504):
            // A server from before RFC 1869 knows neither STARTTLS nor AUTH.
            guard !isTLSMissing, settings.user == nil else {
                return fail("the mail server does not know EHLO, so it has neither TLS nor passwords: \(reply.text)")
            }
            return command("HELO \(literal)", .oldHello)
        case (.oldHello, 250): return greeted()
        case (.hello, _), (.oldHello, _): return fail("the mail server does not greet us: \(reply.text)")
        case (.startTLS, 220):
            stage = .handshake
            return [.secure]
        case (.startTLS, _): return fail("the mail server does not begin TLS: \(reply.text)")
        case (.plain, 235), (.loginPassword, 235):
            isSignedIn = true
            return command("MAIL FROM:<\(settings.from.text)>", .from)
        case (.login, 334): return command(Self.base64(Array((settings.user ?? "").utf8)), .loginUser)
        case (.loginUser, 334): return command(Self.base64(settings.password?.bytes ?? []), .loginPassword)
        case (.plain, _), (.login, _), (.loginUser, _), (.loginPassword, _):
            return fail("the mail server refuses the user or the password: \(reply.text)")
        case (.from, 250): return recipient(0)
        case (.from, _): return fail("the mail server refuses the sender \(settings.from.text): \(reply.text)")
        case (.recipient(let index), let code):
            // 251 and 252: it will forward, or try.
            if (250...252).contains(code) {
                accepted.append(settings.to[index].text)
            } else {
                refused.append("\(settings.to[index].text) (\(reply.text))")
            }
            return recipient(index + 1)
        case (.data, 354):
            stage = .text
            return [.send(Self.stuffed(message))]
        case (.data, _): return fail("the mail server does not take the text: \(reply.text)")
        case (.text, 250):
            stage = .done
            let receipt = SMTPReceipt(
                reply: reply.text, accepted: accepted, refused: refused, isSecure: isSecure, isSignedIn: isSignedIn)
            // It has the mail. Its answer to QUIT would change nothing, so nobody waits for it.
            return [.send(Array("QUIT\r\n".utf8)), .end(.success(receipt))]
        case (.text, _): return fail("the mail server refuses the mail: \(reply.text)")
        case (.handshake, _), (.done, _): return fail("the mail server says more than it was asked", politely: false)
        }
    }

    private var isTLSMissing: Bool { settings.security != .unprotected && !isSecure }

    /// After EHLO or HELO.
    private mutating func greeted() -> [ConversationStep<SMTPReceipt>] {
        if isTLSMissing {
            guard keywords["STARTTLS"] != nil else {
                return fail("the mail server does not offer STARTTLS, and without TLS nothing is sent")
            }
            return command("STARTTLS", .startTLS)
        }
        guard let user = settings.user, let password = settings.password else {
            return command("MAIL FROM:<\(settings.from.text)>", .from)
        }
        // The settings refuse it as well: here it is certain.
        guard isSecure else { return fail("a password is not sent without TLS") }
        let mechanisms = keywords["AUTH"] ?? []
        if mechanisms.contains("PLAIN") {
            return command("AUTH PLAIN \(Self.base64([0] + Array(user.utf8) + [0] + password.bytes))", .plain)
        }
        if mechanisms.contains("LOGIN") { return command("AUTH LOGIN", .login) }
        return fail("the mail server offers neither AUTH PLAIN nor AUTH LOGIN")
    }

    /// Names the recipient of this index, or begins the text behind the last. One that is refused does not keep the others from it.
    private mutating func recipient(_ index: Int) -> [ConversationStep<SMTPReceipt>] {
        if index < settings.to.count { return command("RCPT TO:<\(settings.to[index].text)>", .recipient(index)) }
        guard !accepted.isEmpty else {
            return fail("the mail server refuses every recipient: \(refused.prefix(3).joined(separator: ", "))")
        }
        return command("DATA", .data)
    }

    private mutating func command(_ line: String, _ next: Stage) -> [ConversationStep<SMTPReceipt>] {
        stage = next
        return [.send(Array("\(line)\r\n".utf8))]
    }

    private mutating func fail(_ text: String, politely: Bool = true) -> [ConversationStep<SMTPReceipt>] {
        if case .done = stage { return [] }
        stage = .done
        return (politely ? [.send(Array("QUIT\r\n".utf8))] : []) + [.end(.failure(AlertFailure(text)))]
    }

    private static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

    /// The text with a second dot where a line begins with one, and with its end (4.5.2).
    static func stuffed(_ message: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(message.count + 16)
        var isLineStart = true
        for byte in message {
            if isLineStart, byte == UInt8(ascii: ".") { result.append(byte) }
            result.append(byte)
            isLineStart = byte == UInt8(ascii: "\n")
        }
        if !isLineStart { result += Array("\r\n".utf8) }
        return result + Array(".\r\n".utf8)
    }
}

/// What a mail server took.
struct SMTPReceipt: Equatable, Sendable {
    /// Its last word, usually with the number in its queue.
    var reply: String
    var accepted: [String]
    /// Each with the server's reason.
    var refused: [String]
    var isSecure: Bool
    var isSignedIn: Bool

    var text: String {
        var text = "taken for \(accepted.joined(separator: ", "))"
        if !refused.isEmpty { text += "; refused for \(refused.joined(separator: ", "))" }
        return text + "; \(isSecure ? "over TLS" : "without TLS")\(isSignedIn ? ", signed in" : ""); the server said: \(reply)"
    }
}
