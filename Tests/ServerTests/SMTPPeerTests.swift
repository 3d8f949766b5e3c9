import Estate
import Foundation
import Testing

@testable import Server

/// Mail over real sockets to a server that shares no code with us (aiosmtpd), with certificates that are made for the test.
@Suite("Mail to an independent server", .serialized)
struct SMTPPeerTests {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let python = root.appendingPathComponent(".build/smtp-peer/bin/python")
    static let openssl = "/usr/bin/openssl"
    static var isThere: Bool {
        FileManager.default.isExecutableFile(atPath: python.path) && FileManager.default.isExecutableFile(atPath: openssl)
    }

    /// A self-made certificate for 127.0.0.1 and the peer, which ends with the test.
    private final class Peer {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("holdfast-\(UUID().uuidString)")
        var certificate: String { folder.appendingPathComponent("cert.pem").path }
        let port: Int
        private let process = Process()
        private let input = Pipe()
        private let output = Pipe()

        init(_ options: [String], name: String = "IP:127.0.0.1") throws {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let key = folder.appendingPathComponent("key.pem").path
            let made = Process()
            made.executableURL = URL(fileURLWithPath: SMTPPeerTests.openssl)
            made.arguments = [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
                "/CN=peer",
                "-addext", "subjectAltName=\(name)", "-keyout", key, "-out", folder.appendingPathComponent("cert.pem").path,
            ]
            made.standardError = FileHandle.nullDevice
            try made.run()
            made.waitUntilExit()
            process.executableURL = SMTPPeerTests.python
            process.arguments =
                [
                    SMTPPeerTests.root.appendingPathComponent("Tests/Interop/smtp_peer.py").path, "--certificate",
                    folder.appendingPathComponent("cert.pem").path, "--key", key,
                ] + options
            process.standardInput = input
            process.standardOutput = output
            process.standardError = FileHandle.nullDevice
            try process.run()
            port = try #require(Int(Self.line(output)))
        }

        /// The message that has arrived.
        func message() throws -> [String: Any] {
            try #require(try JSONSerialization.jsonObject(with: Data(Self.line(output).utf8)) as? [String: Any])
        }

        func end() {
            try? input.fileHandleForWriting.close()
            process.waitUntilExit()
            try? FileManager.default.removeItem(at: folder)
        }

        private static func line(_ pipe: Pipe) -> String {
            var bytes = Data()
            while let byte = try? pipe.fileHandleForReading.read(upToCount: 1), byte.first != UInt8(ascii: "\n"), !byte.isEmpty {
                bytes += byte
            }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    private static func test(
        _ peer: Peer, _ security: SMTPSettings.Security, password: String? = "hush", trusted: Bool = true,
        to: [String] = ["ada@example.org"]
    ) async throws -> AlertTest.Outcome {
        var settings = AlertSettings()
        settings.authorities = trusted ? peer.certificate : nil
        settings.smtp = try SMTPSettings(
            server: "127.0.0.1:\(peer.port)", security: security, from: "holdfast@example.org", to: to,
            user: password.map { _ in "tim" }, password: password.map { AlertSecret(Array($0.utf8)) })
        let now = try #require(UTCInstant(iso8601: "2026-03-02T11:59:00Z"))
        return try #require(try await AlertTest.run(settings, at: now).first)
    }

    @Test(
        "STARTTLS or TLS, a password by PLAIN or LOGIN: the message arrives as it was meant",
        .enabled(if: isThere, "aiosmtpd in .build/smtp-peer, and openssl"),
        arguments: [
            (SMTPSettings.Security.startTLS, ["--user", "tim", "--password", "hush"]),
            (.startTLS, ["--user", "tim", "--password", "hush", "--only-login"]),
            (.tls, ["--implicit", "--user", "tim", "--password", "hush"]),
        ])
    func sent(security: SMTPSettings.Security, options: [String]) async throws {
        let peer = try Peer(options)
        defer { peer.end() }
        let outcome = try await Self.test(peer, security, to: ["nobody@example.org", "ada@example.org"])
        try #require(outcome.isSent, "\(outcome.text)")
        #expect(outcome.text.contains("over TLS, signed in") && outcome.text.contains("refused for nobody@example.org (550"))
        let message = try peer.message()
        #expect(message["user"] as? String == "tim" && message["to"] as? [String] == ["ada@example.org"])
        #expect(message["subject"] as? String == "Holdfast: a test" && message["date"] as? String == "2026-03-02T11:59:00+00:00")
        #expect(message["defects"] as? [String] == [])
        #expect((message["body"] as? String)?.contains("Somebody tries whether alerts arrive here.") == true)
    }

    @Test(
        "what must not go out does not: an unknown certificate, another name's, a wrong password, a server without TLS",
        .enabled(if: isThere, "aiosmtpd in .build/smtp-peer, and openssl"))
    func refused() async throws {
        let peer = try Peer(["--user", "tim", "--password", "hush"])
        defer { peer.end() }
        let unknown = try await Self.test(peer, .startTLS, trusted: false)
        #expect(!unknown.isSent && unknown.text.contains("is not trusted"), "\(unknown.text)")
        let wrong = try await Self.test(peer, .startTLS, password: "wrong")
        #expect(!wrong.isSent && wrong.text.contains("refuses the user or the password: 535"), "\(wrong.text)")
        let other = try Peer([], name: "DNS:mail.example")
        defer { other.end() }
        let mismatch = try await Self.test(other, .startTLS, password: nil)
        #expect(!mismatch.isSent && mismatch.text.contains("for another name"), "\(mismatch.text)")
        let plain = try Peer(["--plain"])
        defer { plain.end() }
        let stripped = try await Self.test(plain, .startTLS, password: nil)
        #expect(!stripped.isSent && stripped.text.contains("without TLS nothing is sent"), "\(stripped.text)")
    }
}
