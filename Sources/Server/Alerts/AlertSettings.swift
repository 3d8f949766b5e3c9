/// By which ways people are told of cases and their deadlines. Nothing set: only the console tells.
public struct AlertSettings: Sendable {
    public var smtp: SMTPSettings?
    public var webhook: WebhookSettings?
    /// Where people find the console: "https://holdfast.example". A link to the case follows it.
    public var consoleURL: String?
    /// A PEM file with certificates of authorities to trust beside the system's.
    public var authorities: String?

    public init() {}

    public var isEmpty: Bool { smtp == nil && webhook == nil }
}

/// Why an option for alerts is refused: what to do instead.
public struct AlertSettingError: Error, Equatable, Sendable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}

extension AlertSettings {
    /// Sets where the console is.
    public mutating func setConsole(_ text: String) throws(AlertSettingError) {
        guard let url = WebURL(text), url.query == nil else {
            throw AlertSettingError(
                "\(Quoted.text(text)) is not an address of a console: give one such as https://holdfast.example.")
        }
        consoleURL = url.text.hasSuffix("/") ? String(url.text.dropLast()) : url.text
    }
}
