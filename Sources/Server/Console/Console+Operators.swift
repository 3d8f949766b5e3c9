import Estate
import Hummingbird

extension Console {
    private struct Model {
        struct Report {
            var name: String
            var plmn: String
            var path: String
            var health: String
            var home: String
            var here: String
            var away: String
            var visiting: String
            var heard: String
            var reach24: String
            var outage: OutageModel?
            var returnWindow: String?
            var spark: String
            var peak: String
            var lastMinute: String
        }

        var operators: [Report]
        var empty: Bool
        var past: [OutageModel]
    }

    func operators(_ exchange: Exchange) async throws -> Response {
        let now = exchange.now
        let (reports, outages) = try await read { estate in
            (try estate.operators(at: now), try estate.outages(limit: 10, open: false))
        }
        let model = Model(
            operators: reports.map { report in
                // The minute under way is not full yet; the one before it tells the rate.
                let series = report.beaconsPerMinute
                return Model.Report(
                    name: report.operator.name, plmn: report.operator.plmn, path: "/devices?operator=\(report.operator.id)",
                    health: report.health.rawValue, home: Words.grouped(report.homeDevices), here: Words.grouped(report.hereNow),
                    away: Words.grouped(report.away), visiting: Words.grouped(report.visiting),
                    heard: Words.grouped(report.heardLast5Minutes), reach24: Words.percent(report.reach24),
                    outage: report.outage.map { OutageModel($0, at: now) },
                    returnWindow: report.away > 0 && report.returnWindow > 0 ? Words.age(seconds: Int64(report.returnWindow)) : nil,
                    spark: Sparkline.svg(Array(series.dropLast()), name: report.operator.name),
                    peak: Words.grouped(series.max() ?? 0),
                    lastMinute: Words.grouped(series.dropLast().last ?? 0))
            }, empty: reports.isEmpty, past: outages.map { OutageModel($0, at: now) })
        return page("operators", title: "Operators", place: "/operators", live: "topic=operators", exchange, model)
    }
}
