import Estate
import Foundation
import Testing

@testable import Server

/// RFC 5321, 3207, 4954 and 2047, as the client of a mail server has to follow them.
@Suite("Mail for alerts") struct SMTPTests {
    private static func settings(
        _ security: SMTPSettings.Security = .unprotected, to: [String] = ["ada@example.org"], user: String? = nil
    ) throws -> SMTPSettings {
        try SMTPSettings(
            server: "mail.example:587", security: security, from: "holdfast@example.org", to: to, user: user,
            password: user.map { _ in AlertSecret(Array("pass word".utf8)) })
    }

    /// What the client does when a server says these lines, one after the other; "TLS" stands for the beginning of TLS.
    private static func dialogue(_ settings: SMTPSettings, message: String = "Subject: x\r\n\r\nhello\r\n", _ said: [String])
        -> [String]
    {
        var session = SMTPSession(settings: settings, message: Array(message.utf8))
        var done: [String] = []
        func take(_ steps: [ConversationStep<SMTPReceipt>]) {
            for step in steps {
                switch step {
                case .send(let bytes): done.append(String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "|"))
                case .secure:
                    done.append("TLS")
                    take(session.secured())
                case .end(.success(let receipt)): done.append("sent to \(receipt.accepted.joined(separator: ","))")
                case .end(.failure(let failure)): done.append("failed: \(failure)")
                }
            }
        }
        take(session.opened(as: "[192.0.2.1]"))
        for line in said { take(session.received(Array((line.replacing("|", with: "\r\n") + "\r\n").utf8))) }
        return done
    }

    @Test("a message without TLS: EHLO, MAIL, RCPT, DATA, the text with its dots doubled, QUIT (RFC 5321, D.1)")
    func plain() throws {
        let done = Self.dialogue(
            try Self.settings(), message: "Subject: x\r\n\r\n.one\r\n..two\r\nthree.\r\n",
            ["220 mail.example", "250-mail.example|250-SIZE 1000|250 HELP", "250 OK", "250 OK", "354 go", "250 queued"])
        #expect(
            done == [
                "EHLO [192.0.2.1]|", "MAIL FROM:<holdfast@example.org>|", "RCPT TO:<ada@example.org>|", "DATA|",
                "Subject: x||..one|...two|three.|.|", "QUIT|", "sent to ada@example.org",
            ])
    }

    @Test("an old server that knows no EHLO gets HELO (RFC 5321, 3.2), but not where TLS or a password was asked for")
    func oldServer() throws {
        let old = ["220 x", "502 what?", "250 x", "250 OK", "250 OK", "354 go", "250 queued"]
        #expect(Self.dialogue(try Self.settings(), old).contains("HELO [192.0.2.1]|"))
        let refused = Self.dialogue(try Self.settings(.startTLS), old)
        #expect(refused.count == 3 && refused.last?.contains("neither TLS nor passwords") == true, "\(refused)")
    }

    @Test("STARTTLS, EHLO again, AUTH PLAIN with the vector's form: zero, user, zero, password (RFC 3207, RFC 4616)")
    func startTLS() throws {
        let done = Self.dialogue(
            try Self.settings(.startTLS, user: "tim"),
            ["220 x", "250-x|250-AUTH PLAIN|250 STARTTLS", "220 go", "250-x|250 AUTH LOGIN PLAIN", "235 in", "250 OK"])
        #expect(
            Array(done.prefix(5)) == [
                "EHLO [192.0.2.1]|", "STARTTLS|", "TLS", "EHLO [192.0.2.1]|",
                "AUTH PLAIN \(Data(Array("\0tim\0pass word".utf8)).base64EncodedString())|",
            ])
        #expect(done.dropFirst(5).first == "MAIL FROM:<holdfast@example.org>|")
    }

    @Test("AUTH LOGIN where PLAIN is not offered; TLS from the first byte")
    func login() throws {
        let done = Self.dialogue(
            try Self.settings(.tls, user: "tim"),
            ["220 x", "250-x|250 AUTH LOGIN", "334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6", "535 5.7.8 no"])
        #expect(
            done == [
                "TLS", "EHLO [192.0.2.1]|", "AUTH LOGIN|", "dGlt|", "cGFzcyB3b3Jk|", "QUIT|",
                "failed: the mail server refuses the user or the password: 535 5.7.8 no",
            ])
    }

    @Test("without STARTTLS where it was asked for nothing is sent: no password, no sender, no text")
    func stripped() throws {
        let done = Self.dialogue(try Self.settings(.startTLS, user: "tim"), ["220 x", "250-x|250 AUTH PLAIN"])
        #expect(done.count == 3 && done[1] == "QUIT|" && done[2].contains("without TLS nothing is sent"), "\(done)")
        let refused = Self.dialogue(try Self.settings(.startTLS), ["220 x", "250-x|250 STARTTLS", "454 not now"])
        #expect(refused.last?.contains("does not begin TLS") == true)
    }

    @Test("what stands behind the answer to STARTTLS, before TLS, is an attack: nothing goes on")
    func injected() throws {
        let done = Self.dialogue(try Self.settings(.startTLS), ["220 x", "250-x|250 STARTTLS", "220 go|250 believe me"])
        #expect(done.last?.contains("more than it was asked") == true && !done.contains("TLS"), "\(done)")
    }

    @Test("one refused recipient does not keep the others from the mail; all of them do")
    func recipients() throws {
        let settings = try Self.settings(to: ["a@example.org", "b@example.org"])
        let one = Self.dialogue(settings, ["220 x", "250 x", "250 OK", "550 no", "251 forwarded", "354 go", "250 queued"])
        #expect(one.last == "sent to b@example.org")
        let none = Self.dialogue(settings, ["220 x", "250 x", "250 OK", "550 no", "451 later"])
        #expect(none.last == "failed: the mail server refuses every recipient: a@example.org (550 no), b@example.org (451 later)")
        #expect(!none.contains("DATA|"))
    }

    @Test(
        "each refusal says at which step, and nothing follows it",
        arguments: [
            (["554 go away"], "takes no mail"), (["220 x", "421 closing"], "not available"),
            (["220 x", "250 x", "530 sign in"], "sender"),
            (["220 x", "250 x", "250 y", "250 z", "552 full"], "does not take the text"),
            (["220 x", "250 x", "250 y", "250 z", "354 go", "554 spam"], "refuses the mail"),
            (["HTTP/1.1 400 Bad"], "not a mail server"),
            (["220-x|221 y"], "no meaning"), (["199 x"], "no meaning"), (["220x"], "no meaning"),
        ])
    func refusals(said: [String], hint: String) throws {
        let done = Self.dialogue(try Self.settings(), said + ["250 too late"])
        #expect(done.last?.hasPrefix("failed: ") == true && done.last?.contains(hint) == true, "\(done)")
    }

    @Test("hostile servers: a line or a reply without an end is cut off, whatever the pieces")
    func hostile() throws {
        for flood in [String(repeating: "x", count: 10_000), String(repeating: "220-x\r\n", count: 10_000)] {
            var reader = SMTPReplyReader()
            #expect(throws: AlertFailure.self) {
                for byte in flood.utf8 { _ = try reader.take([byte]) }
            }
        }
        let seed = UInt64.random(in: .min ... .max)
        var generator = Noise(state: seed)
        let alphabet = Array("2345 -\r\n0AUTHSTARTTLS".utf8) + [0, 255]
        for _ in 0..<500 {
            var session = SMTPSession(settings: try Self.settings(.startTLS, user: "tim"), message: [])
            _ = session.opened(as: "[192.0.2.1]")
            for _ in 0..<40 {
                let piece = (0..<Int.random(in: 0...30, using: &generator)).compactMap { _ in
                    alphabet.randomElement(using: &generator)
                }
                for case .send(let bytes) in session.received(piece) {
                    let text = String(decoding: bytes, as: UTF8.self)
                    #expect(text.hasPrefix("EHLO") || text.hasPrefix("STARTTLS") || text.hasPrefix("QUIT"), "seed \(seed): \(text)")
                }
            }
        }
    }

    @Test("a message is printable ASCII in short lines, whatever is in it, and nothing in it adds a field")
    func message() throws {
        let mail = MailMessage(
            from: try MailAddress("holdfast@example.org"), to: [try MailAddress("ada@example.org")],
            subject: "Fall 2026-001: Frühwarnung fällig\r\nBcc: eve@example.org 🚨 und noch etwas mehr Text",
            body: "Grüße = \(String(repeating: "ä", count: 100)) \r\n.\nFrom here\rthere",
            at: try #require(UTCInstant(iso8601: "2026-03-02T11:59:00Z")),
            identifier: "msg_1")
        let text = String(decoding: mail.encoded, as: UTF8.self)
        #expect(mail.encoded.allSatisfy { (0x20...0x7E).contains($0) || $0 == 13 || $0 == 10 })
        let lines = text.components(separatedBy: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 76 && !$0.utf8.contains(13) && !$0.utf8.contains(10) })
        #expect(!lines.contains { $0.hasPrefix("Bcc") })
        #expect(lines.contains("Date: Mon, 02 Mar 2026 11:59:00 +0000") && lines.contains("Message-ID: <msg_1@example.org>"))
        #expect(text.contains("Gr=C3=BC=C3=9Fe =3D ") && text.contains("\r\n.\r\nFrom herethere\r\n"))
    }

    @Test(
        "encoded words say what was meant: the parts of RFC 2047, 2, put together again",
        arguments: ["Grüße", "a", "=?x?=", String(repeating: "é🚨", count: 60)])
    func words(text: String) throws {
        let encoded = MailMessage.words(text)
        guard encoded != text else { return }
        var bytes = Data()
        for word in encoded.components(separatedBy: "\r\n ") {
            #expect(word.utf8.count <= 75)
            let content = try #require(word.wholeMatch(of: /=\?UTF-8\?B\?([A-Za-z0-9+\/=]+)\?=/)).1
            let part = try #require(Data(base64Encoded: String(content)))
            #expect(String(bytes: part, encoding: .utf8) != nil, "cut inside a character")
            bytes += part
        }
        #expect(String(decoding: bytes, as: UTF8.self) == text)
    }

    @Test(
        "addresses that could end a line, a bracket or a command are refused",
        arguments: [
            "", "ada", "ada@", "@b", "a b@c", "a@b>\r\nRCPT TO:<eve@c", "ada@exämple.org", "a@b@c", "<a@b>", "a..b@c", "a@-b",
            "\"a\"@b",
        ])
    func addresses(text: String) {
        #expect(throws: AlertSettingError.self) { try MailAddress(text) }
    }

    @Test("settings that would be unsafe or useless are refused, and a secret does not show in any of them")
    func settings() throws {
        let password = AlertSecret(Array("hush".utf8))
        for make in [
            { try SMTPSettings(server: "m:25", security: .unprotected, from: "a@b", to: ["c@d"], user: "u", password: password) },
            { try SMTPSettings(server: "m:25", from: "a@b", to: []) }, { try SMTPSettings(server: "m", from: "a@b", to: ["c@d"]) },
            { try SMTPSettings(server: "m:0", from: "a@b", to: ["c@d"]) },
            { try SMTPSettings(server: "::1:25", from: "a@b", to: ["c@d"]) },
            { try SMTPSettings(server: "m:25", from: "a@b", to: ["c@d"], user: "u") },
            { try SMTPSettings(server: "m:25", from: "a@b", to: ["c@d"], password: password) },
        ] as [() throws -> SMTPSettings] {
            #expect(throws: AlertSettingError.self) { try make() }
        }
        let submission = try SMTPSettings(server: "m:465", from: "a@b", to: ["c@d"], user: "u", password: password)
        #expect(submission.security == .tls)
        #expect(try SMTPSettings(server: "[::1]:587", from: "a@b", to: ["c@d"]).security == .startTLS)
        var dumped = ""
        dump(submission, to: &dumped)
        #expect(!"\(submission) \(String(reflecting: submission)) \(dumped)".contains("104"), "the password's first byte")
        #expect("\(submission)".contains("(secret)"))
    }

    private struct Noise: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) ^ (state << 31)
        }
    }
}
