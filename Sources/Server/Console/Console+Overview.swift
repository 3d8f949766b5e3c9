import Estate
import Hummingbird

extension Console {
    private struct Model {
        struct StateCount {
            var state: StateModel
            var count: String
        }

        struct Carrier {
            var name: String
            var plmn: String
            var path: String
            var primary: String
            var backup: String
            var bar: String
        }

        struct Proof {
            var label: String
            var count: String
        }

        struct Responder {
            var number: Int
            var answered: String
            var refused: String
            var unknown: String
            var waiting: String
            var shed: String
        }

        var empty: Bool
        var at: AgeModel
        var devices: String
        var reach24: String
        var reach24Part: String
        var missing24: String?
        var reach72: String
        var reach72Part: String
        var states: [StateCount]
        var bar: String
        var carriers: [Carrier]
        var proofs: [Proof]
        var proofDays: Int64
        var outages: [OutageModel]
        var events: [EventModel]
        var slices: [SliceModel]
        var responders: [Responder]
    }

    /// Days after which a backup is shown as due for a rehearsal.
    static let proofDays: Int64 = 30

    func overview(_ exchange: Exchange) async throws -> Response {
        let now = exchange.now
        let (overview, proofs) = try await read {
            (try $0.overview(at: now), $0.proofs(olderThan: now.adding(seconds: -Self.proofDays * 86_400)))
        }
        return page("overview", title: "Overview", place: "/", live: "topic=overview", exchange, model(overview, proofs, at: now))
    }

    private func model(_ overview: Overview, _ proofs: ProofReport, at now: UTCInstant) -> Model {
        let counts = overview.states
        let states: [(ReachState, Int)] = [
            (.reachable, counts.reachable), (.late, counts.late), (.silent, counts.silent), (.never, counts.never),
        ]
        let slices = overview.slices
        let ids = Dictionary(
            overview.carriers.map { ($0.operator.name, String($0.operator.id)) }, uniquingKeysWith: { first, _ in first })
        return Model(
            empty: overview.devices == 0, at: AgeModel(overview.at, at: now), devices: Words.grouped(overview.devices),
            reach24: Words.percent(overview.reach24),
            reach24Part: "\(Words.grouped(overview.reach24.part)) of \(Words.grouped(overview.reach24.whole))",
            missing24: overview.reach24.part < overview.reach24.whole
                ? Words.count(overview.reach24.whole - overview.reach24.part, "device", "devices") : nil,
            reach72: Words.percent(overview.reach72),
            reach72Part: "\(Words.grouped(overview.reach72.part)) of \(Words.grouped(overview.reach72.whole))",
            states: states.map { Model.StateCount(state: StateModel($0.0), count: Words.grouped($0.1)) },
            bar: StateBar.svg(counts, label: ""), carriers: carriers(overview.carriers),
            proofs: [
                ("within \(Self.proofDays) days", proofs.fresh), ("longer ago", proofs.stale), ("never", proofs.neverProved),
                ("no backup", proofs.single),
            ].map { Model.Proof(label: $0.0, count: Words.grouped($0.1)) }, proofDays: Self.proofDays,
            outages: overview.openOutages.map { OutageModel($0, at: now) },
            events: overview.recentEvents.prefix(8).map { EventModel($0, at: now) },
            slices: [
                SliceModel("Product", slices.products, parameter: "product"),
                SliceModel("Operator now", slices.operators, parameter: "operator", path: { ids[$0.value] }),
                SliceModel("Country", slices.countries, parameter: "country"),
                SliceModel("Firmware", slices.firmware, parameter: "firmware"), SliceModel("Tag", slices.tags, parameter: "tag"),
            ].compactMap { $0 }, responders: responders(overview.desks))
    }

    private func carriers(_ counts: [CarrierCount]) -> [Model.Carrier] {
        struct Pair {
            var primary = 0
            var backup = 0
        }
        var pairs: [OperatorRef: Pair] = [:]
        for count in counts {
            if count.slot == 0 {
                pairs[count.operator, default: Pair()].primary += count.devices
            } else {
                pairs[count.operator, default: Pair()].backup += count.devices
            }
        }
        let largest = pairs.values.map { $0.primary + $0.backup }.max() ?? 0
        return pairs.sorted { ($1.value.primary + $1.value.backup, $0.key.id) < ($0.value.primary + $0.value.backup, $1.key.id) }
            .map {
                Model.Carrier(
                    name: $0.key.name, plmn: $0.key.plmn, path: "/devices?operator=\($0.key.id)",
                    primary: Words.grouped($0.value.primary),
                    backup: Words.grouped($0.value.backup),
                    bar: CarrierBar.svg(name: $0.key.name, primary: $0.value.primary, backup: $0.value.backup, largest: largest))
            }
    }

    private func responders(_ desks: [DeskCounters]) -> [Model.Responder] {
        let sockets = beacons()
        return desks.map { desk in
            let socket = sockets.first { $0.responder == desk.responder }
            return Model.Responder(
                number: desk.responder + 1, answered: Words.grouped(desk.answered),
                refused: Words.grouped(desk.forged + desk.replayed + desk.malformed + desk.misdirected + desk.contradicting),
                unknown: Words.grouped(desk.unknownCard),
                waiting: Words.grouped(socket?.waiting ?? 0),
                shed: Words.grouped((socket?.shed ?? 0) + (socket?.expired ?? 0) + (socket?.failed ?? 0)))
        }
    }
}
