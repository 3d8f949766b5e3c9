import Estate

extension ReportModel {
    /// Drills of the lab, step by step.
    struct LabDrillPart {
        struct Row {
            var at: String
            var author: String
            var what: String
            var title: String
            var about: String
            /// A line for each kind of SIM, once the drill has ended.
            var result: [String]
        }

        var rows: [Row]
        var more: String?

        init(_ drills: [EvidenceDrill]) {
            rows = drills.prefix(Limit.drills).map { drill in
                let note = drill.note
                let lasting = note.seconds.map { "meant to take \(Words.age(seconds: Int64($0)))" } ?? "without a set end"
                let facts = [
                    note.name, note.source.isEmpty ? nil : "after \(note.source)", Words.count(note.cards, "card", "cards"),
                    lasting,
                    drill.reason.isEmpty ? nil : drill.reason,
                ]
                return Row(
                    at: ReportModel.time(drill.at), author: drill.author, what: Self.name(of: note.step), title: note.title,
                    about: facts.compactMap(\.self).joined(separator: "; "), result: note.groups.map(Self.line))
            }
            more = drills.count > Limit.drills ? Words.grouped(drills.count - Limit.drills) : nil
        }

        private static func name(of step: DrillNote.Step) -> String {
            switch step {
            case .started: "started"
            case .stopped: "stopped before its end"
            case .ended: "ended"
            }
        }

        private static func line(_ group: DrillNote.Group) -> String {
            func span(_ name: String, _ value: DrillNote.Quantiles?) -> String? {
                value.map { "\(name) \(Words.seconds(Double($0.p50) / 1_000)) (99 %: \(Words.seconds(Double($0.p99) / 1_000)))" }
            }
            let facts = [
                "\(Words.grouped(group.reachable)) of \(Words.count(group.cards, "card", "cards")) reachable, "
                    + "\(Words.grouped(group.onBackup)) on the backup, \(Words.grouped(group.dark)) dark",
                span("noticed after", group.detection), span("moved within", group.move), span("home after", group.returning),
                group.darkSeconds.map { "without traffic for \(Words.age(seconds: Int64($0))) on average" },
            ]
            return "\(group.name): \(facts.compactMap(\.self).joined(separator: "; "))."
        }
    }
}
