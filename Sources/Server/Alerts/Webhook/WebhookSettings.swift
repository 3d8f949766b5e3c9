import Foundation

/// Where alerts are posted to, and the key that signs them.
public struct WebhookSettings: Sendable {
    let url: WebURL
    let key: AlertSecret

    /// - Parameters:
    ///   - url: https, or http on the loopback. Private addresses are fine: they are the operator's own systems.
    ///   - secret: as Standard Webhooks writes it: "whsec_" and base64 of 24 to 64 random bytes.
    public init(url text: String, secret: String) throws(AlertSettingError) {
        guard let url = WebURL(text) else {
            throw AlertSettingError(
                "The webhook's address is not one: give https://HOST/PATH, without a name, a password or a fragment.")
        }
        guard url.isSecure || url.isLoopback else {
            throw AlertSettingError("A webhook needs https: alerts tell of vulnerabilities that are being exploited.")
        }
        guard secret.hasPrefix(Self.prefix), let key = Data(base64Encoded: String(secret.dropFirst(Self.prefix.count))),
            (24...64).contains(key.count)
        else {
            throw AlertSettingError("The webhook's secret is not one: it is \(Self.prefix) and base64 of 24 to 64 random bytes.")
        }
        self.url = url
        self.key = AlertSecret(Array(key))
    }

    static let prefix = "whsec_"
}
