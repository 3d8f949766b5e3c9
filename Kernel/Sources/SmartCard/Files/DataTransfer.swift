/// A data object on its way between terminal and card in several commands (TS 102 221, clause 11.3.0). It lives in RAM and belongs to
/// one logical channel: what SET DATA has brought is in the file when all of it is there, and not before.
struct DataTransfer: Equatable, Sendable {
    enum Direction {
        case retrieving
        case setting
    }

    let direction: Direction
    /// The tag, length and value: all of it when retrieving, what has come when setting.
    var bytes: [UInt8]
    /// How many bytes the object has.
    let size: Int
    /// Where the next block begins, and where the last one began.
    private(set) var position = 0
    private(set) var previous = 0

    /// An object that goes to the terminal, from its first byte on.
    init(retrieving bytes: [UInt8]) {
        direction = .retrieving
        self.bytes = bytes
        size = bytes.count
    }

    /// An object that comes from the terminal, of which the first block is here.
    init(setting first: [UInt8], size: Int) {
        direction = .setting
        bytes = first
        self.size = size
        position = first.count
    }

    var left: Int { size - position }

    /// Goes back to the block before.
    mutating func back() {
        position = previous
        if direction == .setting { bytes.removeLast(bytes.count - position) }
    }

    /// Hands over the next block of the object that is being retrieved.
    mutating func take(_ count: Int) -> Range<Int> {
        previous = position
        position += min(count, left)
        return previous..<position
    }

    /// Takes the next block of the object that is being set. False when it is longer than what is missing.
    mutating func add(_ block: ArraySlice<UInt8>) -> Bool {
        guard block.count <= left else { return false }
        previous = position
        bytes.append(contentsOf: block)
        position += block.count
        return true
    }
}

/// Which part of a data object a command is about, in P2 (TS 102 221, table 11.35).
enum DataBlock {
    case first(shortIdentifier: UInt8)
    case next
    /// The block of the command before, once more.
    case previous

    init?(_ p2: UInt8) {
        switch p2 {
        case 0x80...0x9E: self = .first(shortIdentifier: p2 & 0x1F)
        case 0x00: self = .next
        case 0xC0: self = .previous
        default: return nil
        }
    }
}
