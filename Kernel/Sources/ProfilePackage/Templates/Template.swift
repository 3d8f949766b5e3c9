/// A file structure template (TCA Profile Package, annex A): the files of one element, with what they are unless the package says
/// otherwise.
struct Template: Sendable {
    /// Where the files of a template lie.
    enum Base: Sendable {
        /// The first row is the MF; the others lie in it.
        case masterFile
        /// The first row is a directory in the MF.
        case directory
        /// The first row is an ADF.
        case application
        /// There is no row for it: the files lie in the ADF of the element before that has this name.
        case existing(ElementName)
        /// The first row is a directory in that ADF.
        case within(ElementName)
    }

    /// The last number but one of its object identifier.
    let number: Int
    /// The versions there are.
    let versions: ClosedRange<Int>
    let base: Base
    /// Whether files that the element leaves out are created too.
    let isCreatedByDefault: Bool
    /// The files in the order of the element's fields; those after a directory, but for the first, lie in it.
    let rows: [Row]
    /// What is different from a version on.
    var changes: [(version: Int, row: Row)] = []

    /// A row as of a version.
    func row(_ index: Int, version: Int) -> Row? {
        guard rows.indices.contains(index) else { return nil }
        let row = rows[index]
        guard version > 1 && !changes.isEmpty else { return row }
        return changes.last { $0.row.name == row.name && $0.version <= version }?.row ?? row
    }

    /// A file of a template. Where there is nil, the package must say it.
    struct Row: Sendable {
        enum Kind: Sendable { case masterFile, dedicated, application, transparent, linearFixed, cyclic, berTLV }

        let name: String
        var identifier: UInt16?
        let kind: Kind
        var records: Int?
        /// Of the file, or of each record.
        var size: Int?
        /// The record of EF.ARR.
        let rule: UInt8
        var shortIdentifier: UInt8?
        var fill: FillPattern?
        /// Whether the element must have it (annex PEDefinitions: not OPTIONAL).
        var isRequired = false
        /// Whether it is one of "high update frequency".
        var isOften = false

        static func masterFile(_ name: String) -> Row {
            Row(name: name, identifier: 0x3F00, kind: .masterFile, rule: 14, isRequired: true)
        }

        static func application(_ name: String) -> Row { Row(name: name, kind: .application, rule: 14, isRequired: true) }

        static func directory(_ name: String, _ identifier: UInt16?, required: Bool = false) -> Row {
            Row(name: name, identifier: identifier, kind: .dedicated, rule: 14, isRequired: required)
        }

        static func transparent(
            _ name: String, _ identifier: UInt16?, _ size: Int?, rule: UInt8, sfi: UInt8? = nil, _ fill: FillPattern? = nil,
            required: Bool = false, often: Bool = false
        ) -> Row {
            Row(
                name: name, identifier: identifier, kind: .transparent, size: size, rule: rule, shortIdentifier: sfi, fill: fill,
                isRequired: required, isOften: often)
        }

        static func linear(
            _ name: String, _ identifier: UInt16?, _ records: Int?, _ size: Int?, rule: UInt8, sfi: UInt8? = nil,
            _ fill: FillPattern? = nil, required: Bool = false, often: Bool = false
        ) -> Row {
            Row(
                name: name, identifier: identifier, kind: .linearFixed, records: records, size: size, rule: rule,
                shortIdentifier: sfi, fill: fill, isRequired: required, isOften: often)
        }

        static func cyclic(
            _ name: String, _ identifier: UInt16?, _ records: Int?, _ size: Int?, rule: UInt8, sfi: UInt8? = nil,
            _ fill: FillPattern? = nil, often: Bool = true
        ) -> Row {
            Row(
                name: name, identifier: identifier, kind: .cyclic, records: records, size: size, rule: rule, shortIdentifier: sfi,
                fill: fill, isOften: often)
        }

        static func berTLV(_ name: String, _ identifier: UInt16?, rule: UInt8, sfi: UInt8? = nil) -> Row {
            Row(name: name, identifier: identifier, kind: .berTLV, rule: rule, shortIdentifier: sfi)
        }
    }

    /// The template of an element; nil if it is none, or one that the reader passes over.
    static func of(_ element: ElementName) -> Template? {
        switch element {
        case .mf: mf
        case .cd: cd
        case .telecom: telecom
        case .usim: usim
        case .optUSIM: optUSIM
        case .isim: isim
        case .optISIM: optISIM
        case .phonebook: phonebook
        case .gsmAccess: gsmAccess
        case .df5GS: df5GS
        case .dfSAIP: dfSAIP
        case .dfSNPN: dfSNPN
        case .df5GProSe: df5GProSe
        default: nil
        }
    }

    /// The element of each template number, those included that the reader passes over, and the highest version.
    static func element(of identifier: TemplateIdentifier) -> (name: ElementName, versions: ClosedRange<Int>)? {
        guard let (number, _) = identifier.template else { return nil }
        switch number {
        case 10: return (.csim, 1...2)
        case 11: return (.optCSIM, 1...2)
        case 12: return (.eap, 1...1)
        case 17: return (.iot, 1...1)
        case 18: return (.optIoT, 1...1)
        default: break
        }
        for name in readElements {
            if let template = of(name), template.number == number { return (name, template.versions) }
        }
        return nil
    }

    private static let readElements: [ElementName] = [
        .mf, .cd, .telecom, .usim, .optUSIM, .isim, .optISIM, .phonebook, .gsmAccess, .df5GS, .dfSAIP, .dfSNPN, .df5GProSe,
    ]
}

extension FillPattern {
    /// FF...FF
    static let ff = FillPattern.fill([0xFF])
    /// 00...00
    static let zero = FillPattern.fill([0x00])
    /// 00FF...FF: a free record.
    static let free = FillPattern.fill([0x00, 0xFF])
}
