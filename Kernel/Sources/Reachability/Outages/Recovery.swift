/// What is known about the end of an open outage.
struct Recovery: Sendable {
    /// Devices remembered one by one; more are not needed to decide.
    static let limit = 4_096

    /// How long the operator must carry the devices that are back.
    var hold: UInt32
    /// Second of the first proof of this attempt at recovery; 0 while there is none.
    var since: UInt32 = 0
    /// Second of the last proof by a device that is back.
    var lastProof: UInt32 = 0
    /// Devices that are back, and those that came back or tried and were lost again, in this attempt.
    var returned: Set<UInt32> = []
    var lost: Set<UInt32> = []
    /// People were told about this attempt.
    var told = false
    /// Second in which the outage last showed itself in a device.
    var lastFailure: UInt32

    /// A device is back through the operator.
    mutating func returned(_ device: UInt32, _ at: UInt32) {
        guard !lost.contains(device) else { return }
        if since == 0 { since = at }
        lastProof = max(lastProof, at)
        if returned.count < Recovery.limit { returned.insert(device) }
    }

    /// It was heard again through the operator.
    mutating func stayed(_ device: UInt32, _ at: UInt32) {
        if returned.contains(device) { lastProof = max(lastProof, at) }
    }

    /// It tried and did not stay.
    mutating func lost(_ device: UInt32) {
        guard since != 0 else { return }
        returned.remove(device)
        if lost.count < Recovery.limit { lost.insert(device) }
    }

    /// Forgets the attempt.
    mutating func restart() {
        since = 0
        lastProof = 0
        returned = []
        lost = []
        told = false
    }
}
