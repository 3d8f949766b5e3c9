/// Which devices are heard from, through which operator, and since when not: one row for each device, kept as columns.
///
/// Time is in whole seconds since an epoch that the caller chooses, and 0 means never. Ids are dense: ``add(_:)`` gives 0, 1, 2, ...
/// A beacon costs a few memory accesses. A copy of the table copies every column, so keep it in one place.
public struct ReachabilityTable: Sendable {
    /// Operator ids are below this.
    public static let operatorLimit: UInt16 = 4096
    /// Expected intervals in seconds: up to 31 days.
    public static let intervals: ClosedRange<UInt32> = 1...2_678_400
    /// Devices that fit.
    public static let limit = 1 << 26

    public let thresholds: Thresholds
    /// Devices enrolled and not removed.
    public private(set) var count = 0
    /// Second of the latest beacon from anyone; 0 for never.
    public private(set) var lastHeard: UInt32 = 0
    /// Second in which we listened again after our own downtime; 0 for never.
    public private(set) var resumedAt: UInt32 = 0
    /// Silence counts from here at the earliest.
    private var clockStart: UInt32 = 0
    /// Beacons a second that the reachable devices owe together, in millionths.
    private(set) var pace: UInt64 = 0
    /// What the last scan counted, by cell.
    private(set) var census: [Cell] = []
    private(set) var cells = CellIndex()

    /// Rows that fit without growing.
    private var reserved = 0
    private var flags: [Flags] = []
    private var reasons: [UInt8] = []
    private var moves: [UInt8] = []
    private var primaryCells: [UInt16] = []
    private var backupCells: [UInt16] = []
    private var areas: [UInt16] = []
    private var products: [UInt16] = []
    private var countries: [UInt16] = []
    private var firmwares: [UInt16] = []
    private var tags: [UInt64] = []
    private var intervals: [UInt32] = []
    private var primaryProofs: [UInt32] = []
    private var backupProofs: [UInt32] = []
    private var movedAts: [UInt32] = []
    /// The last second in which the state is still right; no scan has to look closer before.
    private var dues: [UInt32] = []

    public init(thresholds: Thresholds = .standard, capacity: Int = 0) {
        self.thresholds = thresholds
        reserve(min(max(capacity, 0), ReachabilityTable.limit))
    }

    /// Bytes of one row, all columns together.
    public static let bytesPerDevice =
        MemoryLayout<Flags>.stride + 2 * MemoryLayout<UInt8>.stride + 6 * MemoryLayout<UInt16>.stride
        + MemoryLayout<UInt64>.stride + 5 * MemoryLayout<UInt32>.stride

    /// Bytes that the columns and the census occupy, allocated but unused rows included.
    public var residentBytes: Int {
        var bytes = flags.capacity * MemoryLayout<Flags>.stride + reasons.capacity + moves.capacity
        for column in [primaryCells.capacity, backupCells.capacity, areas.capacity] { bytes += column * 2 }
        for column in [products.capacity, countries.capacity, firmwares.capacity] { bytes += column * 2 }
        for column in [intervals.capacity, primaryProofs.capacity, backupProofs.capacity] { bytes += column * 4 }
        bytes += movedAts.capacity * 4 + dues.capacity * 4 + tags.capacity * 8
        return bytes + census.capacity * MemoryLayout<Cell>.stride
    }
}

/// A row's slot, state and marks in one byte.
private struct Flags: Sendable {
    private var bits: UInt8 = 0

    static let absent = Flags()

    init() {}

    init(hasBackup: Bool) { bits = hasBackup ? 0b11_0000 : 0b10_0000 }

