import Estate
import Foundation
import Measure
import Regulation
import Storage

/// Freezing who can be reached when a case opens, durably, and holding the snapshot against the present.
enum FreezeFigures {
    static func measure(database path: String, keyFile: String) throws {
        let estate = try EstateService(
            database: try Database.open(path, schema: EstateSchema.schema), key: try EstateKey.load(file: keyFile), at: now)
        let names = try estate.unregisteredProducts().map(\.name)
        for name in names { try estate.registerProduct(name, by: Authorship("bench"), at: now) }
        var frozen: [Double] = []
        var compared: [Double] = []
        var units = 0
        for _ in 0..<5 {
            let signal = CaseSignal(receivedAt: now.date, source: "bench", text: "a signal")
            let request = CaseRequest(
                kind: .incident, title: "bench", products: names.map { AffectedProduct(product: $0) }, signal: signal,
                isDrill: true,
                owner: "bench")
            var start = Stopwatch.nanoseconds
            let number = try estate.openCase(request, by: Authorship("bench"), at: now)
            frozen.append(Double(Stopwatch.nanoseconds - start) / 1e9)
            guard let file = try estate.caseFile(number) else { throw BenchmarkFailure("the case is not there") }
            start = Stopwatch.nanoseconds
            units = try file.reach.reduce(0) { try $0 + estate.progress(of: $1.snapshot, at: now).now.units }
            compared.append(Double(Stopwatch.nanoseconds - start) / 1e9)
        }
        Figure(
            "record", "opening a case, every unit's reach frozen", unit: "s", values: frozen, goal: 2, moreIsBetter: false,
            note: "\(units) units of \(names.count) products, in one durable transaction with the ledger's entries"
        ).publish()
        Figure(
            "record", "the snapshot against the present", unit: "s", values: compared, moreIsBetter: false, note: "\(units) units"
        ).publish()
    }

    private static var now: UTCInstant { UTCInstant(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000)) }
}
