import Estate
import Hummingbird

extension Console {
    private struct Model {
        struct Drill {
            var name: String
            var title: String
            var source: String
            var about: String
            var running: Bool
        }

        struct Figure {
            var label: String
            var about: String
            var values: [String]
        }

        struct Group {
            var name: String
            var cards: String
            var bar: String
            var reachable: String
            var dark: String
            var share: String
        }

        struct Event {
            var at: String
            var text: String
        }

        var seal: String
        var mayWrite: Bool
        var refusal: String?
        var drills: [Drill]
        var title: String?
        var source: String?
        var running: Bool
        /// One drill at a time.
        var busy: Bool
        var done: Bool
        var phase: String
        var elapsed: String
        var duration: String?
        var progress: String?
        var hasGroups: Bool
        var groups: [Group]
        var figures: [Figure]
        var hasEvents: Bool
        var events: [Event]
    }

    func drill(_ exchange: Exchange, _ drills: any DrillControl, refusal: String? = nil) async -> Response {
        let list = await drills.list()
        let status = await drills.status()
        let current = status.name.flatMap { name in list.first { $0.name == name } }
        let model = Model(
            seal: seal.value(for: exchange.caller?.session ?? ""), mayWrite: exchange.caller?.principal.may(.operate) ?? false,
            refusal: refusal,
            drills: list.map {
                Model.Drill(
                    name: $0.name, title: $0.title, source: $0.source, about: $0.about,
                    running: status.isRunning && $0.name == status.name)
            }, title: current?.title ?? status.name, source: current?.source, running: status.isRunning,
            busy: status.isRunning, done: !status.isRunning && status.name != nil, phase: status.phase,
            elapsed: Words.seconds(status.elapsed.rounded(.down)),
            duration: status.duration.map(Words.seconds), progress: progress(status), hasGroups: !status.groups.isEmpty,
            groups: status.groups.map(group),
            figures: figures(status.groups),
            hasEvents: !status.events.isEmpty,
            events: status.events.prefix(20).map { Model.Event(at: Words.seconds($0.at), text: $0.text) })
        var response = page(
            "drill", title: "Drill", place: "/drill", live: "topic=drill", exchange, model)
        if refusal != nil { response.status = .conflict }
        return response
    }

    private func progress(_ status: DrillStatus) -> String? {
        guard let duration = status.duration, duration > 0, status.elapsed.isFinite, status.isRunning else { return nil }
        let share = min(100, max(0, status.elapsed / duration * 100))
        return SVG.open(classes: "bar progress", height: 6, title: "Progress", description: "\(Int(share)) percent")
            + "<rect class=\"fill-none\" width=\"100%\" height=\"100%\"/>"
            + "<rect class=\"fill-primary\" width=\"\(SVG.percent(share))\" height=\"100%\"/></svg>"
    }

    private func group(_ group: DrillGroup) -> Model.Group {
        let other = max(0, group.cards - group.onPrimary - group.onBackup - group.dark)
        let whole = Double(max(1, group.cards))
        var x = 0.0
        var bar = SVG.open(
            classes: "bar", height: 18, title: group.name,
            description: "\(group.onPrimary) on the primary, \(group.onBackup) on the backup, \(group.dark) dark")
        for (fill, count) in [("primary", group.onPrimary), ("backup", group.onBackup), ("none", other), ("silent", group.dark)]
        where count > 0 {
            let width = Double(count) / whole * 100
            let frame = "x=\"\(SVG.percent(x))\" width=\"\(SVG.percent(width))\" height=\"100%\""
            bar += "<rect class=\"fill-\(fill)\" \(frame)/>"
            if fill == "backup" { bar += "<rect \(frame) fill=\"url(#hatch)\"/>" }
            x += width
        }
        return Model.Group(
            name: group.name.replacing("-", with: " "), cards: Words.count(group.cards, "card", "cards"), bar: bar + "</svg>",
            reachable: Words.grouped(group.reachable), dark: Words.grouped(group.dark),
            share: Words.percent(Share(part: group.reachable, whole: group.cards)))
    }

    private func figures(_ groups: [DrillGroup]) -> [Model.Figure] {
        func quantiles(_ path: (DrillGroup) -> DrillQuantiles?) -> [String] {
            groups.map { group in path(group).map { "\(Words.seconds($0.p50)) / \(Words.seconds($0.p99))" } ?? "–" }
        }
        return [
            Model.Figure(
                label: "Reachable now", about: "cards",
                values: groups.map { "\(Words.grouped($0.reachable)) of \(Words.grouped($0.cards))" }),
            Model.Figure(label: "On the primary", about: "cards", values: groups.map { Words.grouped($0.onPrimary) }),
            Model.Figure(label: "On the backup", about: "cards", values: groups.map { Words.grouped($0.onBackup) }),
            Model.Figure(label: "Dark", about: "cards that nothing reaches", values: groups.map { Words.grouped($0.dark) }),
            Model.Figure(label: "Detection", about: "median / p99", values: quantiles(\.detection)),
            Model.Figure(label: "Move", about: "median / p99", values: quantiles(\.move)),
            Model.Figure(label: "Return", about: "median / p99", values: quantiles(\.returning)),
            Model.Figure(label: "Switches per card", about: "mean", values: groups.map { Words.tenths($0.switchesPerCard) }),
            Model.Figure(label: "Minutes dark", about: "mean per card", values: groups.map { Words.tenths($0.darkMinutes) }),
        ]
    }

    func startDrill(_ exchange: Exchange, _ drills: DrillRecorder) async throws -> Response {
        let form = try await exchange.form()
        try seal.check(form, of: exchange.caller)
        guard let name = form.text("name") else {
            throw Problem.badRequest("The form names no drill; choose one on the drill page.")
        }
        do {
            try await drills.start(name, by: exchange.authorship(reason: "started in the console"), at: exchange.now)
        } catch let refusal as DrillRefusal {
            return await drill(exchange, drills.drills, refusal: "\(refusal)")
        } catch EstateError.ledgerBroken(let fault) {
            return await drill(exchange, drills.drills, refusal: "No drill was started: \(fault).")
        }
        return .seeOther("/drill")
    }

    func stopDrill(_ exchange: Exchange, _ drills: DrillRecorder) async throws -> Response {
        try seal.check(try await exchange.form(), of: exchange.caller)
        try await drills.stop(by: exchange.authorship(reason: "stopped in the console"), at: exchange.now)
        return .seeOther("/drill")
    }
}
