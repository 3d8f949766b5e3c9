extension ReachabilityTable {
    /// Devices that have something in common. What is nil does not restrict.
    public struct Slice: Equatable, Sendable {
        public var product: UInt16?
        public var country: UInt16?
        public var firmware: UInt16?
        public var area: UInt16?
        /// Operator of the profile it was last heard through.
        public var `operator`: UInt16?
        /// Operator of the primary profile.
        public var home: UInt16?
        public var slot: Slot?
        public var state: State?
        /// All of these bits.
        public var tags: UInt64 = 0

        public init() {}

        /// Every device.
        public static let all = Slice()
    }

    /// How many devices of a slice were heard.
    public struct Reach: Equatable, Sendable {
        public var heard: Int
        public var devices: Int
    }

    /// What ``ReachabilityTable/tally(by:within:_:_:)`` counts by.
    public enum Concept: Equatable, Sendable, CaseIterable {
        /// Everything in one count, at place 0.
        case whole
        case product, country, firmware, area
        /// Operator of the profile it was last heard through.
        case `operator`
        /// Operator of the primary profile.
        case home
        /// Operator of the profile it was last heard through, times two, plus the slot.
        case carrier
        /// The bit of a tag; a device counts once for each of its tags.
        case tag
    }

    /// Devices of one value of a concept.
    public struct Tally: Equatable, Sendable {
        public var devices = 0
        /// Heard within the first and the second span.
        public var heardFirst = 0
        public var heardSecond = 0
        public var reachable = 0
        public var late = 0
        public var silent = 0
        public var never = 0

        public init() {}

        mutating func count(_ state: State, last: UInt32, since: (UInt32, UInt32)) {
            devices += 1
            if last != 0, last >= since.0 { heardFirst += 1 }
            if last != 0, last >= since.1 { heardSecond += 1 }
            switch state {
            case .never: never += 1
            case .reachable: reachable += 1
            case .late: late += 1
            case .silent: silent += 1
            }
        }
    }
}
