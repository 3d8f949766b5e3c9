import Reachability
import Storage

extension EstateService {
    /// The estate at a glance: headline reach, who carries whom, slices, what is failing, what happened last.
    public func overview(at now: UTCInstant) throws -> Overview {
        let counters = desks.map { desk in desk.state.withLock { $0.counters } }
        let openOutages = try outages(open: true)
        let recent = try latestEvents(limit: 20)
        let standing = ledgerStanding
        return live.withLock { live in
            func tally(_ concept: ReachabilityTable.Concept) -> [ReachabilityTable.Tally] { live.tally(by: concept, at: now) }
            let whole = SliceReport(value: "", tally(.whole).first ?? .init())
            let carriers = tally(.carrier).enumerated().compactMap { place, tally in
                tally.devices == 0
                    ? nil : CarrierCount(operator: live.reference(UInt16(place / 2)), slot: place & 1, devices: tally.devices)
            }
            let slices = Slices(
                products: Self.reports(tally(.product)) { live.names.products[$0] },
                countries: Self.reports(tally(.country)) { live.names.countries[$0] },
                operators: Self.reports(tally(.operator)) { live.reference($0).name },
                firmware: Self.reports(tally(.firmware)) { live.names.firmware[$0] },
                tags: Self.reports(tally(.tag)) { live.names.tags[$0] })
            return Overview(
                at: now, devices: whole.devices, reach24: whole.reach24, reach72: whole.reach72, states: whole.states,
                carriers: carriers.sorted { ($0.devices, $1.operator.name, $1.slot) > ($1.devices, $0.operator.name, $0.slot) },
                slices: slices, openOutages: openOutages, recentEvents: recent, desks: counters,
                ledger: standing)
        }
    }

    /// Reach of whatever devices a filter lets through. Its `value` is empty.
    public func slice(_ filter: DeviceFilter, at now: UTCInstant) throws -> SliceReport {
        let texts = try filter.text.map { try devices(matching: $0) }
        return live.withLock { live in
            guard let slice = live.slice(filter) else { return SliceReport(value: "", .init()) }
            guard let texts else { return SliceReport(value: "", live.tally(by: .whole, at: now, slice).first ?? .init()) }
            var tally = ReachabilityTable.Tally()
            live.table.forEach(slice) { id in
                guard texts.contains(id), let state = live.table.state(id) else { return }
                tally.add(state, lastProof: live.table.lastProof(id), at: now)
            }
            return SliceReport(value: "", tally)
        }
    }

    private static func reports(_ tallies: [ReachabilityTable.Tally], name: (UInt16) -> String) -> [SliceReport] {
        let reports = tallies.enumerated().compactMap { place, tally in
            tally.devices == 0 ? nil : SliceReport(value: name(UInt16(truncatingIfNeeded: place)), tally)
        }
        return Array(reports.sorted { ($0.devices, $1.value) > ($1.devices, $0.value) }.prefix(Slices.limit))
    }
}

extension Live {
    /// Spans of the two figures by which an estate is measured: 24 and 72 hours, in seconds.
    static let spans: (UInt32, UInt32) = (24 * 3_600, 72 * 3_600)

    func tally(
        by concept: ReachabilityTable.Concept, within spans: (UInt32, UInt32) = Live.spans, at now: UTCInstant,
        _ slice: ReachabilityTable.Slice = .all
    ) -> [ReachabilityTable.Tally] {
        table.tally(by: concept, within: spans, now.seconds, slice)
    }

    /// What a filter says, its text excepted; nil when it names something that the estate does not have, so that nothing passes.
    func slice(_ filter: DeviceFilter) -> ReachabilityTable.Slice? {
        var slice = ReachabilityTable.Slice()
        func number(_ table: NameTable, _ text: String?) -> UInt16?? {
            guard let text else { return .some(nil) }
            return table.number(of: text).map { .some($0) }
        }
        guard let product = number(names.products, filter.product), let firmware = number(names.firmware, filter.firmware),
            let country = number(names.countries, filter.country), let area = number(names.areas, filter.area),
            let tag = number(names.tags, filter.tag)
        else { return nil }
        slice.product = product
        slice.firmware = firmware
        slice.country = country
        slice.area = area
        if let tag { slice.tags = 1 << UInt64(tag) }
        if let carrier = filter.operator {
            guard let id = UInt16(exactly: carrier), carrier > 0, carrier < operators.count else { return nil }
            slice.operator = id
        }
        if let slot = filter.slot {
            guard let slot = UInt8(exactly: slot).flatMap(ReachabilityTable.Slot.init(rawValue:)) else { return nil }
            slice.slot = slot
        }
        if let state = filter.state { slice.state = ReachabilityTable.State(state) }
        return slice
    }
}

extension SliceReport {
    init(value: String, _ tally: ReachabilityTable.Tally) {
        self.init(
            value: value, devices: tally.devices, reach24: Share(part: tally.heardFirst, whole: tally.devices),
            reach72: Share(part: tally.heardSecond, whole: tally.devices),
            states: StateCounts(reachable: tally.reachable, late: tally.late, silent: tally.silent, never: tally.never))
    }
}

extension ReachabilityTable.Tally {
    fileprivate mutating func add(_ state: ReachabilityTable.State, lastProof: UInt32?, at now: UTCInstant) {
        devices += 1
        switch state {
        case .reachable: reachable += 1
        case .late: late += 1
        case .silent: silent += 1
        case .never: never += 1
        }
        guard let lastProof, lastProof > 0 else { return }
        let age = now.seconds > lastProof ? now.seconds - lastProof : 0
        if age <= Live.spans.0 { heardFirst += 1 }
        if age <= Live.spans.1 { heardSecond += 1 }
    }
}

extension ReachabilityTable.State {
    init(_ state: ReachState) {
        switch state {
        case .reachable: self = .reachable
        case .late: self = .late
        case .silent: self = .silent
        case .never: self = .never
        }
    }

    var report: ReachState {
        switch self {
        case .reachable: .reachable
        case .late: .late
        case .silent: .silent
        case .never: .never
        }
    }
}
