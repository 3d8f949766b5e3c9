import Hummingbird
import NIOCore

/// The fields of a form of the record. Its texts have lines and may be long, which a ``Query`` does not allow.
///
/// Texts are pasted from anywhere: a line break comes in as one LF, and other control characters as spaces. What a field of one line makes
/// of a line break is for the record to say.
struct RecordForm: Sendable {
    /// Fields in one form.
    static let fieldLimit = 4_096
    /// Bytes of a form, as it is sent: texts are escaped in it.
    static let bodyLimit = 1 << 20

    /// By name, as typed.
    private(set) var values: [String: String] = [:]

    /// - Parameter text: the form's body.
    init(_ text: some StringProtocol) throws(Problem) {
        var count = 0
        for pair in text.split(separator: "&") {
            count += 1
            if count > Self.fieldLimit { throw .badRequest("The form has more than \(Self.fieldLimit) fields; send fewer.") }
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decode(parts[0], plusIsSpace: true),
                let value = PercentEncoding.decode(parts.count > 1 ? parts[1] : "", plusIsSpace: true)
            else {
                throw .badRequest(
                    "The field \(Problem.quoted(parts[0])) has a broken percent-escape or is not UTF-8; encode it anew.")
            }
            if values.updateValue(Self.plain(value), forKey: name) != nil {
                throw .badRequest("The field \(Problem.quoted(name)) is there twice; send it once.")
            }
        }
    }

    /// The value as typed; empty when the field is absent.
    func raw(_ name: String) -> String { values[name] ?? "" }

    /// The value without white space around it; empty when the field is absent.
    subscript(_ name: String) -> String {
        let scalars = raw(name).unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(scalars[first...last])
    }

    /// Whether a box is ticked.
    func has(_ name: String) -> Bool { values[name] != nil }

    private static func plain(_ text: String) -> String {
        var plain = String.UnicodeScalarView()
        var afterReturn = false
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\r": plain.append("\n")
            case "\n": if !afterReturn { plain.append("\n") }
            case "\t": plain.append(scalar)
            case _ where scalar.value < 0x20 || scalar.value == 0x7F: plain.append(" ")
            default: plain.append(scalar)
            }
            afterReturn = scalar == "\r"
        }
        return String(plain)
    }
}

extension Console {
    /// A form of the record, once it is sure that a page of this session sent it.
    func sealedForm(_ exchange: Exchange) async throws -> RecordForm {
        guard exchange.mediaType == "application/x-www-form-urlencoded" else {
            throw Problem(.unsupportedMediaType, detail: "A form is sent as application/x-www-form-urlencoded.")
        }
        let bytes = try await exchange.body(upTo: RecordForm.bodyLimit, within: .seconds(30))
        guard let text = String(validating: bytes.readableBytesView, as: UTF8.self) else {
            throw Problem.badRequest("The form is not UTF-8.")
        }
        let form = try RecordForm(text)
        let given = PercentEncoding.encode(String(form[FormSeal.field].prefix(128)))
        try seal.check(try Query("\(FormSeal.field)=\(given)"), of: exchange.caller)
        return form
    }
}
