import Foundation
import Testing

@testable import Server

/// The way of an alert to a webhook: what is sent, where, and what the answer means.
@Suite("Webhooks for alerts") struct WebhookTests {
    @Test("a webhook is signed as Standard Webhooks says: the vector of its reference libraries")
    func signature() throws {
        let settings = try WebhookSettings(url: "https://example.org/hook", secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        let signature = WebhookRequest.signature(
            of: Array(#"{"test": 2432232314}"#.utf8), identifier: "msg_p5jXN8AQM9LWM0D4loKWxJek", key: settings.key,
            at: 1_614_265_330)
        #expect(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
        #expect(!"\(settings)".contains("MfKQ"))
    }

    @Test("the request is one POST with the body's length, and says where it goes")
    func request() throws {
        let url = try #require(WebURL("https://[2001:db8::1]:8443/a%20b?x=1"))
        let bytes = WebhookRequest.bytes(Array("{}".utf8), identifier: "msg_1", to: url, key: AlertSecret([1]), at: 7)
        let lines = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n")
        #expect(lines.prefix(2) == ["POST /a%20b?x=1 HTTP/1.1", "Host: [2001:db8::1]:8443"])
        #expect(
            lines.contains("Content-Length: 2") && lines.contains("webhook-id: msg_1") && lines.contains("webhook-timestamp: 7"))
        #expect(lines.suffix(2) == ["", "{}"])
    }

    @Test(
        "addresses and secrets that are refused",
        arguments: [
            ("http://example.org/", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
            ("https://u:p@example.org/", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
            ("ftp://example.org/", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
            ("https://", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
            ("https://example.org/\r\nX: y", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), ("https://example.org/", "hush"),
            ("https://example.org/", "whsec_aHVzaA=="),
        ])
    func refusedSettings(url: String, secret: String) {
        #expect(throws: AlertSettingError.self) { try WebhookSettings(url: url, secret: secret) }
    }

    @Test(
        "private addresses and http on the loopback are fine",
        arguments: ["https://10.0.0.7/x", "http://127.0.0.1:9000", "http://[::1]/"])
    func ownSystems(url: String) throws {
        _ = try WebhookSettings(url: url, secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    }

    @Test(
        "the answer's status decides: 2xx took it, redirects are not followed, interim answers are waited out",
        arguments: [
            ("HTTP/1.1 204 No Content\r\n", "204"), ("HTTP/1.1 200\r\n", "200"),
            ("HTTP/1.1 103 x\r\nLink: y\r\n\r\nHTTP/1.1 202 z\r\n", "202"),
            ("HTTP/1.1 307 x\r\nLocation: http://169.254.169.254/\r\n\r\n", "redirects are not followed"),
            ("HTTP/1.1 500 x\r\n", "answered 500"), ("HTTP/1.1 101 x\r\n\r\n", "answered 101"),
            ("HTTP/2 200\r\n", "does not answer in HTTP"),
            ("SSH-2.0-x\r\n", "does not answer in HTTP"), ("HTTP/1.1 999 x\r\n", "does not answer in HTTP"),
            (String(repeating: "x", count: 20_000), "too long"), ("HTTP/1.1 20", "closed the connection"),
        ])
    func answers(said: String, expected: String) {
        for size in [1, 7, 100_000] {
            var exchange = WebhookExchange(request: [1], isSecure: false)
            var ends: [String] = []
            func take(_ steps: [ConversationStep<Int>]) {
                for case .end(let result) in steps {
                    switch result {
                    case .success(let status): ends.append("\(status)")
                    case .failure(let failure): ends.append(failure.description)
                    }
                }
            }
            let bytes = Array(said.utf8)
            for start in stride(from: 0, to: bytes.count, by: size) {
                take(exchange.received(Array(bytes[start..<min(bytes.count, start + size)])))
            }
            take(exchange.ended())
            #expect(ends.count == 1 && ends[0].contains(expected), "\(size): \(ends)")
        }
    }
}
