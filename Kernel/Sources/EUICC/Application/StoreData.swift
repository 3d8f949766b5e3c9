/// Puts the blocks of STORE DATA together again (GlobalPlatform Card Specification, 11.11; GSMA SGP.22, 5.7.2). A command may be cut
/// anywhere.
public struct StoreData: Equatable, Sendable {
    /// The longest command in bytes.
    public static let longest = 4096

    private var collected: [UInt8] = []
    private var expected: Int = 0

    /// Why a block was not taken. What was collected is dropped: the sender has to start again with block 0.
    public enum Problem: Error, Equatable, Sendable {
        /// P1 is neither 11 (more blocks follow) nor 91 (the last block).
        case mode(p1: UInt8)
        /// P2 is not the number of the next block.
        case block(came: UInt8, expected: Int)
        /// The command would be longer than `StoreData.longest`.
        case length(Int)

        /// SW1 and SW2 to answer.
        public var statusWord: UInt16 {
            switch self {
            case .mode, .block: 0x6A86
            case .length: 0x6A84
            }
        }
    }

    public init() {}

    /// Drops what was collected: for a reset, and when another application is selected on the channel.
    public mutating func reset() { self = StoreData() }

    /// Takes one block; gives the whole command with the last one. Block 0 always starts a new command.
    public mutating func accept(p1: UInt8, p2: UInt8, data: ArraySlice<UInt8>) throws(Problem) -> [UInt8]? {
        guard p1 == 0x11 || p1 == 0x91 else {
            reset()
            throw .mode(p1: p1)
        }
        if p2 == 0 { reset() }
        guard Int(p2) == expected else {
            let wanted = expected
            reset()
            throw .block(came: p2, expected: wanted)
        }
        let length = collected.count + data.count
        guard length <= StoreData.longest else {
            reset()
            throw .length(length)
        }
        collected.append(contentsOf: data)
        expected += 1
        guard p1 == 0x91 else { return nil }
        defer { reset() }
        return collected
    }
}
