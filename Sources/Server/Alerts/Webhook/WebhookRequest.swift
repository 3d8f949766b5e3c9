import Crypto
import Foundation

/// A POST of one alert, signed as Standard Webhooks 1.0 says (https://www.standardwebhooks.com).
enum WebhookRequest {
    /// The request as it goes over the stream (RFC 9112).
    ///
    /// - Parameters:
    ///   - identifier: the same at each attempt, so that the receiver takes an alert once.
    ///   - now: of this attempt; it is signed too, so that old requests cannot be sent again.
    static func bytes(_ body: [UInt8], identifier: String, to url: WebURL, key: AlertSecret, at now: Int64) -> [UInt8] {
        let head = [
            "POST \(url.target) HTTP/1.1", "Host: \(url.authority)", "Content-Type: application/json",
            "Content-Length: \(body.count)", "User-Agent: Holdfast", "webhook-id: \(identifier)", "webhook-timestamp: \(now)",
            "webhook-signature: \(signature(of: body, identifier: identifier, key: key, at: now))", "Connection: close",
        ]
        return Array((head.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
    }

    /// "v1," and base64 of HMAC-SHA-256 over identifier, time in seconds and body, with dots between.
    static func signature(of body: [UInt8], identifier: String, key: AlertSecret, at now: Int64) -> String {
        let code = HMAC<SHA256>.authenticationCode(
            for: Data(Array("\(identifier).\(now).".utf8) + body), using: SymmetricKey(data: Data(key.bytes)))
        return "v1," + Data(code).base64EncodedString()
    }
}
