import Estate
import Foundation
import Hummingbird
import NIOCore
import Regulation

/// The fields of a form of the record. Its texts have lines and may be long, which a ``Query`` does not allow.
struct RecordForm: Sendable {
    /// Fields in one form.
    static let fieldLimit = 256
    /// Bytes of a form, as it is sent.
    static let usualLimit = 131_072

    /// By name, as typed; line ends are one line feed each.
    private(set) var values: [String: String] = [:]

    /// - Parameter text: the form's body.
    init(_ text: String) throws(Problem) {
        let pairs = text.split(separator: "&")
        guard pairs.count <= Self.fieldLimit else {
            throw .badRequest("The form has more than \(Self.fieldLimit) fields; send fewer.")
        }
        for pair in pairs {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decode(parts[0], plusIsSpace: true),
                let value = PercentEncoding.decode(parts.count > 1 ? parts[1] : "", plusIsSpace: true)
            else {
                throw .badRequest("A field of the form has a broken percent-escape or is not UTF-8; encode it anew.")
            }
            let lines = value.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
            let isPlain = lines.unicodeScalars.allSatisfy { $0 == "\n" || $0 == "\t" || $0.value >= 0x20 && $0.value != 0x7F }
            guard isPlain else {
                throw .badRequest("The field \(Problem.quoted(name)) holds a control character; leave it out.")
            }
            guard values.updateValue(lines, forKey: name) == nil else {
                throw .badRequest("The field \(Problem.quoted(name)) is there twice; send it once.")
            }
        }
    }

    /// The field without white space around it; empty when it is absent.
    subscript(name: String) -> String { (values[name] ?? "").trimmingCharacters(in: .whitespacesAndNewlines) }

    /// A check box.
    func isOn(_ name: String) -> Bool { values[name] != nil }
}

/// What of a form was not taken, shown with the form as it was typed.
struct RecordRefusal: Error, Sendable {
    /// The field that is wrong, or the form's name.
    var field: String
    var text: String
}

extension Exchange {
    /// A form's fields, with room for texts.
    func recordForm(upTo limit: Int = RecordForm.usualLimit) async throws -> RecordForm {
        guard mediaType == "application/x-www-form-urlencoded" else {
            throw Problem(.unsupportedMediaType, detail: "A form is sent as application/x-www-form-urlencoded.")
        }
        let bytes = try await body(upTo: limit, within: .seconds(30))
        guard let text = String(validating: bytes.readableBytesView, as: UTF8.self) else {
            throw Problem.badRequest("The form is not UTF-8.")
        }
        return try RecordForm(text)
    }
}

extension Console {
    /// A form of the record, once it is sure that a page of this session sent it.
    func sealedForm(_ exchange: Exchange, upTo limit: Int = RecordForm.usualLimit) async throws -> RecordForm {
        let form = try await exchange.recordForm(upTo: limit)
        try seal.check(try Query("\(FormSeal.field)=\(PercentEncoding.encode(form[FormSeal.field]))"), of: exchange.caller)
        return form
    }

    /// Changes the record off the event loops; what the record does not take comes back as text for the form's page.
    func change(_ field: String, _ body: @escaping @Sendable (EstateService) throws -> Void) async throws -> RecordRefusal? {
        do {
            try await read(body)
            return nil
        } catch let refusal as RecordRefusal {
            return refusal
        } catch ProductError.unknown(let name) {
            throw Problem.notFound(Self.notRegistered(name))
        } catch let error as ProductError {
            return RecordRefusal(field: field, text: Self.sentence(error.description))
        } catch let error as RiskError {
            return RecordRefusal(field: field, text: Self.sentence(error.description))
        }
    }

    static func notRegistered(_ name: String) -> String {
        "No product called \(Problem.quoted(name)) is registered. Register it under Products."
    }

    static func sentence(_ text: String) -> String { text.hasSuffix(".") ? text : text + "." }

    /// A page of the record. One that shows a form again says so in its status.
    func recordPage(_ template: String, title: String, place: String, _ exchange: Exchange, refused: Bool, _ model: Any) -> Response
    {
        var response = page(template, title: title, place: place, live: nil, exchange, model)
        if refused { response.status = .unprocessableContent }
        return response
    }

    func mayRecord(_ exchange: Exchange) -> Bool { exchange.caller?.principal.may(.record) ?? false }

    func sealValue(_ exchange: Exchange) -> String { seal.value(for: exchange.caller?.session ?? "") }
}
