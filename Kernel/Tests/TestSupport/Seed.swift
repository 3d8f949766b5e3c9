/// SplitMix64 (Steele, Lea and Flood, 2014): a test prints its seed, and repeats exactly with the same one.
public struct Seed: RandomNumberGenerator {
    private var state: UInt64

    public init(_ seed: UInt64) {
        state = seed
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    public mutating func bytes(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        while bytes.count < count { bytes.append(UInt8(truncatingIfNeeded: next() >> 32)) }
        return bytes
    }

    /// A number from 0 to `bound` - 1.
    public mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    /// Another seed each time, printed with the test's name.
    public static func fresh(_ test: String = #function) -> Seed {
        let value = UInt64.random(in: 0...UInt64.max)
        print("seed of \(test): \(value)")
        return Seed(value)
    }
}
