/// What a new file, or each record of it, is filled with.
enum FillPattern: Equatable, Sendable {
    /// The bytes, the last one repeated to the end (ETSI TS 102 222, 6.3.2.2.2, tag C1).
    case fill([UInt8])
    /// The bytes over and over (tag C2).
    case repeating([UInt8])
    /// A byte repeated up to the bytes at the end; only templates have this.
    case ending(UInt8, [UInt8])

    /// `size` bytes.
    func expanded(to size: Int) -> [UInt8] {
        switch self {
        case .fill(let bytes):
            return bytes.prefix(size) + [UInt8](repeating: bytes.last ?? 0xFF, count: max(0, size - bytes.count))
        case .repeating(let bytes):
            guard !bytes.isEmpty else { return [UInt8](repeating: 0xFF, count: size) }
            var result: [UInt8] = []
            result.reserveCapacity(size)
            while result.count < size { result += bytes.prefix(size - result.count) }
            return result
        case .ending(let byte, let end):
            return ([UInt8](repeating: byte, count: max(0, size - end.count)) + end).prefix(size) + []
        }
    }
}
