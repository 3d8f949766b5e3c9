import Estate
import Hummingbird
import Regulation

/// What is said about networks as a whole, with the forms that say it.
struct NetworkFactsModel: Sendable {
    /// Operators and APNs that are listed, of each.
    static let shown = 100

    struct Choice: Sendable {
        var value: String
        var label: String
        var chosen: Bool
    }

    struct Said: Sendable {
        var author: String
        var day: String
        var reason: String
    }

    struct Operator: Sendable {
        var anchor: String
        var plmn: String
        var name: String
        var units: String
        var core: String?
        var vendor: String?
        var said: Said?
        var whose: [Choice]
        var carrier: String
        var typedVendor: String
        var reason: String
        var problem: String?
    }

    struct AccessPoint: Sendable {
        var anchor: String
        var apn: String
        var units: String
        var exposure: VerdictModel
        var said: Said?
        var choices: [Choice]
        var reason: String
        var problem: String?
    }

    /// A form that was not taken, shown again as it was typed.
    struct Refused: Sendable {
        enum Subject: Equatable, Sendable {
            case core(String)
            case exposure(String)
        }

        var subject: Subject
        var form: RecordForm
        var text: String
    }

    var operators: [Operator]
    var anyOperators: Bool
    var moreOperators: String?
    var accessPoints: [AccessPoint]
    var anyAccessPoints: Bool
    var moreAccessPoints: String?

    /// Nil when there is nothing to say anything about.
    init?(_ facts: NetworkFacts, refused: Refused?, at now: UTCInstant) {
        guard !facts.operators.isEmpty || !facts.accessPoints.isEmpty else { return nil }
        operators = facts.operators.enumerated().compactMap { index, core in
            let mine = refused?.subject == .core(core.operator.plmn) ? refused : nil
            return index < Self.shown || mine != nil ? Operator(core, number: index + 1, mine) : nil
        }
        accessPoints = facts.accessPoints.enumerated().compactMap { index, point in
            let mine = refused?.subject == .exposure(point.apn) ? refused : nil
            return index < Self.shown || mine != nil ? AccessPoint(point, number: index + 1, mine) : nil
        }
        anyOperators = !operators.isEmpty
        anyAccessPoints = !accessPoints.isEmpty
        moreOperators =
            facts.operators.count > operators.count ? Words.grouped(facts.operators.count - operators.count) : nil
        moreAccessPoints =
            facts.accessPoints.count > accessPoints.count ? Words.grouped(facts.accessPoints.count - accessPoints.count) : nil
    }
}

extension NetworkFactsModel.Said {
    init(_ said: NetworkFacts.Said) {
        self.init(author: said.author, day: said.at.day.description, reason: said.reason)
    }
}

extension NetworkFactsModel.Operator {
    fileprivate init(_ core: NetworkFacts.Core, number: Int, _ refused: NetworkFactsModel.Refused?) {
        let stands = core.isOwn.map { $0 ? "own" : "other" } ?? ""
        let chosen = refused?.form["whose"] ?? stands
        self.init(
            anchor: "operator-\(number)", plmn: core.operator.plmn, name: core.operator.name, units: Words.grouped(core.units),
            core: core.isOwn == true ? "its own" : core.carrierName, vendor: core.vendor,
            said: core.said.map(NetworkFactsModel.Said.init),
            whose: [("", "not known"), ("own", "its own"), ("other", "another operator's")].map { value, label in
                NetworkFactsModel.Choice(value: value, label: label, chosen: value == chosen)
            }, carrier: refused?.form["carrier"] ?? (core.isOwn == false ? core.carrier ?? "" : ""),
            typedVendor: refused?.form["vendor"] ?? core.saidVendor ?? "", reason: refused?.form["reason"] ?? "",
            problem: refused?.text)
    }
}

extension NetworkFactsModel.AccessPoint {
    fileprivate init(_ point: NetworkFacts.AccessPoint, number: Int, _ refused: NetworkFactsModel.Refused?) {
        let chosen = refused?.form["exposure"] ?? point.exposure.rawValue
        let exposures: [(Exposure, String)] = [
            (.unknown, "not known"), (.publicInternet, "public: reached from the internet"), (.privateNetwork, "private"),
        ]
        let verdict: VerdictModel =
            switch point.exposure {
            case .publicInternet: .warning("public")
            case .privateNetwork: .yes("private")
            case .unknown: .open("not known")
            }
        self.init(
            anchor: "apn-\(number)", apn: point.apn, units: Words.grouped(point.units), exposure: verdict,
            said: point.said.map(NetworkFactsModel.Said.init),
            choices: exposures.map { NetworkFactsModel.Choice(value: $0.rawValue, label: $1, chosen: $0.rawValue == chosen) },
            reason: refused?.form["reason"] ?? "", problem: refused?.text)
    }
}

extension Console {
    func addNetworkFacts(to routes: inout Routes) {
        routes.on(.post, "/risks/core", .session(.record)) { exchange in
            let form = try await self.sealedForm(exchange)
            let (plmn, vendor) = (form["plmn"], form["vendor"])
            return try await self.say(exchange, form, .core(plmn)) {
                let carrier = try Self.carrier(form)
                return { try $0.sayCore(of: plmn, carrier: carrier, vendor: vendor, by: $1, at: $2) }
            }
        }
        routes.on(.post, "/risks/apn", .session(.record)) { exchange in
            let form = try await self.sealedForm(exchange)
            let apn = form["apn"]
            return try await self.say(exchange, form, .exposure(apn)) {
                guard let exposure = Exposure(rawValue: form["exposure"]) else {
                    throw RecordRefusal(field: "exposure", text: "Choose public, private or not known.")
                }
                return { try $0.sayExposure(of: apn, exposure, by: $1, at: $2) }
            }
        }
    }

    /// Whose core a form says it is; nil for nobody's.
    private static func carrier(_ form: RecordForm) throws(RecordRefusal) -> String? {
        let named = form["carrier"]
        switch form["whose"] {
        case "own": return form["plmn"]
        case "other":
            guard !named.isEmpty else {
                throw RecordRefusal(field: "carrier", text: "Name the operator whose core it is, or give its PLMN.")
            }
            return named
        case "":
            guard named.isEmpty else {
                throw RecordRefusal(field: "whose", text: "An operator is named: say that the core is another operator's.")
            }
            return nil
        default: throw RecordRefusal(field: "whose", text: "Choose its own, another operator's or not known.")
        }
    }

    private typealias Saying = @Sendable (EstateService, Authorship, UTCInstant) throws -> Void

    private func say(
        _ exchange: Exchange, _ form: RecordForm, _ subject: NetworkFactsModel.Refused.Subject, _ read: () throws -> Saying
    ) async throws -> Response {
        let (author, now) = (exchange.authorship(reason: form["reason"]), exchange.now)
        let text: String
        do {
            let saying = try read()
            try await self.read { try saying($0, author, now) }
            return .seeOther("/risks#networks")
        } catch let refusal as RecordRefusal {
            text = refusal.text
        } catch let error as NetworkFactError {
            let problem = Problem(error)
            guard problem.status == .unprocessableContent else { throw problem }
            text = problem.detail
        }
        return try await risks(exchange, fact: NetworkFactsModel.Refused(subject: subject, form: form, text: text))
    }
}

extension Problem {
    /// Why nothing was said about a network.
    init(_ error: NetworkFactError) {
        let text = Console.sentence(error.description)
        let detail = text.prefix(1).uppercased() + text.dropFirst()
        switch error {
        case .unknownOperator, .unknownAPN: self = .notFound(detail)
        default: self = Problem(.unprocessableContent, detail: detail)
        }
    }
}