    @inline(__always) var isPresent: Bool { bits & 0b10_0000 != 0 }
    @inline(__always) var hasBackup: Bool {
        get { bits & 0b01_0000 != 0 }
        set { bits = newValue ? bits | 0b01_0000 : bits & ~0b01_0000 }
    }
    /// It left the other profile, and says that profile's operator is why.
    @inline(__always) var blames: Bool {
        get { bits & 0b1000 != 0 }
        set { bits = newValue ? bits | 0b1000 : bits & ~0b1000 }
    }
    /// It was late or silent before our own downtime: nothing new.
    @inline(__always) var isStale: Bool {
        get { bits & 0b100_0000 != 0 }
        set { bits = newValue ? bits | 0b100_0000 : bits & ~0b100_0000 }
    }
    @inline(__always) var state: ReachabilityTable.State {
        get { ReachabilityTable.State(rawValue: bits >> 1 & 0b11) ?? .never }
        set { bits = bits & ~0b110 | newValue.rawValue << 1 }
    }
    /// Present, and heard at least once.
    @inline(__always) var isKnown: Bool { bits & 0b110 != 0 }
    @inline(__always) var slot: ReachabilityTable.Slot {
        get { bits & 1 == 0 ? .primary : .backup }
        set { bits = bits & ~1 | newValue.rawValue }
    }
}

// MARK: Inventory

extension ReachabilityTable {
    /// Enrols a device that was never heard, and gives it the next id.
    public mutating func add(_ device: Device) throws(EnrolmentError) -> UInt32 {
        try check(device)
        guard flags.count < ReachabilityTable.limit else { throw .full(limit: ReachabilityTable.limit) }
        if flags.count == reserved { reserve(min(flags.count + flags.count / 4 + 1024, ReachabilityTable.limit)) }
        let id = UInt32(truncatingIfNeeded: flags.count)
        flags.append(Flags(hasBackup: device.backup != nil))
        reasons.append(0)
        moves.append(0)
        primaryCells.append(CellIndex.none)
        backupCells.append(CellIndex.none)
        areas.append(0)
        products.append(0)
        countries.append(0)
        firmwares.append(0)
        tags.append(0)
        intervals.append(device.interval)
        primaryProofs.append(0)
        backupProofs.append(0)
        movedAts.append(0)
        dues.append(.max)
        describe(Int(id), as: device)
        count += 1
        return id
    }

    /// Takes over what the inventory now says. Proofs stay, but those through a profile that changed its operator are dropped,
    /// and a device whose last proof is dropped counts as never heard.
    public mutating func update(_ id: UInt32, _ device: Device) throws(EnrolmentError) {
        try check(device)
        guard let row = row(id), let known = self.device(id) else { throw .unknownDevice(id) }
        let wasOn = flags[row].slot
        if flags[row].state == .reachable { pace &-= ReachabilityTable.share(intervals[row]) }
        if known.primary != device.primary { primaryProofs[row] = 0 }
        if known.backup != device.backup { backupProofs[row] = 0 }
        flags[row].hasBackup = device.backup != nil
        describe(row, as: device)
        if known.primary != device.primary || known.backup != device.backup { flags[row].blames = false }
        if lastProof(row, wasOn) == 0 {
            flags[row].state = .never
            flags[row].slot = .primary
            flags[row].blames = false
            primaryProofs[row] = 0
            backupProofs[row] = 0
            dues[row] = .max
        }
        if flags[row].state == .reachable { pace &+= ReachabilityTable.share(device.interval) }
        if flags[row].isKnown, flags[row].state != .silent {
            let base = max(lastProof(row, wasOn), clockStart)
            dues[row] =
                flags[row].state == .reachable
                ? thresholds.reachableUntil(base, interval: device.interval)
                : thresholds.lateUntil(base, interval: device.interval)
        }
    }

    /// Forgets a device. Its id is given again only by ``replace(_:_:)``.
    public mutating func remove(_ id: UInt32) throws(EnrolmentError) {
        guard let row = row(id) else { throw .unknownDevice(id) }
        if flags[row].state == .reachable { pace &-= ReachabilityTable.share(intervals[row]) }
        flags[row] = .absent
        dues[row] = .max
        count -= 1
    }

