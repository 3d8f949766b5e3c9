/// How many beacons came through each operator in each of the last minutes. Kept in memory only.
struct BeaconSeries {
    /// Minutes that are kept.
    static let minutes = 120

    private var counts: [UInt16: [UInt32]] = [:]
    private var newest: Int64 = 0

    mutating func count(_ beacons: Int, of operatorID: UInt16, at now: UTCInstant) {
        let minute = now.milliseconds / 60_000
        advance(to: minute)
        guard minute > newest - Int64(Self.minutes), minute >= 0 else { return }
        counts[operatorID, default: [UInt32](repeating: 0, count: Self.minutes)][Int(minute % Int64(Self.minutes))] += UInt32(
            clamping: beacons)
    }

    /// The last 120 minutes up to the one of `now`, the oldest first.
    func values(of operatorID: UInt16, at now: UTCInstant) -> [Int] {
        let minute = now.milliseconds / 60_000
        guard let kept = counts[operatorID] else { return [Int](repeating: 0, count: Self.minutes) }
        return (0..<Int64(Self.minutes)).map { back in
            let wanted = minute - Int64(Self.minutes) + 1 + back
            guard wanted >= 0, wanted <= newest, wanted > newest - Int64(Self.minutes) else { return 0 }
            return Int(kept[Int(wanted % Int64(Self.minutes))])
        }
    }

    private mutating func advance(to minute: Int64) {
        guard minute > newest else { return }
        let steps = min(minute - newest, Int64(Self.minutes))
        for operatorID in counts.keys {
            for step in 0..<steps { counts[operatorID]?[Int((minute - step) % Int64(Self.minutes))] = 0 }
        }
        newest = minute
    }
}
