/// What one scan counted, added up for the questions that the detector asks.
struct Ledger {
    let now: UInt32
    let keys: [CellIndex.Key]
    /// By cell, cumulated over ages.
    let cells: [Cell]
    /// By the operator's rank: its cells and their sum.
    private(set) var members: [[Int]]
    private(set) var operators: [Cell]
    let ids: [UInt16]
    /// By area that is not 0 and in which somebody is quiet: its cells and their sum.
    private(set) var areas: [UInt16: (members: [Int], sum: Cell)] = [:]
    private(set) var all = Cell()

    init(_ table: borrowing ReachabilityTable, _ now: UInt32) {
        self.now = now
        keys = table.cells.keys
        ids = table.cells.operators
        cells = table.census.map(\.cumulated)
        members = Array(repeating: [], count: ids.count)
        operators = Array(repeating: Cell(), count: ids.count)
        for (index, cell) in cells.enumerated() {
            let key = keys[index]
            members[Int(key.rank)].append(index)
            operators[Int(key.rank)] += cell
            all += cell
            if key.area != 0 && cell.quiet[Cell.windows - 1] > 0 { areas[key.area] = ([], Cell()) }
        }
        guard !areas.isEmpty else { return }
        for (index, cell) in cells.enumerated() where areas[keys[index].area] != nil {
            areas[keys[index].area]?.members.append(index)
            areas[keys[index].area]?.sum += cell
        }
    }

    /// Devices heard in the later half of the time since `start`: what was last heard at `start` owed something by then.
    func heard(_ cell: Cell, since start: UInt32) -> UInt32 {
        guard let window = Cell.widest(within: (now - min(start, now)) / 2) else { return 0 }
        return cell.carried[window]
    }

    /// Devices that depend on what a cell counts: carried, or quiet since not too long, or left since not too long.
    static func population(_ cell: Cell) -> UInt32 {
        cell.carried[Cell.windows] &+ cell.quiet[Cell.windows - 1] &+ cell.left(Cell.windows - 1)
    }

    /// What silence in a cell is worth.
    enum Silence {
        /// Others are heard where these devices are.
        case controlled
        /// Others are there, and are not heard either.
        case contradicted
        /// Nobody else is there to be heard.
        case unverifiable
    }

    func silence(_ index: Int, _ window: Int, controlCount: UInt32) -> Silence {
        let cell = cells[index]
        let key = keys[index]
        let start = cell.quietProof[window]
        guard key.area != 0, let area = areas[key.area] else {
            let others = heard(all, since: start) &- heard(operators[Int(key.rank)], since: start)
            return others >= controlCount ? .controlled : .unverifiable
        }
        // Who moved away and says so has power, in that very place.
        if cell.left(window) >= controlCount { return .controlled }
        if heard(area.sum, since: start) &- heard(cell, since: start) >= controlCount { return .controlled }
        return Ledger.population(area.sum) &- Ledger.population(cell) >= controlCount ? .contradicted : .unverifiable
    }
}

/// The evidence for and against one scope within one window.
struct Finding {
    var moved: UInt32 = 0
    var quiet: UInt32 = 0
    var heard: UInt32 = 0
    var movable: UInt32 = 0
    var population: UInt32 = 0
    /// Latest proof through the operator among the devices that fail.
    var start: UInt32 = 0

    var failing: UInt32 { moved &+ quiet }

    mutating func add(_ cell: Cell, _ window: Int, quiet counted: Bool) {
        moved &+= cell.left(window)
        start = max(start, cell.movedProof[window])
        if counted {
            quiet &+= cell.quiet[window]
            start = max(start, cell.quietProof[window])
        }
        addPresence(cell, window)
    }

    /// Only what speaks for the operator, and who is there.
    mutating func addPresence(_ cell: Cell, _ window: Int) {
        heard &+= cell.carried[window]
        movable &+= cell.movable &+ cell.left(Cell.windows - 1)
        population &+= Ledger.population(cell)
    }

    /// At least `count`, `homed` hundredths of those that depend on it, and `share` hundredths of those that tell anything.
    func fails(count: UInt32, homed: UInt32, share: UInt32) -> Bool {
        let few = moved < max(count, Finding.part(homed, of: movable))
        if few && failing < max(count, Finding.part(homed, of: population)) { return false }
        return isShare(share)
    }

    func isShare(_ share: UInt32) -> Bool {
        failing > 0 && UInt64(failing) * 100 >= UInt64(share) * (UInt64(failing) + UInt64(heard))
    }

    /// `share` hundredths of `whole`, rounded up.
    static func part(_ share: UInt32, of whole: UInt32) -> UInt32 {
        UInt32(clamping: (UInt64(whole) * UInt64(share) + 99) / 100)
    }
}
