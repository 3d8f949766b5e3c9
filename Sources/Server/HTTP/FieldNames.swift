import HTTPTypes

/// Header field names that HTTPTypes does not name.
extension HTTPField.Name {
    static let xFrameOptions = literal("X-Frame-Options")
    static let referrerPolicy = literal("Referrer-Policy")
    static let crossOriginOpenerPolicy = literal("Cross-Origin-Opener-Policy")
    static let permissionsPolicy = literal("Permissions-Policy")
    static let secFetchSite = literal("Sec-Fetch-Site")
    static let host = literal("Host")

    private static func literal(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is not a field name") }
        return name
    }
}
