extension ReachabilityTable {
    /// What one beacon proves, and what it changes.
    public struct Proof: Equatable, Sendable {
        public var device: UInt32
        /// Second in which it was heard.
        public var at: UInt32
        /// The profile it came through, and that profile's operator.
        public var slot: Slot
        public var `operator`: UInt16
        /// Operator of the primary profile.
        public var home: UInt16
        public var area: UInt16
        /// Why the card last moved.
        public var reason: UInt8
        /// As it was before this beacon.
        public var previousSlot: Slot
        public var previousState: State
        /// Second of the last proof before this one, through either profile; 0 for never.
        public var previousProof: UInt32
        /// The operator that did not deliver to the card when it last tried, when this beacon is the first to say so. Nil for other
        /// reasons to move, and when our own downtime may be the cause.
        public var blamed: UInt16?
        /// Second of the last proof through the blamed operator; 0 for never.
        public var blamedProof: UInt32

        /// The first beacon ever.
        public var isFirst: Bool { previousState == .never }
        /// It came through another profile than the one before.
        public var hasMoved: Bool { !isFirst && previousSlot != slot }
        /// The device was late or silent.
        public var isHeardAgain: Bool { previousState == .late || previousState == .silent }
        /// Something is worth telling: first heard, moved, or heard again.
        public var isChange: Bool { previousState != .reachable || previousSlot != slot }
    }

    /// A device that fell late or silent.
    public struct Change: Equatable, Sendable {
        public var device: UInt32
        public var from: State
        public var to: State
        /// Second of its last proof.
        public var lastProof: UInt32
        /// Operator of the profile it was last heard through.
        public var `operator`: UInt16
        public var area: UInt16
    }
}

/// Why a card moved, as far as the detector cares: `MoveReason` of the beacon (docs/protocol.md).
enum Blame {
    static let noRegistration: UInt8 = 1
    static let rejected: UInt8 = 2
    static let bearerLost: UInt8 = 3
    static let dataPathDead: UInt8 = 4
    static let trialFailed: UInt8 = 8

    /// Blaming reasons in the order in which a ``Cell`` counts them.
    static let reasons: [UInt8] = [noRegistration, rejected, bearerLost, dataPathDead, trialFailed]

    /// Place of a reason among ``reasons``; nil when it blames nobody.
    @inline(__always)
    static func index(_ reason: UInt8) -> Int? {
        switch reason {
        case 1...4: Int(reason) - 1
        case trialFailed: 4
        default: nil
        }
    }

    /// A silent responder looks the same to the card.
    static func mayBeOurs(_ reason: UInt8) -> Bool { reason == dataPathDead || reason == trialFailed }
}
