/// An input as a target takes it apart. It never ends in an error: what is missing is taken as less.
struct Input {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isEmpty: Bool { position == bytes.count }

    mutating func byte() -> UInt8 { take(1).first ?? 0 }

    mutating func number(_ size: Int) -> UInt64 { take(size).reduce(0) { $0 << 8 | UInt64($1) } }

    mutating func take(_ count: Int) -> [UInt8] {
        let end = min(position + count, bytes.count)
        defer { position = end }
        return Array(bytes[position..<end])
    }

    mutating func rest() -> [UInt8] { take(bytes.count - position) }
}
