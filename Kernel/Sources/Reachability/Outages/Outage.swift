/// An outage that was inferred from what many devices did.
public struct Outage: Equatable, Sendable {
    public var id: Int64
    public var scope: Scope
    /// Second in which the operator last delivered to any of the devices that showed the outage: when it began, as estimated.
    public var began: UInt32
    public var detected: UInt32
    /// Now, and at the worst moment.
    public var affected: Affected
    public var peak: Affected
    /// Devices that depended on the operator there when the outage was detected.
    public var population: UInt32
    /// The most frequent reason that cards gave for leaving (`MoveReason`); 0 when silence is the evidence.
    public var reason: UInt8
    /// Devices that were failing there before, and do not count.
    public var background: Affected

    public init(
        id: Int64, scope: Scope, began: UInt32, detected: UInt32, affected: Affected, peak: Affected, population: UInt32,
        reason: UInt8, background: Affected
    ) {
        self.id = id
        self.scope = scope
        self.began = began
        self.detected = detected
        self.affected = affected
        self.peak = peak
        self.population = population
        self.reason = reason
        self.background = background
    }
}

extension Outage {
    /// How far an outage reaches.
    public enum Scope: Equatable, Sendable {
        /// An operator as a whole.
        case network(UInt16)
        /// An operator in one area; elsewhere it carries.
        case area(UInt16, area: UInt16)
        /// An operator refuses some cards, in more than one place, and carries others.
        case subscriptions(UInt16)
        /// All is silent in one place and nothing there shows that an operator is to blame: power, or devices switched off.
        case place(UInt16)
        /// Nobody at all is heard: as far as we can tell the fault is our own.
        case responder

        /// The operator that is blamed.
        public var `operator`: UInt16? {
            switch self {
            case .network(let id), .area(let id, _), .subscriptions(let id): id
            case .place, .responder: nil
            }
        }

        /// The area that it is confined to.
        public var area: UInt16? {
            switch self {
            case .area(_, let area), .place(let area): area
            case .network, .subscriptions, .responder: nil
            }
        }

        /// Distinct for each scope: operator ids are below ``ReachabilityTable/operatorLimit``, which leaves room above.
        var key: UInt32 {
            switch self {
            case .network(let id): UInt32(id) << 16
            case .area(let id, let area): UInt32(id) << 16 | UInt32(area)
            case .subscriptions(let id): UInt32(id | 0x8000) << 16
            case .place(let area): 0xFFFF_0000 | UInt32(area)
            case .responder: 0xFFFE_0000
            }
        }
    }

    /// Devices that an outage affects.
    public struct Affected: Equatable, Sendable {
        /// They left the operator and say that it is why.
        public var moved: UInt32
        /// Last heard through it, and late or silent.
        public var silent: UInt32

        public init(moved: UInt32, silent: UInt32) {
            self.moved = moved
            self.silent = silent
        }

        public var total: UInt32 { moved &+ silent }

        static func - (left: Affected, right: Affected) -> Affected {
            Affected(moved: left.moved - min(left.moved, right.moved), silent: left.silent - min(left.silent, right.silent))
        }
    }

    /// Why an outage is over.
    public enum Ending: Equatable, Sendable {
        /// Enough devices are back through the operator, and stayed.
        case recovered
        /// Too few still fail for it to be one, and nothing new came.
        case faded
        /// It is part of a wider one.
        case merged(into: Int64)
        /// Of a place, or of our own: devices are heard again.
        case heardAgain
        /// Somebody said so.
        case closed
    }
}
