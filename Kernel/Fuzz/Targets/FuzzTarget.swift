/// What is fuzzed: one reader of bytes that come from anybody, and what must hold whatever they are.
///
/// A target is a function of its input alone, so that an input repeats what it found: under libFuzzer (`Scripts/fuzz`), and in an
/// ordinary test that replays the corpora and what was found (`FindingsTests`).
public enum FuzzTarget: String, CaseIterable, Sendable {
    /// A personalised card and what a terminal sends it.
    case apdus
    /// A card's memory: image and journal.
    case images
    /// An operator's profile package, and the profile that is made of it.
    case packages
    /// Secured packets, short messages, and scripts for remote management.
    case packets
    /// STORE DATA to the ISD-R.
    case euicc
    /// Beacons: CoAP, OSCORE, CBOR, on either side.
    case beacons

    /// Runs it on one input.
    ///
    /// - Throws: ``Finding`` when something does not hold; any other error is one that no reader should have thrown. That nothing traps and nothing hangs is for the caller to see.
    public func run(_ input: [UInt8]) throws {
        switch self {
        case .apdus: try APDUStream.run(input)
        case .images: try Images.run(input)
        case .packages: try Packages.run(input)
        case .packets: try Packets.run(input)
        case .euicc: try StoreDataStream.run(input)
        case .beacons: try Beacons.run(input)
        }
    }

    /// Inputs to begin with, that reach deep: sessions, sealed packets, and so on. Others lie in `Fuzz/Corpus`.
    public var seeds: [[UInt8]] {
        switch self {
        case .apdus: APDUStream.seeds
        case .images: Images.seeds
        case .packages: []
        case .packets: Packets.seeds
        case .euicc: StoreDataStream.seeds
        case .beacons: Beacons.seeds
        }
    }
}

/// Something that must hold did not.
public struct Finding: Error, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}

/// Throws unless it holds.
func hold(_ condition: Bool, _ description: @autoclosure () -> String) throws {
    if !condition { throw Finding(description()) }
}
