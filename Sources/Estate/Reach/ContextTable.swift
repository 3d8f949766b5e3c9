import Beacon

/// What one responder shares with every card: the keys and the replay window, by device id; 64 bytes each.
struct ContextTable {
    private(set) var keys: [SecurityKeys] = []
    private(set) var windows: [ReplayWindow] = []

    var count: Int { keys.count }

    /// Bytes held.
    var bytes: Int { keys.capacity * MemoryLayout<SecurityKeys>.stride + windows.capacity * MemoryLayout<ReplayWindow>.stride }

    mutating func reserve(_ capacity: Int) {
        keys.reserveCapacity(capacity)
        windows.reserveCapacity(capacity)
    }

    mutating func append(_ keys: SecurityKeys, _ window: ReplayWindow) {
        self.keys.append(keys)
        windows.append(window)
    }

    mutating func replace(_ id: UInt32, _ keys: SecurityKeys, _ window: ReplayWindow) {
        guard Int(id) < count else { return }
        self.keys[Int(id)] = keys
        windows[Int(id)] = window
    }

    mutating func set(_ window: ReplayWindow, of id: UInt32) { windows[Int(id)] = window }

    func context(of id: UInt32, card: CardNumber) -> SecurityContext? {
        guard Int(id) < count else { return nil }
        return BeaconServer.context(for: card, keys: keys[Int(id)], window: windows[Int(id)])
    }
}
