import Regulation

/// What people say about networks as a whole, beside what the inventory says of each unit. What nobody said is nil or unknown.
public struct NetworkFacts: Equatable, Codable, Sendable {
    /// Who said something last, when and why. What was said before is in the ledger.
    public struct Said: Equatable, Codable, Sendable {
        public var author: String
        public var at: UTCInstant
        public var reason: String
    }

    /// Whose core carries an operator's traffic, and who made that core.
    public struct Core: Equatable, Codable, Sendable {
        public var `operator`: OperatorRef
        /// Units with the operator on their card.
        public var units: Int
        /// The operator whose core it is, as it was said: a PLMN or a name. Its own is the operator's own PLMN.
        public var carrier: String?
        /// The carrier as it is called here: "Alder Mobile (999-70)".
        public var carrierName: String?
        /// Whether the core is the operator's own; nil when nobody says whose it is.
        public var isOwn: Bool?
        /// Who made the core: as it is said of the operator whose it is, and else of this one.
        public var vendor: String?
        /// The vendor that was said of this operator itself.
        public var saidVendor: String?
        public var said: Said?
    }

    public struct AccessPoint: Equatable, Codable, Sendable {
        public var apn: String
        /// Units that have it for one of their profiles.
        public var units: Int
        public var exposure: Exposure
        public var said: Said?
    }

    /// Those with units or with something said, the most used first.
    public var operators: [Core]
    public var accessPoints: [AccessPoint]
}

extension NetworkFacts {
    /// Those of a product's units, with how many of these have each.
    func of(_ inventory: EvidenceInventory) -> NetworkFacts {
        var units: [OperatorRef: Int] = [:]
        for (pair, count) in inventory.pairs {
            units[pair.primary, default: 0] += count
            if let backup = pair.backup, backup != pair.primary { units[backup, default: 0] += count }
        }
        var facts = NetworkFacts(
            operators: operators.filter { units[$0.operator] != nil },
            accessPoints: accessPoints.filter { inventory.accessPoints[$0.apn] != nil })
        for place in facts.operators.indices { facts.operators[place].units = units[facts.operators[place].operator] ?? 0 }
        for place in facts.accessPoints.indices {
            facts.accessPoints[place].units = inventory.accessPoints[facts.accessPoints[place].apn] ?? 0
        }
        facts.operators.sort { ($1.units, $0.operator.plmn) < ($0.units, $1.operator.plmn) }
        facts.accessPoints.sort { ($1.units, $0.apn) < ($0.units, $1.apn) }
        return facts
    }
}

/// Why nothing was said about a network.
public enum NetworkFactError: Error, Equatable, Sendable {
    public static let textLimit = ImportLimit.nameBytes

    case unknownOperator(String)
    case unknownAPN(String)
    case reasonMissing
    case reasonTooLong(limit: Int)
    case carrier(String)
    case vendor(String)
    /// Who carries whom comes back to where it began.
    case circle([String])
}

extension NetworkFactError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unknownOperator(let plmn): "no card of the inventory has an operator \(plmn.quoted)"
        case .unknownAPN(let apn): "no unit of the inventory has an APN \(apn.quoted)"
        case .reasonMissing: "give a reason: who told, or where it is written"
        case .reasonTooLong(let limit): "a reason has at most \(limit) bytes"
        case .carrier(let problem): "whose core it is: \(problem)"
        case .vendor(let problem): "who made the core: \(problem)"
        case .circle(let names): "the cores would carry each other in a circle: \(names.map(\.quoted).joined(separator: ", "))"
        }
    }
}

/// What is said about cores, as it is read by following who carries whom.
struct CoreFacts {
    struct Stated: Equatable {
        var carrier: String?
        var vendor: String?
        var said: NetworkFacts.Said
    }

    /// The core that carries an operator.
    struct Found: Equatable {
        /// A PLMN of the inventory, or a name in lower case.
        var key: String
        var name: String
        /// Nil when nobody says it.
        var vendor: String?
        /// Whether somebody says whose core it is, to the last link.
        var isKnown: Bool
    }

    /// By PLMN.
    var stated: [String: Stated]
    private var byPLMN: [String: OperatorRef] = [:]
    /// Names in lower case, without those that two operators have.
    private var byName: [String: OperatorRef] = [:]

    init(_ stated: [String: Stated], _ operators: [OperatorRef]) {
        self.stated = stated
        var shared: Set<String> = []
        for reference in operators where !reference.plmn.isEmpty {
            byPLMN[reference.plmn] = reference
            let name = reference.name.lowercased()
            if byName.updateValue(reference, forKey: name) != nil { shared.insert(name) }
        }
        for name in shared { byName[name] = nil }
    }

    static func label(_ reference: OperatorRef) -> String {
        reference.name == reference.plmn ? reference.plmn : "\(reference.name) (\(reference.plmn))"
    }

    func reference(_ plmn: String) -> OperatorRef? { byPLMN[plmn] }

    /// The operator of the inventory that is meant by a PLMN or a name; nil when it is another one.
    func resolve(_ text: String) -> OperatorRef? { byPLMN[text] ?? byName[text.lowercased()] }

    /// Follows who carries whom from an operator on. The vendor is the one said nearest to the core's owner.
    func core(of plmn: String) -> Found {
        var current = plmn
        var vendor: String?
        var passed: Set<String> = [plmn]
        while true {
            let here = stated[current]
            vendor = here?.vendor ?? vendor
            let name = byPLMN[current].map(Self.label) ?? current
            guard let carrier = here?.carrier else { return Found(key: current, name: name, vendor: vendor, isKnown: false) }
            guard let next = resolve(carrier) else {
                return Found(key: carrier.lowercased(), name: carrier, vendor: vendor, isKnown: true)
            }
            guard next.plmn != current, passed.insert(next.plmn).inserted else {
                return Found(key: current, name: name, vendor: vendor, isKnown: true)
            }
            current = next.plmn
        }
    }

    /// The operators on the way in which cores would carry each other; nil when there is no circle.
    func circle(from plmn: String) -> [String]? {
        var way = [plmn]
        while let carrier = way.last.flatMap({ stated[$0]?.carrier }), let next = resolve(carrier)?.plmn, next != way.last {
            if way.contains(next) { return way + [next] }
            way.append(next)
        }
        return nil
    }
}
