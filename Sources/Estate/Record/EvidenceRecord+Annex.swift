import Regulation

extension EvidenceRecord {
    /// What the period holds for the points of Annex I.
    public var held: [EvidenceSummary] {
        func age(_ instant: UTCInstant?) -> Int? { instant.map { Int(clamping: max(0, until - $0) / 1_000) } }
        func count(_ number: Int, _ one: String, _ many: String) -> String { "\(number) \(number == 1 ? one : many)" }
        let hours = max(0, (until - period.start + ReachSampler.hour - 1) / ReachSampler.hour)
        let lowest = reach.dropFirst(hoursBeforeFirstHeard).filter { $0.units > 0 }.min {
            $0.heard24 * $1.units < $1.heard24 * $0.units
        }
        let figure = lowest.map {
            let share = $0.heard24 * 1_000 / max(1, $0.units)
            return "lowest reach-24 \(share / 10).\(share % 10) %, \(reach.count) of \(hours) hours sampled"
        }
        let real = cases.filter { !$0.file.case.isDrill }
        let drills = cases.filter(\.file.case.isDrill)
        let struck = labDrills.count { $0.note.step == .started }
        let lastDrill = (drills.compactMap { $0.file.case.history.last.map { UTCInstant($0.at) } } + labDrills.map(\.at)).max()
        let followed = activity.rehearsals.values.reduce(0, +)
        let notices = real.flatMap(\.file.case.state.notices)
        let lasting = outages.filter { ($0.record.ended ?? until) >= until }.count
        return [
            EvidenceSummary(kind: .reach, figure: figure ?? "", age: age(reach.last?.at), count: reach.count),
            EvidenceSummary(
                kind: .switches,
                figure: count(activity.switches, "switch", "switches")
                    + " by \(count(activity.unitsThatSwitched, "unit", "units"))",
                age: nil, count: activity.switches),
            EvidenceSummary(
                kind: .outages,
                figure: count(outages.count + moreOutages, "outage", "outages") + " of its operators, \(lasting) lasting",
                age: age(outages.last?.record.began), count: outages.count),
            EvidenceSummary(
                kind: .drills,
                figure: count(drills.count, "case on paper", "cases on paper")
                    + ", \(count(struck, "drill of the lab", "drills of the lab"))",
                age: age(lastDrill), count: drills.count + struck),
            EvidenceSummary(
                kind: .rehearsals,
                figure:
                    "\(count(followed, "rehearsal", "rehearsals")), \(activity.rehearsals[RehearsalResult.proved.rawValue] ?? 0) proved the backup",
                age: nil, count: followed),
            EvidenceSummary(
                kind: .policyChanges,
                figure: count(activity.policies.values.reduce(0, +), "answer", "answers") + " of cards to a policy",
                age: nil, count: activity.policies.values.reduce(0, +)),
            EvidenceSummary(
                kind: .beacons, figure: "\(inventory.units - inventory.never) of \(inventory.units) units were ever heard",
                age: age(reach.last?.at),
                count: inventory.units - inventory.never),
            EvidenceSummary(
                kind: .unitVersions, figure: count(inventory.firmware.count, "firmware version", "firmware versions"), age: 0,
                count: inventory.firmware.count),
            EvidenceSummary(
                kind: .riskRegister,
                figure: count(risks.count, "risk", "risks") + ", \(risks.filter { $0.status == .open }.count) open",
                age: nil, count: risks.count),
            EvidenceSummary(
                kind: .cases, figure: count(real.count, "case", "cases"),
                age: age(real.compactMap { $0.file.case.history.last.map { UTCInstant($0.at) } }.max()), count: real.count),
            EvidenceSummary(
                kind: .userNotices, figure: count(notices.count, "notice", "notices"),
                age: age(notices.map { UTCInstant($0.at) }.max()),
                count: notices.count),
            EvidenceSummary(
                kind: .ledger, figure: count(entriesInAll, "entry", "entries") + " of the ledger", age: 0, count: entriesInAll),
        ]
    }
}
