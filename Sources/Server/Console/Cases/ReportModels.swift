import Regulation

/// A field of the platform's form in a report's draft.
struct ReportFieldModel: Sendable {
    var id: String
    var name: String
    var number: String
    var label: String
    var status: String
    var limit: Int?
    var count: Int
    var isOver: Bool
    var value: String
    var problem: String?
    var note: String?
    var suggestion: String?
    /// Whether something can be typed here.
    var isOpen: Bool
    var isText: Bool
    var isChoice: Bool
    var isCarried: Bool
    var options: [FormModel.Option]
    var elements: String?
}

extension ReportFieldModel {
    init(
        _ state: ReportCompleteness.FieldState, _ known: [String: String], _ typed: RecordForm?, _ errors: [String: String]
    ) {
        let name = "field.\(state.field.number)"
        let isCarried = state.status == .carriedOver
        let value = isCarried ? state.value ?? "" : typed.map { $0.raw(name) } ?? state.value ?? ""
        let count = PlatformForm.length(of: value)
        let problem = errors[name] ?? state.problem.map(Self.words)
        let status =
            switch state.status {
            case .required: "required"
            case .optional: "optional"
            case .carriedOver: "carried over from the stage before: change it there"
            case .ifAvailable: "if available"
            case .notAsked: "not asked"
            }
        let choices = state.field.choices
        self.init(
            id: "f-\(state.field.number)", name: name, number: state.field.number, label: state.field.name, status: status,
            limit: state.field.longest, count: count, isOver: state.field.longest.map { count > $0 } ?? false, value: value,
            problem: problem, note: state.field.note, suggestion: known[state.field.number].flatMap { $0 == value ? nil : $0 },
            isOpen: !isCarried, isText: !isCarried && choices == nil, isChoice: !isCarried && choices != nil, isCarried: isCarried,
            options: [.init(value: "", label: "not answered", selected: value.isEmpty)]
                + (choices ?? []).map { .init(value: $0, label: $0, selected: $0 == value) },
            elements: state.elements.isEmpty ? nil : state.elements.joined(separator: ", "))
    }

    private static func words(_ problem: ReportCompleteness.FieldState.Problem) -> String {
        switch problem {
        case .missing: "missing"
        case .tooLong: "longer than the form takes"
        case .notAChoice: "not one of the choices"
        case .notAnInstant: "not an instant in UTC: write it as 2026-10-06T12:20:00Z"
        case .notMemberStates: "not codes of Member States: write them as DE, FR, each once"
        }
    }
}

/// What the law asks for in a report, and what its draft says to it.
struct ReportElementModel: Sendable {
    var id: String
    var ref: String
    var obligation: String
    var reason: ReasonModel
    var standing: String
    var symbol: String
    var key: String
    var missing: String?
    var error: String?
    var text: String
    var kinds: [FormModel.Option]
    var fields: String?
}

extension ReportElementModel {
    init(_ state: ReportCompleteness.ElementState, _ draft: ReportDraft, _ typed: RecordForm?, _ errors: [String: String]) {
        let element = state.element
        var (kind, text) = ("", "")
        switch draft.statements[element.id] {
        case .given(let said): (kind, text) = ("given", said)
        case .unknown(let said): (kind, text) = ("unknown", said)
        case .notApplicable(let said): (kind, text) = ("notApplicable", said)
        case nil: break
        }
        if let typed { (kind, text) = (typed.raw("kind.\(element.id)"), typed.raw("text.\(element.id)")) }
        var kinds: [FormModel.Option] = [
            .init(value: "", label: element.fields == nil ? "nothing yet" : "by its fields"),
            .init(value: "given", label: "given here or elsewhere"),
        ]
        if element.obligation.canBeStated {
            kinds += [.init(value: "unknown", label: "not known yet"), .init(value: "notApplicable", label: "does not apply")]
        }
        for index in kinds.indices { kinds[index].selected = kinds[index].value == kind }
        let (standing, symbol, key) =
            switch state.standing {
            case .given: ("given", "healthy", "in-time")
            case .stated: ("stated", "notice", "in-time")
            case .missing: ("missing", "critical", "late")
            case .leftOut: ("left out, and nobody asks for it", "info", "no-limit")
            }
        self.init(
            id: "e-\(element.id)", ref: element.id, obligation: Self.words(element.obligation),
            reason: ReasonModel(element.text, element.citations), standing: standing, symbol: symbol, key: key,
            missing: state.missingFields.isEmpty ? nil : state.missingFields.joined(separator: ", "),
            error: errors["text.\(element.id)"], text: text, kinds: kinds, fields: element.fields?.joined(separator: ", "))
    }

    private static func words(_ obligation: Article14.Obligation) -> String {
        switch obligation {
        case .mandatory: "mandatory"
        case .mandatoryIfAny: "mandatory if there is any"
        case .asAvailable: "as available"
        case .whereAvailable: "where available"
        case .whereApplicable: "where applicable"
        case .whereNecessary: "where necessary"
        case .whereAppropriate: "where appropriate"
        case .onRequest: "as the CSIRT asked"
        case .optional: "optional"
        case .interpretive: "our reading"
        }
    }
}
