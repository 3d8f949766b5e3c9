import Estate
import Hummingbird

/// What can be asked of a device's card on its page.
extension Console {
    static func text(of rehearsal: RehearsalRecord, at now: UTCInstant) -> String {
        func ago(_ instant: UTCInstant) -> String { "\(Words.age(seconds: max(0, now - instant) / 1_000)) ago" }
        guard let followed = rehearsal.followed else { return "asked for \(ago(rehearsal.asked)), not followed yet" }
        switch rehearsal.result {
        case .proved: return "the backup delivered, \(ago(followed))"
        case .failed: return "the backup did not deliver, \(ago(followed))"
        case .ignored: return "the terminal did not obey REFRESH, \(ago(followed)); nothing is proved"
        case .unclear, nil: return "followed \(ago(followed)), without a result"
        }
    }

    static func text(of document: PolicyRecord, at now: UTCInstant) -> String {
        let age = "\(Words.age(seconds: max(0, now - (document.told ?? document.asked)) / 1_000)) ago"
        guard let outcome = document.outcome else { return "version \(document.version), sent \(age), not taken yet" }
        return "version \(document.version), \(outcome.replacing("-", with: " ")), \(age)"
    }

    func rehearse(_ exchange: Exchange) async throws -> Response {
        try seal.check(try await exchange.form(), of: exchange.caller)
        let (id, author, now) = (exchange.parameter("id"), exchange.authorship, exchange.now)
        try await ask {
            var request = RehearsalRequest()
            request.device = id
            _ = try $0.rehearse(request, by: author, at: now)
        }
        return .seeOther(Self.path(ofDevice: id))
    }

    func pushPolicy(_ exchange: Exchange) async throws -> Response {
        let form = try await exchange.form()
        try seal.check(form, of: exchange.caller)
        guard let preset = form.text("preset").flatMap(Preset.init(rawValue:)) else {
            throw Problem.badRequest("The form names no preset; choose one on the device's page.")
        }
        let (id, author, now) = (exchange.parameter("id"), exchange.authorship, exchange.now)
        try await ask { _ = try $0.pushPolicy(preset.parameters, to: id, by: author, at: now) }
        return .seeOther(Self.path(ofDevice: id))
    }

    private func ask(_ body: @escaping @Sendable (EstateService) throws -> Void) async throws {
        do { try await read(body) } catch let error as WishError { throw Problem(error) }
    }
}
