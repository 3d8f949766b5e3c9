import Estate
import Foundation
import Wire

/// Reach at the clock: the units of one affected product as they stood when the case opened, against now.
struct ReachModel: Sendable {
    struct Row: Sendable {
        var label: String
        var then: String
        var now: String
    }

    struct Hour: Sendable {
        var at: String
        var heard24: String
        var heard72: String
        var since: String
    }

    struct Dark: Sendable {
        var device: String
        var devicePath: String
        var proof: AgeModel?
        var before: String
        var carrier: String
        var slot: String
        var firmware: String
        var country: String
        var backup: String
    }

    var place: Int
    var product: String
    var versions: String
    var taken: AgeModel
    var digest: String
    var isEmpty: Bool
    var rows: [Row] = []
    var carriers: [Row] = []
    var chart = ""
    var hours: [Hour] = []
    var olderHours: Int?
    var darkCount = 0
    var darkText = ""
    var dark: [Dark] = []
    var moreDark: String?

    /// Units and hours that the page lists.
    static let darkLimit = 50
    static let hourLimit = 168

    init(_ file: CaseFile, _ place: Int, _ estate: EstateService, at now: UTCInstant) throws {
        let reach = file.reach[place]
        let snapshot = try estate.snapshot(reach.snapshot)
        let then = snapshot.summary
        self.place = place
        product = reach.product
        versions = snapshot.selection.versions.isEmpty ? "all versions" : snapshot.selection.versions.joined(separator: ", ")
        taken = AgeModel(snapshot.at, at: now)
        digest = snapshot.digest
        isEmpty = then.units == 0
        guard !isEmpty else { return }
        let progress = try estate.progress(of: reach.snapshot, at: now)
        let current = progress.now
        func figure(_ part: Int, _ whole: Int) -> String {
            "\(Words.grouped(part)) (\(Words.percent(Share(part: part, whole: whole))) %)"
        }
        rows = [
            ("heard within 24 h before", \ReachSummary.heard24), ("heard within 72 h before", \.heard72),
            ("on the backup", \.onBackup),
            ("silent for longer than they owe", \.silent), ("never heard", \.never),
        ].map { label, path in
            Row(label: label, then: figure(then[keyPath: path], then.units), now: figure(current[keyPath: path], current.units))
        }
        rows.append(Row(label: "heard since the case opened", then: "–", now: figure(progress.heardSince, then.units)))
        rows.append(Row(label: "heard then, dark now", then: "–", now: Words.grouped(progress.lost)))
        rows.append(Row(label: "not heard then, heard since", then: "–", now: Words.grouped(progress.found)))
        var networks = then.carriers.map(\.operator)
        networks += current.carriers.map(\.operator).filter { !networks.contains($0) }
        carriers = networks.map { network in
            func text(_ summary: ReachSummary) -> String {
                guard let carrier = summary.carriers.first(where: { $0.operator == network }) else { return "0" }
                return
                    "\(Words.grouped(carrier.units)), \(Words.grouped(carrier.heard24)) heard within 24 h, \(Words.grouped(carrier.onBackup)) on the backup"
            }
            return Row(label: "\(network.name) \(network.plmn)", then: text(then), now: text(current))
        }
        let all = try estate.reachHours(of: reach.snapshot)
        chart = SnapshotChart(snapshot: snapshot, hours: all, progress: progress).svg
        let shown = all.suffix(Self.hourLimit)
        olderHours = all.count > shown.count ? all.count - shown.count : nil
        hours = shown.reversed().map { hour in
            let civil = CivilTime(hour.at)
            return Hour(
                at: "\(civil.date) \(civil.clock)", heard24: figure(hour.heard24, then.units),
                heard72: figure(hour.heard72, then.units),
                since: figure(hour.heardSince, then.units))
        }
        darkCount = progress.dark
        darkText = "\(Words.grouped(progress.dark)) of \(Words.count(then.units, "unit", "units"))"
        dark = try estate.darkUnits(of: reach.snapshot, at: now, limit: Self.darkLimit).map { unit in
            Dark(
                device: unit.device, devicePath: Console.path(ofDevice: unit.device),
                proof: unit.lastProof.map { AgeModel($0, at: now) },
                before: unit.proofThen.map { "\(CivilTime($0).date) \(CivilTime($0).time)" } ?? "never",
                carrier: unit.operator.name,
                slot: Words.name(ofSlot: unit.slot), firmware: unit.firmware, country: unit.country,
                backup: unit.hasBackup ? "yes" : "no: one network alone")
        }
        moreDark = progress.dark > dark.count ? Words.grouped(progress.dark - dark.count) : nil
    }
}

