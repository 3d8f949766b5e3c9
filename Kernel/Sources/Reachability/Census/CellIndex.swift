/// Numbers the pairs of operator and area that devices stand in, densely.
struct CellIndex: Sendable {
    struct Key: Equatable, Sendable {
        var `operator`: UInt16
        var area: UInt16
        /// Place of the operator in ``CellIndex/operators``.
        var rank: UInt16
    }

    /// Pairs with an area that are told apart; a device in a further one is counted with its operator's devices of unknown area.
    static let limit = 16_384
    /// Stands for "no such profile".
    static let none = UInt16.max

    private(set) var keys: [Key] = []
    private(set) var operators: [UInt16] = []
    private var index: [UInt32: UInt16] = [:]
    private var areas = 0

    static func key(_ operator: UInt16, _ area: UInt16) -> UInt32 { UInt32(`operator`) << 16 | UInt32(area) }

    /// The number of the pair, a new one when it is met for the first time.
    mutating func number(_ operator: UInt16, _ area: UInt16) -> UInt16 {
        if let known = index[CellIndex.key(`operator`, area)] { return known }
        if area != 0 {
            guard areas < CellIndex.limit else { return number(`operator`, 0) }
            areas += 1
        }
        let rank: UInt16
        if let known = index[CellIndex.key(`operator`, 0)] {
            rank = keys[Int(known)].rank
        } else {
            // An operator always has its cell of unknown area, so that the limit never leaves a device without one.
            rank = UInt16(truncatingIfNeeded: operators.count)
            operators.append(`operator`)
            append(Key(operator: `operator`, area: 0, rank: rank))
        }
        return area == 0 ? UInt16(truncatingIfNeeded: keys.count - 1) : append(Key(operator: `operator`, area: area, rank: rank))
    }

    @discardableResult
    private mutating func append(_ key: Key) -> UInt16 {
        let number = UInt16(truncatingIfNeeded: keys.count)
        keys.append(key)
        index[CellIndex.key(key.operator, key.area)] = number
        return number
    }
}