    /// Enrols a device, never heard, under an id that was given before.
    public mutating func replace(_ id: UInt32, _ device: Device) throws(EnrolmentError) {
        try check(device)
        guard Int(id) < flags.count else { throw .unknownDevice(id) }
        if row(id) != nil { try remove(id) }
        let row = Int(id)
        flags[row] = Flags(hasBackup: device.backup != nil)
        reasons[row] = 0
        moves[row] = 0
        primaryProofs[row] = 0
        backupProofs[row] = 0
        movedAts[row] = 0
        describe(row, as: device)
        count += 1
    }

    /// What the inventory said of a device; nil for an unknown id.
    public func device(_ id: UInt32) -> Device? {
        guard let row = row(id) else { return nil }
        return Device(
            primary: cells.keys[Int(primaryCells[row])].operator,
            backup: flags[row].hasBackup ? cells.keys[Int(backupCells[row])].operator : nil,
            interval: intervals[row], area: areas[row], product: products[row], country: countries[row],
            firmware: firmwares[row], tags: tags[row])
    }

    /// Whether the id is a device's.
    public func contains(_ id: UInt32) -> Bool { row(id) != nil }

    private func check(_ device: Device) throws(EnrolmentError) {
        guard ReachabilityTable.intervals.contains(device.interval) else {
            throw .intervalOutOfRange(came: device.interval, expected: ReachabilityTable.intervals)
        }
        let largest = max(device.primary, device.backup ?? 0)
        guard largest < ReachabilityTable.operatorLimit else {
            throw .operatorTooLarge(came: largest, limit: ReachabilityTable.operatorLimit)
        }
    }

    private mutating func describe(_ row: Int, as device: Device) {
        primaryCells[row] = cells.number(device.primary, device.area)
        backupCells[row] = device.backup.map { cells.number($0, device.area) } ?? CellIndex.none
        areas[row] = device.area
        products[row] = device.product
        countries[row] = device.country
        firmwares[row] = device.firmware
        tags[row] = device.tags
        intervals[row] = device.interval
    }

    private mutating func reserve(_ rows: Int) {
        reserved = rows
        flags.reserveCapacity(rows)
        reasons.reserveCapacity(rows)
        moves.reserveCapacity(rows)
        primaryCells.reserveCapacity(rows)
        backupCells.reserveCapacity(rows)
        areas.reserveCapacity(rows)
        products.reserveCapacity(rows)
        countries.reserveCapacity(rows)
        firmwares.reserveCapacity(rows)
        tags.reserveCapacity(rows)
        intervals.reserveCapacity(rows)
        primaryProofs.reserveCapacity(rows)
        backupProofs.reserveCapacity(rows)
        movedAts.reserveCapacity(rows)
        dues.reserveCapacity(rows)
    }

    @inline(__always)
    private func row(_ id: UInt32) -> Int? {
        let row = Int(id)
        return row < flags.count && flags[row].isPresent ? row : nil
    }

    @inline(__always)
    private func lastProof(_ row: Int, _ slot: Slot) -> UInt32 { slot == .primary ? primaryProofs[row] : backupProofs[row] }

    /// Millionths of a beacon a second.
    private static func share(_ interval: UInt32) -> UInt64 { 1_000_000 / UInt64(interval) }
}

// MARK: Beacons and silence

