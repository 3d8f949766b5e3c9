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

    /// Devices heard through other operators in the later half of the time since `start`.
    func heardElsewhere(_ rank: Int, since start: UInt32) -> UInt32 {
        heard(all, since: start) &- heard(operators[rank], since: start)
    }

    /// The window in which to listen for what speaks for an operator: as wide as that of the failures, and back to the last
    /// moment at which the failing devices were still heard, so that devices which speak seldom are not outvoted.
    func window(_ window: Int, since start: UInt32) -> Int {
        max(window, start == 0 ? 0 : Cell.widest(within: now - min(start, now)) ?? 0)
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
    /// Latest proof through the operator among the devices that fail, and by anyone.
    var proof: UInt32 = 0
    var newest: UInt32 = 0
    /// Earliest second in which one of them showed it.
    var sign: UInt32 = .max
    /// The area it is about; 0 for none.
    var area: UInt16 = 0

    /// When it began, as far as the devices tell. An operator that stopped stopped with its last proof; one that still carries some
    /// stopped for the others when the first of them showed it; and never before one of those that fail was last carried.
    var start: UInt32 { max(proof, min(newest, sign)) }

    var failing: UInt32 { moved &+ quiet }

    init() {}

    /// All that a cell tells in one window.
    init(_ cell: Cell, _ window: Int) {
        addPresence(cell)
        addMoved(cell, window)
        addQuiet(cell, window)
        heard = cell.carried[window]
    }

    mutating func addMoved(_ cell: Cell, _ window: Int) {
        moved &+= cell.left(window)
        proof = max(proof, cell.movedProof[window])
        sign = min(sign, cell.movedSign[window])
    }

    mutating func addQuiet(_ cell: Cell, _ window: Int) {
        quiet &+= cell.quiet[window]
        proof = max(proof, cell.quietProof[window])
        sign = min(sign, cell.quietSign[window])
    }

    /// Who is there, or would be.
    mutating func addPresence(_ cell: Cell) {
        movable &+= cell.movable &+ cell.left(Cell.windows - 1)
        population &+= Ledger.population(cell)
        newest = max(newest, cell.newest)
    }

    mutating func add(_ other: Finding) {
        moved &+= other.moved
        quiet &+= other.quiet
        heard &+= other.heard
        movable &+= other.movable
        population &+= other.population
        proof = max(proof, other.proof)
        newest = max(newest, other.newest)
        sign = min(sign, other.sign)
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
