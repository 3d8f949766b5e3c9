/// The generator SplitMix64 (Steele, Lea and Flood, 2014): eight bytes of state, the same numbers on every machine.
///
/// It decides what a laboratory does, so that a seed repeats a run. It is not fit for keys that guard anything.
public struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    public init(seed: UInt64) {
        state = seed
    }

    /// A generator of its own for one part of a laboratory: the same seed and part give the same numbers, whatever the
    /// other parts draw.
    public init(seed: UInt64, part: UInt64) {
        var mixer = SplitMix64(seed: seed ^ (part &+ 1) &* 0xD6E8_FEB8_6659_FD93)
        state = mixer.next()
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// The next number in 0 ..< 1.
    public mutating func unit() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// The next number in 0 ..< `bound`; 0 when the bound is not positive.
    public mutating func below(_ bound: Int) -> Int {
        bound > 0 ? Int(next() % UInt64(bound)) : 0
    }

    /// So many bytes.
    public mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: next() >> 24) }
    }
}