extension ReachabilityTable {
    /// Takes in one beacon.
    ///
    /// `reason` and `moves` are the beacon's own: why the card last moved, and how often it has. Returns what the beacon proves;
    /// nil for an unknown id, a profile that the device does not have, or a time of 0.
    public mutating func heard(_ id: UInt32, slot: Slot, reason: UInt8 = 0, moves count: UInt32 = 0, at: UInt32) -> Proof? {
        guard let row = row(id), at != 0, slot == .primary || flags[row].hasBackup else { return nil }
        let before = flags[row]
        let primary = cells.keys[Int(primaryCells[row])]
        let carrier = slot == .primary ? primary.operator : cells.keys[Int(backupCells[row])].operator
        var proof = Proof(
            device: id, at: at, slot: slot, operator: carrier, home: primary.operator, area: areas[row], reason: reason,
            previousSlot: before.slot, previousState: before.state,
            previousProof: max(primaryProofs[row], backupProofs[row]), blamed: nil, blamedProof: 0)
        let counted = UInt8(truncatingIfNeeded: count)
        if before.isKnown, before.slot != slot || moves[row] != counted {
            let ours = Blame.mayBeOurs(reason) && proof.previousProof < resumedAt
            flags[row].blames = Blame.index(reason) != nil && flags[row].hasBackup && !ours
            // A trial that failed for a device which was away already is not the beginning of anything.
            if before.slot != slot { movedAts[row] = at }
            if flags[row].blames {
                proof.blamed = slot == .backup ? primary.operator : cells.keys[Int(backupCells[row])].operator
                proof.blamedProof = lastProof(row, slot.other)
            }
        }
        reasons[row] = reason
        moves[row] = counted
        if slot == .primary { primaryProofs[row] = at } else { backupProofs[row] = at }
        if before.state != .reachable { pace &+= ReachabilityTable.share(intervals[row]) }
        flags[row].slot = slot
        flags[row].state = .reachable
        flags[row].isStale = false
        dues[row] = thresholds.reachableUntil(at, interval: intervals[row])
        lastHeard = max(lastHeard, at)
        return proof
    }

    /// Takes over what a store knows of a device, as if its last beacon had just come. Its last move is no evidence any more.
    ///
    /// After the last of them, ``scan(_:_:)`` at the last second in which we were up and then ``resumed(at:)`` give every device
    /// the state it had when we stopped.
    public mutating func restore(_ id: UInt32, _ standing: Standing) throws(EnrolmentError) {
        guard let row = row(id) else { throw .unknownDevice(id) }
        if flags[row].state == .reachable { pace &-= ReachabilityTable.share(intervals[row]) }
        primaryProofs[row] = standing.primaryProof
        backupProofs[row] = flags[row].hasBackup ? standing.backupProof : 0
        let slot = flags[row].hasBackup ? standing.slot : .primary
        flags[row].slot = slot
        reasons[row] = standing.reason
        moves[row] = UInt8(truncatingIfNeeded: standing.moves)
        movedAts[row] = 0
        flags[row].blames = slot == .backup && Blame.index(standing.reason) != nil
        flags[row].isStale = false
        let last = lastProof(row, slot)
        flags[row].state = last == 0 ? .never : .reachable
        dues[row] = last == 0 ? .max : thresholds.reachableUntil(last, interval: intervals[row])
        if last != 0 { pace &+= ReachabilityTable.share(intervals[row]) }
        lastHeard = max(lastHeard, last)
    }

    /// Restarts the clocks of silence after our own downtime: nobody can have been heard while we did not listen.
    ///
    /// Devices that are late or silent stay so until they are heard. `deafSince` is when we stopped listening, if scans went on
    /// meanwhile: who fell late after that gets another chance to be heard, and only then counts as newly silent.
    public mutating func resumed(at: UInt32, deafSince: UInt32? = nil) {
        for row in flags.indices where flags[row].state == .late || flags[row].state == .silent {
            let base = max(lastProof(row, flags[row].slot), clockStart)
            let late = thresholds.reachableUntil(base, interval: intervals[row])
            if late < deafSince ?? .max { flags[row].isStale = true }
        }
        resumedAt = max(resumedAt, at)
        clockStart = max(clockStart, UInt32(clamping: UInt64(at) + UInt64(thresholds.resumeGrace)))
    }

