import Crypto
import Foundation
import Hummingbird

/// Forms must come from our own pages. Browsers say where a request comes from (Sec-Fetch-Site, Origin); the seal in the form
/// guards against those that don't.
enum CrossSite {
    /// - Throws: ``Problem`` 403 when the browser says that another site sent the request.
    static func refuse(_ request: Request) throws(Problem) {
        if let site = request.headers[.secFetchSite] {
            if site == "same-origin" || site == "none" { return }
        } else if let origin = request.headers[.origin] {
            guard let host = request.head.authority ?? request.headers[.host] else {
                throw .badRequest("The Host field is missing.")
            }
            if origin == "http://\(host)" || origin == "https://\(host)" { return }
        } else {
            return
        }
        throw Problem(.forbidden, kind: "cross-site", detail: "This form was sent from another site. Use the console's own page.")
    }
}

/// A value in each form that only the page of the same session can hold.
struct FormSeal: Sendable {
    /// The name of the form's field.
    static let field = "seal"

    private let key = SymmetricKey(size: .bits256)

    /// HMAC-SHA-256 of the session's secret under a key of this process, in hex.
    func value(for session: String) -> String {
        HMAC<SHA256>.authenticationCode(for: Data(session.utf8), using: key).map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0" + text : text
        }.joined()
    }

    /// - Throws: ``Problem`` 403 when the form holds no seal or another session's.
    func check(_ form: Query, of caller: Caller?) throws(Problem) {
        guard let session = caller?.session, let came = form.text(Self.field) else { throw Self.broken }
        let expected = Array(value(for: session).utf8)
        let bytes = Array(came.utf8)
        guard bytes.count == expected.count else { throw Self.broken }
        var difference: UInt8 = 0
        for (left, right) in zip(bytes, expected) { difference |= left ^ right }
        if difference != 0 { throw Self.broken }
    }

    private static let broken = Problem(
        .forbidden, kind: "stale-form", detail: "This form is too old or not ours. Reload the page and send it again.")
}
