/// Finds a device by its card's number: open addressing over dense ids, at most half full, four bytes a place.
///
/// The card numbers themselves are kept by id, so that a place of the index needs no copy of its key.
struct CardIndex {
    private(set) var numbers: [UInt64] = []
    private var places: [UInt32] = []
    private var mask = 0

    private static let vacant = UInt32.max

    /// How many devices there are.
    var count: Int { numbers.count }

    /// Bytes held for the ids and the index.
    var bytes: Int { numbers.capacity * MemoryLayout<UInt64>.stride + places.capacity * MemoryLayout<UInt32>.stride }

    /// Makes room for so many devices at once.
    mutating func reserve(_ capacity: Int) {
        numbers.reserveCapacity(capacity)
        rebuild(for: capacity)
    }

    /// Appends the card of the next id.
    mutating func append(_ number: UInt64) {
        numbers.append(number)
        if numbers.count * 2 > places.count { rebuild(for: numbers.count) } else { insert(UInt32(numbers.count - 1)) }
    }

    /// Gives devices other cards. The index is made anew, because open addressing does not forget.
    mutating func replace(_ changes: [(id: UInt32, number: UInt64)]) {
        guard !changes.isEmpty else { return }
        for change in changes where Int(change.id) < numbers.count { numbers[Int(change.id)] = change.number }
        rebuild(for: numbers.count)
    }

    /// The device that has the card.
    func id(of number: UInt64) -> UInt32? {
        guard mask > 0 else { return nil }
        var place = Self.scatter(number) & mask
        while true {
            let id = places[place]
            if id == Self.vacant { return nil }
            if numbers[Int(id)] == number { return id }
            place = (place + 1) & mask
        }
    }

    private mutating func insert(_ id: UInt32) {
        var place = Self.scatter(numbers[Int(id)]) & mask
        while places[place] != Self.vacant { place = (place + 1) & mask }
        places[place] = id
    }

    private mutating func rebuild(for capacity: Int) {
        var size = 16
        while size < capacity * 2 { size *= 2 }
        if size > places.count { places = [] }
        places = [UInt32](repeating: Self.vacant, count: max(size, places.count))
        mask = places.count - 1
        for id in numbers.indices { insert(UInt32(id)) }
    }

    // Card numbers are often given in sequence: the finaliser of splitmix64 spreads them.
    private static func scatter(_ number: UInt64) -> Int {
        var value = number &+ 0x9E37_79B9_7F4A_7C15
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int(truncatingIfNeeded: value ^ (value >> 31))
    }
}