    /// Finds the devices that fell late or silent, and counts what all of them tell. One pass over the table.
    public mutating func scan(_ now: UInt32, _ body: (Change) -> Void) {
        var counts = census
        census = []
        for index in counts.indices { counts[index] = Cell() }
        while counts.count < cells.keys.count { counts.append(Cell()) }
        // In blocks, so that the second look at a row finds it in the cache.
        var start = 0
        while start < flags.count {
            let end = min(start + 1024, flags.count)
            for row in start..<end where dues[row] < now {
                if let change = worsen(row, now) { body(change) }
            }
            take(start..<end, now, into: &counts)
            start = end
        }
        census = counts
    }

    private mutating func worsen(_ row: Int, _ now: UInt32) -> Change? {
        let from = flags[row].state
        let last = lastProof(row, flags[row].slot)
        let base = max(last, clockStart)
        let silentAfter = thresholds.lateUntil(base, interval: intervals[row])
        let lateAfter = thresholds.reachableUntil(base, interval: intervals[row])
        if now > silentAfter {
            flags[row].state = .silent
            dues[row] = .max
        } else if now > lateAfter || from == .late {
            flags[row].state = .late
            dues[row] = silentAfter
        } else {
            dues[row] = lateAfter
        }
        guard flags[row].state != from else { return nil }
        if from == .reachable { pace &-= ReachabilityTable.share(intervals[row]) }
        let cell = flags[row].slot == .primary ? primaryCells[row] : backupCells[row]
        return Change(
            device: UInt32(truncatingIfNeeded: row), from: from, to: flags[row].state, lastProof: last,
            operator: cells.keys[Int(cell)].operator, area: areas[row])
    }

    private func take(_ rows: Range<Int>, _ now: UInt32, into counts: inout [Cell]) {
        let flags = self.flags.span
        let primaryCells = self.primaryCells.span
        let backupCells = self.backupCells.span
        let primaryProofs = self.primaryProofs.span
        let backupProofs = self.backupProofs.span
        var counts = counts.mutableSpan
        for row in rows {
            let flag = flags[row]
            guard flag.isKnown else { continue }
            let home = flag.slot == .primary
            let here = Int(home ? primaryCells[row] : backupCells[row])
            let proof = home ? primaryProofs[row] : backupProofs[row]
            if flag.state == .reachable {
                counts[here].carried[Cell.bucket(now &- min(proof, now))] &+= 1
            } else {
                let late = thresholds.reachableUntil(max(proof, clockStart), interval: intervals[row])
                let bucket = flag.isStale || now <= late ? Cell.windows : Cell.bucket(now &- late)
                counts[here].quiet[bucket] &+= 1
                counts[here].quietProof[bucket] = max(counts[here].quietProof[bucket], proof)
                counts[here].quietSign[bucket] = min(
                    counts[here].quietSign[bucket], proof &+ min(intervals[row], now &- min(proof, now)))
            }
            counts[here].newest = max(counts[here].newest, proof)
            if flag.hasBackup { counts[here].movable &+= 1 }
            if !home { counts[Int(primaryCells[row])].away &+= 1 }
            if flag.blames, let reason = Blame.index(reasons[row]) {
                let there = Int(home ? backupCells[row] : primaryCells[row])
                let bucket = Cell.bucket(now &- min(movedAts[row], now))
                counts[there].moved[reason][bucket] &+= 1
                let last = home ? backupProofs[row] : primaryProofs[row]
                counts[there].movedProof[bucket] = max(counts[there].movedProof[bucket], last)
                counts[there].movedSign[bucket] = min(counts[there].movedSign[bucket], movedAts[row])
                counts[there].newest = max(counts[there].newest, last)
            }
        }
    }
}

// MARK: Questions

extension ReachabilityTable {
    /// The state of a device, as of the last scan and beacon.
    public func state(_ id: UInt32) -> State? { row(id).map { flags[$0].state } }

