import Estate
import Hummingbird
import Regulation

/// What of a form was not taken, shown with the form as it was typed.
struct RecordRefusal: Error, Sendable {
    /// The field that is wrong, or the form's name.
    var field: String
    var text: String
}

extension Console {
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
