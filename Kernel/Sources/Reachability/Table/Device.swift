extension ReachabilityTable {
    /// One of the two profiles of a card. Raw values as in the beacon.
    public enum Slot: UInt8, Equatable, Sendable {
        case primary = 0
        case backup = 1

        /// The profile that is not this one.
        @inlinable
        public var other: Slot { self == .primary ? .backup : .primary }
    }

    /// Whether a device is heard from as it should be.
    public enum State: UInt8, Equatable, Sendable, CaseIterable {
        /// No proof yet.
        case never = 0
        /// Heard from within what it owes.
        case reachable = 1
        /// A beacon or two are missing.
        case late = 2
        /// Nothing for too long.
        case silent = 3
    }

    /// What the inventory knows about a device.
    public struct Device: Equatable, Sendable {
        /// Operator of the primary profile, below ``ReachabilityTable/operatorLimit``.
        public var primary: UInt16
        /// Operator of the backup profile; nil for a card with one profile.
        public var backup: UInt16?
        /// Seconds between beacons while all is well, in ``ReachabilityTable/intervals``.
        public var interval: UInt32
        /// Where it stands. 0 is "not known" and is never judged as a place.
        public var area: UInt16
        public var product: UInt16
        public var country: UInt16
        public var firmware: UInt16
        /// One bit for each tag.
        public var tags: UInt64

        public init(
            primary: UInt16, backup: UInt16? = nil, interval: UInt32, area: UInt16 = 0, product: UInt16 = 0,
            country: UInt16 = 0, firmware: UInt16 = 0, tags: UInt64 = 0
        ) {
            self.primary = primary
            self.backup = backup
            self.interval = interval
            self.area = area
            self.product = product
            self.country = country
            self.firmware = firmware
            self.tags = tags
        }
    }

    /// What is known of a device from its beacons: what a store keeps and gives back after a restart.
    public struct Standing: Equatable, Sendable {
        /// The profile it was last heard through.
        public var slot: Slot
        /// Second of the last beacon through each profile; 0 for never.
        public var primaryProof: UInt32
        public var backupProof: UInt32
        /// Why it last moved, as the beacon says it.
        public var reason: UInt8
        /// How often it has moved, as the card counts.
        public var moves: UInt32

        public init(slot: Slot, primaryProof: UInt32, backupProof: UInt32, reason: UInt8 = 0, moves: UInt32 = 0) {
            self.slot = slot
            self.primaryProof = primaryProof
            self.backupProof = backupProof
            self.reason = reason
            self.moves = moves
        }
    }

    /// Why a device cannot be in the table.
    public enum EnrolmentError: Error, Equatable, Sendable {
        /// An operator id is not below `limit`.
        case operatorTooLarge(came: UInt16, limit: UInt16)
        /// The expected interval is outside `expected`.
        case intervalOutOfRange(came: UInt32, expected: ClosedRange<UInt32>)
        /// The table holds `limit` devices.
        case full(limit: Int)
        /// No device has this id, or it was removed.
        case unknownDevice(UInt32)
    }
}