/// Reach of a snapshot's units hour by hour. The lines differ by their dashes, so that the chart reads in black and white too.
struct SnapshotChart {
    var snapshot: ReachSnapshot
    var hours: [ReachHour]
    var progress: SnapshotProgress

    private struct Point {
        var at: UTCInstant
        var value: Int
    }

    private static let height = 150.0
    /// An hour that was not sampled is a gap in the line.
    private static let gap: Int64 = 2 * 3_600_000

    private var end: UTCInstant { max(progress.at, snapshot.at.adding(seconds: 3_600)) }

    private func x(_ at: UTCInstant) -> Double {
        let span = Double(max(1, end - snapshot.at))
        return min(100, max(0, Double(at - snapshot.at) / span * 100))
    }

    private func y(_ value: Int) -> Double {
        Self.height - 2 - Double(max(0, value)) / Double(max(1, snapshot.summary.units)) * (Self.height - 6)
    }

    private func line(_ classes: String, _ points: [Point]) -> String {
        var runs: [[Point]] = []
        for point in points {
            if let last = runs.last?.last, point.at - last.at <= Self.gap {
                runs[runs.count - 1].append(point)
            } else {
                runs.append([point])
            }
        }
        return runs.map { run in
            // A moment alone is drawn as a short dash.
            var run = run
            if run.count == 1 { run.append(Point(at: run[0].at.adding(seconds: 600), value: run[0].value)) }
            let text = run.map { "\(SVG.number(x($0.at))),\(SVG.number(y($0.value)))" }.joined(separator: " ")
            return "<polyline class=\"\(classes)\" points=\"\(text)\"/>"
        }.joined()
    }

    var svg: String {
        let summary = snapshot.summary
        // More points than a screen has columns say nothing more.
        let sampled = hours.filter { $0.at > snapshot.at && $0.at < progress.at }.suffix(2_000)
        func points(_ first: Int, _ path: KeyPath<ReachHour, Int>, _ last: Int) -> [Point] {
            [Point(at: snapshot.at, value: first)] + sampled.map { Point(at: $0.at, value: $0[keyPath: path]) }
                + [Point(at: progress.at, value: last)]
        }
        let (start, now) = (CivilTime(snapshot.at), CivilTime(progress.at))
        var text = SVG.open(
            classes: "reach-hours", height: 176, title: "Units heard from, hour by hour",
            description:
                "of \(summary.units) units: within 24 hours \(summary.heard24) at the opening and \(progress.now.heard24) now; within 72 hours \(summary.heard72) and \(progress.now.heard72); heard since the opening \(progress.heardSince)"
        )
        text += "<svg width=\"100%\" height=\"150\" viewBox=\"0 0 100 150\" preserveAspectRatio=\"none\">"
        text += "<rect class=\"lane\" width=\"100\" height=\"150\"/>"
        text += line("line-72", points(summary.heard72, \.heard72, progress.now.heard72))
        text += line("line-since", points(0, \.heardSince, progress.heardSince))
        text += line("line-24", points(summary.heard24, \.heard24, progress.now.heard24)) + "</svg>"
        text += "<text class=\"tick-label\" x=\"4\" y=\"14\">\(Words.grouped(summary.units))</text>"
        text += "<text class=\"tick-label\" x=\"4\" y=\"146\">0</text>"
        text += "<text class=\"tick-label\" x=\"0\" y=\"168\">\(start.shortDate) \(start.clock)</text>"
        text += "<text class=\"tick-label\" x=\"100%\" y=\"168\" text-anchor=\"end\">\(now.shortDate) \(now.clock) UTC</text>"
        return text + "</svg>"
    }
}

/// The units of a case that are dark now, as comma-separated values (RFC 4180).
enum DarkList {
    static let header = "product,device,last_heard,heard_before_opening,operator,plmn,profile,firmware,country,has_backup\r\n"

    static func text(of file: CaseFile, _ estate: EstateService, at now: UTCInstant) throws -> String {
        var bytes = Array(header.utf8)
        for reach in file.reach {
            for unit in try estate.darkUnits(of: reach.snapshot, at: now) {
                CommaSeparated.append(
                    [
                        reach.product, unit.device, unit.lastProof?.iso8601 ?? "", unit.proofThen?.iso8601 ?? "",
                        unit.operator.name, unit.operator.plmn, Words.name(ofSlot: unit.slot), unit.firmware, unit.country,
                        unit.hasBackup ? "yes" : "no",
                    ], to: &bytes)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// One field of the list, as it stands in it.
    static func cell(_ text: String) -> String {
        var bytes: [UInt8] = []
        CommaSeparated.append([text], to: &bytes)
        return String(decoding: bytes.dropLast(2), as: UTF8.self)
    }
}
