/// What the devices of one operator in one area tell, by age: a bucket of a geometric scale each, so that "since when" can be
/// asked for eleven windows at the cost of one count.
struct Cell: Sendable {
    typealias Buckets = InlineArray<12, UInt32>

    /// Windows that ``Cell/cumulated`` answers for; what is older than the last is in bucket 11.
    static let windows = 11

    /// Devices that the operator carries and that owe nothing, by age of their last proof.
    var carried = Buckets(repeating: 0)
    /// Devices last heard through it that are late or silent, by the time since they fell late.
    var quiet = Buckets(repeating: 0)
    /// Latest proof among those, and the earliest second in which one of them owed a beacon that was not heard.
    var quietProof = Buckets(repeating: 0)
    var quietSign = Buckets(repeating: .max)
    /// Devices that left it and blame it, by reason (``Blame/reasons``) and the time since they said so.
    var moved = InlineArray<5, Buckets>(repeating: Buckets(repeating: 0))
    /// Latest proof through it among those, and the earliest second in which one of them said so.
    var movedProof = Buckets(repeating: 0)
    var movedSign = Buckets(repeating: .max)
    /// Latest proof through the operator by anyone.
    var newest: UInt32 = 0
    /// Devices at home here whose enabled profile is another operator's.
    var away: UInt32 = 0
    /// Devices carried here, or quiet, that have another profile to go to.
    var movable: UInt32 = 0

    /// Bucket of an age in seconds: 0 below 8 s, then one for each doubling.
    @inline(__always)
    static func bucket(_ age: UInt32) -> Int {
        min(windows, max(0, 29 - age.leadingZeroBitCount))
    }

    /// Seconds that window `index` covers: ages below this.
    @inline(__always)
    static func span(_ index: Int) -> UInt32 { 8 << UInt32(index) }

    /// The widest window within `seconds`; nil when even the narrowest is wider.
    static func widest(within seconds: UInt32) -> Int? {
        seconds < 8 ? nil : min(windows - 1, 28 - seconds.leadingZeroBitCount)
    }

    /// Each count is that of its bucket and all younger ones; the last is the total.
    var cumulated: Cell {
        var sum = self
        for index in 1...Cell.windows {
            sum.carried[index] &+= sum.carried[index - 1]
            sum.quiet[index] &+= sum.quiet[index - 1]
            sum.quietProof[index] = max(sum.quietProof[index], sum.quietProof[index - 1])
            sum.movedProof[index] = max(sum.movedProof[index], sum.movedProof[index - 1])
            sum.quietSign[index] = min(sum.quietSign[index], sum.quietSign[index - 1])
            sum.movedSign[index] = min(sum.movedSign[index], sum.movedSign[index - 1])
            for reason in 0..<5 { sum.moved[reason][index] &+= sum.moved[reason][index - 1] }
        }
        return sum
    }

    /// The counts of two cells together.
    static func += (left: inout Cell, right: Cell) {
        for index in 0...windows {
            left.carried[index] &+= right.carried[index]
            left.quiet[index] &+= right.quiet[index]
            left.quietProof[index] = max(left.quietProof[index], right.quietProof[index])
            left.movedProof[index] = max(left.movedProof[index], right.movedProof[index])
            left.quietSign[index] = min(left.quietSign[index], right.quietSign[index])
            left.movedSign[index] = min(left.movedSign[index], right.movedSign[index])
            for reason in 0..<5 { left.moved[reason][index] &+= right.moved[reason][index] }
        }
        left.newest = max(left.newest, right.newest)
        left.away &+= right.away
        left.movable &+= right.movable
    }

    /// Devices that left, whatever the reason, in bucket or window `index`.
    func left(_ index: Int) -> UInt32 {
        moved[0][index] &+ moved[1][index] &+ moved[2][index] &+ moved[3][index] &+ moved[4][index]
    }
}