    /// What is known of a device from its beacons. `moves` is the count modulo 256 only: the table does not keep more.
    public func standing(_ id: UInt32) -> Standing? {
        guard let row = row(id) else { return nil }
        return Standing(
            slot: flags[row].slot, primaryProof: primaryProofs[row], backupProof: backupProofs[row], reason: reasons[row],
            moves: UInt32(moves[row]))
    }

    /// Second of the last proof through either profile; nil for an unknown id or when there is none.
    public func lastProof(_ id: UInt32) -> UInt32? {
        guard let row = row(id) else { return nil }
        let last = max(primaryProofs[row], backupProofs[row])
        return last == 0 ? nil : last
    }

    /// Seconds since the last proof through one profile; nil for an unknown id or when there is none.
    public func age(_ id: UInt32, _ slot: Slot, _ now: UInt32) -> UInt32? {
        guard let row = row(id) else { return nil }
        let proof = lastProof(row, slot)
        return proof == 0 ? nil : now - min(proof, now)
    }

    /// How many devices of a slice were heard, through either profile, in the last `seconds`.
    public func reach(within seconds: UInt32, _ now: UInt32, _ slice: Slice = .all) -> Reach {
        var reach = Reach(heard: 0, devices: 0)
        let since = now - min(seconds, now)
        for row in flags.indices where flags[row].isPresent && matches(row, slice) {
            reach.devices += 1
            let last = max(primaryProofs[row], backupProofs[row])
            if last != 0, last >= since { reach.heard += 1 }
        }
        return reach
    }

    /// Counts a slice by one concept, for two spans of time in seconds: the place in the result is the concept's value.
    public func tally(
        by concept: Concept, within spans: (UInt32, UInt32), _ now: UInt32, _ slice: Slice = .all
    ) -> [Tally] {
        var tallies: [Tally] = []
        let first = now - min(spans.0, now)
        let second = now - min(spans.1, now)
        func count(_ row: Int, _ value: Int) {
            while tallies.count <= value { tallies.append(Tally()) }
            tallies[value].count(flags[row].state, last: max(primaryProofs[row], backupProofs[row]), since: (first, second))
        }
        for row in flags.indices where flags[row].isPresent && matches(row, slice) {
            switch concept {
            case .whole: count(row, 0)
            case .product: count(row, Int(products[row]))
            case .country: count(row, Int(countries[row]))
            case .firmware: count(row, Int(firmwares[row]))
            case .area: count(row, Int(areas[row]))
            case .operator: count(row, Int(carrier(row)))
            case .home: count(row, Int(cells.keys[Int(primaryCells[row])].operator))
            case .carrier: count(row, Int(carrier(row)) * 2 + Int(flags[row].slot.rawValue))
            case .tag:
                var left = tags[row]
                while left != 0 {
                    count(row, left.trailingZeroBitCount)
                    left &= left &- 1
                }
            }
        }
        return tallies
    }

    /// Calls `body` with each id of a slice, in order.
    public func forEach(_ slice: Slice = .all, _ body: (UInt32) -> Void) {
        for row in flags.indices where flags[row].isPresent && matches(row, slice) { body(UInt32(truncatingIfNeeded: row)) }
    }

    private func carrier(_ row: Int) -> UInt16 {
        cells.keys[Int(flags[row].slot == .primary ? primaryCells[row] : backupCells[row])].operator
    }

    private func matches(_ row: Int, _ slice: Slice) -> Bool {
        if let product = slice.product, products[row] != product { return false }
        if let country = slice.country, countries[row] != country { return false }
        if let firmware = slice.firmware, firmwares[row] != firmware { return false }
        if let area = slice.area, areas[row] != area { return false }
        if let state = slice.state, flags[row].state != state { return false }
        if let slot = slice.slot, flags[row].slot != slot { return false }
        if let `operator` = slice.operator, carrier(row) != `operator` { return false }
        if let home = slice.home, cells.keys[Int(primaryCells[row])].operator != home { return false }
        return tags[row] & slice.tags == slice.tags
    }
}
