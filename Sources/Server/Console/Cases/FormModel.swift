import Estate
import Regulation

/// A form as the partial `case_form` shows it.
struct FormModel: Sendable {
    struct Option: Sendable {
        /// Of a box of its own; empty in a list to choose from.
        var name = ""
        var value: String
        var label: String
        var selected = false
    }

    struct Hidden: Sendable {
        var name: String
        var value: String
    }

    struct Field: Sendable {
        var id: String
        var name: String
        var label: String
        var hint: String?
        var error: String?
        var value = ""
        var isLine = false
        var isText = false
        var isChoice = false
        var isCheck = false
        var isProduct = false
        /// The hidden field that says which product the box is for.
        var companion: String?
        var checked = false
        var options: [Option] = []
        /// Values that a line offers.
        var offers: [String] = []
        var reason: ReasonModel?
        /// What refusals of the record call it.
        var subject: CaseField?

        static func line(_ name: String, _ label: String, _ subject: CaseField? = nil, value: String = "", hint: String? = nil)
            -> Field
        {
            var field = Field(id: "", name: name, label: label, hint: hint, value: value, subject: subject)
            field.isLine = true
            return field
        }

        static func text(_ name: String, _ label: String, _ subject: CaseField? = nil, hint: String? = nil) -> Field {
            var field = Field(id: "", name: name, label: label, hint: hint, subject: subject)
            field.isText = true
            return field
        }

        static func choice(
            _ name: String, _ label: String, _ options: [Option], _ subject: CaseField? = nil, hint: String? = nil
        ) -> Field {
            var field = Field(id: "", name: name, label: label, hint: hint, options: options, subject: subject)
            field.isChoice = true
            return field
        }

        static func check(
            _ name: String, _ label: String, _ subject: CaseField? = nil, checked: Bool = false, hint: String? = nil,
            reason: ReasonModel? = nil
        ) -> Field {
            var field = Field(id: "", name: name, label: label, hint: hint, checked: checked, reason: reason, subject: subject)
            field.isCheck = true
            return field
        }
    }

    var id: String
    var title: String
    var path: String
    var button: String
    var seal = ""
    var about: String?
    var refusal: String?
    var isOpen = false
    var hidden: [Hidden] = []
    var reasons: [ReasonModel] = []
    var fields: [Field]

    init(_ id: String, _ title: String, path: String, button: String, about: String? = nil, fields: [Field]) {
        self.id = id
        self.title = title
        self.path = path
        self.button = button
        self.about = about
        self.fields = fields.map { field in
            var field = field
            field.id = "\(id)-\(field.name)"
            return field
        }
    }

    /// Keeps what was typed.
    mutating func keep(_ typed: RecordForm) {
        for index in fields.indices {
            let field = fields[index]
            if field.isLine || field.isText { fields[index].value = typed.raw(field.name) }
            if field.isCheck || field.isProduct { fields[index].checked = typed.has(field.name) }
            for option in field.options.indices {
                fields[index].options[option].selected =
                    field.isProduct ? typed.has(field.options[option].name) : field.options[option].value == typed.raw(field.name)
            }
        }
    }

    /// Says what is wrong, at the field where there is one.
    mutating func refuse(_ refusal: FormRefusal) {
        isOpen = true
        let place = fields.firstIndex { field in
            refusal.field.map { $0 == field.name } ?? refusal.subject.map { $0 == field.subject } ?? false
        }
        if let place { fields[place].error = refusal.text } else { self.refusal = refusal.text }
    }
}

/// What is wrong with a form.
struct FormRefusal: Error, Equatable, Sendable {
    /// The field's name, when it is about one.
    var field: String?
    /// What the record calls it, when that is known instead.
    var subject: CaseField?
    var text: String

    init(_ field: String?, _ text: String) {
        self.field = field
        self.text = text
    }

    init(_ error: CaseError) {
        text = error.description
        switch error {
        case .empty(let field), .notOneLine(let field), .outOfRange(let field), .inFuture(let field), .alreadyRecorded(let field),
            .notRecorded(let field):
            subject = field
        case .tooLong(let field, _), .tooMany(let field, _): subject = field
        case .before(let field, _): subject = field
        case .noProduct: subject = .products
        case .unknownCriterion, .notSevere: subject = .criteria
        case .stageBefore, .stagesOutOfOrder: subject = .submission
        case .clock(.unknownZone): field = "zone"
        case .clock(.unknownCountry): field = "country"
        case .clock(.measureOfIncident): subject = .measure
        case .clock, .notOpened, .alreadyOpened, .outOfTurn, .tooLarge, .badIdentifier, .notAStage, .outstanding, .samePerson,
            .unreadable:
            break
        }
    }

    init(_ error: CaseFileError) {
        switch error {
        case .action(let error): self.init(error)
        case .ownerMissing: self.init("owner", error.description)
        case .unknownProduct: self.init("product.0", error.description)
        case .nameTooLong: self.init("owner", error.description)
        case .unknownCase, .unreadable, .draft: self.init(nil, error.description)
        }
    }
}
