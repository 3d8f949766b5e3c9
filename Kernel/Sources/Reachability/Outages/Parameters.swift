extension OutageDetector {
    /// Every threshold of the inference. Shares are in hundredths, times in seconds.
    public struct Parameters: Equatable, Sendable {
        /// Devices that must show a failure before it can be an outage; at least 2.
        public var minimumCount: UInt32 = 3
        /// And so many of the devices that the operator carried there: of those with a backup when all of them moved, of all otherwise.
        public var homedShare: UInt32 = 10
        /// And so many of those that told us anything, good or bad, in the time looked at.
        public var share: UInt32 = 30
        /// Of the devices that tell anything, so many must stand in areas where the operator fails, for the whole of it to fail.
        public var spreadShare: UInt32 = 60
        /// The same as `share`, within one area.
        public var areaShare: UInt32 = 50
        /// The same, for a place that went dark.
        public var placeShare: UInt32 = 80
        /// Devices rejected, of those that could move, while others are carried; in thousandths.
        public var subscriptionPermille: UInt32 = 5
        /// Devices heard through others that show that silence is not our own.
        public var controlCount: UInt32 = 2
        /// Beacons owed by reachable devices and not heard, when nobody at all is heard, before we call it our own fault.
        public var owedBeacons: UInt64 = 10
        /// The operator is not called healthy while more than this share of what its devices tell is bad.
        public var suspicionShare: UInt32 = 20
        /// Devices heard through an operator before it can be called healthy.
        public var healthyCount: UInt32 = 3

        /// Distinct devices that must be back through the operator before its outage can end.
        public var recoveryCount: Int = 3
        /// And so long it must have carried them.
        public var recoveryHold: UInt32 = 120
        /// Doubles with each recovery that fails, up to this.
        public var recoveryHoldLimit: UInt32 = 1_800
        /// A recovery fails when more than this share of those that tried were lost again.
        public var relapseShare: UInt32 = 34
        /// An outage within this time of the last one's end is the same trouble: the hold goes on growing.
        public var flapMemory: UInt32 = 7_200
        /// An outage fades when fewer than this share of what is told is still bad, and nothing new came for the hold.
        public var fadeShare: UInt32 = 15

        /// What the operator, or our agreement with it, bears.
        public var registrationsPerSecond: UInt32 = 50
        /// Bounds of the return window.
        public var shortestReturn: UInt32 = 10
        public var longestReturn: UInt32 = 7_200
        /// Share of the devices that are away which go on trying by themselves during an outage ...
        public var canaryShare: UInt32 = 2
        /// ... but at least so many ...
        public var canaryCount: UInt32 = 12
        /// ... chosen anew after each such time.
        public var canaryTurn: UInt32 = 3_600

        public init() {}

        public static let standard = Parameters()
    }
}
