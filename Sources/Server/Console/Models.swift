import Estate

/// An instant with its age, as the partial `age` shows it.
struct AgeModel: Sendable {
    /// For `datetime`.
    var iso: String
    var milliseconds: Int64
    /// "2026-11-22 18:20:05"
    var utc: String
    /// "18:20:05"
    var time: String
    /// "12 s"
    var age: String

    init(_ instant: UTCInstant, at now: UTCInstant) {
        let civil = CivilTime(instant)
        iso = instant.iso8601
        milliseconds = instant.milliseconds
        utc = "\(civil.date) \(civil.time)"
        time = civil.time
        age = Words.age(seconds: (now - instant) / 1_000)
    }
}

/// A state as the partial `state` shows it: a shape and a word; the colour only repeats them.
struct StateModel: Sendable {
    var key: String
    var name: String

    init(_ state: ReachState) {
        key = state.rawValue
        name = Words.name(of: state)
    }
}

/// An event as the partial `event_list` shows it.
struct EventModel: Sendable {
    var severity: String
    var kind: String
    var text: String
    var detail: String?
    var device: String?
    var devicePath: String?
    var `operator`: String?
    var at: AgeModel

    init(_ record: EventRecord, at now: UTCInstant) {
        severity = record.severity.name
        kind = record.kind.rawValue.replacing("-", with: " ")
        text = record.text
        detail = record.detail.flatMap { $0.isEmpty ? nil : $0 }
        // A text that names the device already is not told twice.
        device = record.device.flatMap { record.text.contains($0) ? nil : $0 }
        devicePath = record.device.map(Console.path(ofDevice:))
        `operator` = record.operator?.name
        at = AgeModel(record.at, at: now)
    }
}

/// An outage as the partial `outage` shows it.
struct OutageModel: Sendable {
    /// Whose outage it is.
    var subject: String
    var area: String?
    var text: String
    var devices: String
    var moved: String
    var silent: String
    var began: AgeModel
    var detected: AgeModel
    var ended: AgeModel?
    /// How long it took or has taken.
    var lasting: String

    init(_ record: OutageRecord, at now: UTCInstant) {
        subject = record.operator?.name ?? (record.scope == .responder ? "Our own responders" : "All operators")
        area = record.area
        text = record.text
        devices = Words.count(record.devices, "device", "devices")
        moved = Words.grouped(record.moved)
        silent = Words.grouped(record.silent)
        began = AgeModel(record.began, at: now)
        detected = AgeModel(record.detected, at: now)
        ended = record.ended.map { AgeModel($0, at: now) }
        lasting = Words.age(seconds: ((record.ended ?? now) - record.began) / 1_000)
    }
}

/// A row of a slice's table.
struct SliceModel: Sendable {
    struct Row: Sendable {
        var value: String
        var path: String
        var devices: String
        var reach24: String
        var reach72: String
        /// All of them were heard from.
        var whole: Bool
        var bar: String
    }

    var title: String
    var rows: [Row]
    /// How many rows are not shown.
    var more: Int?

    /// - Parameter parameter: the search parameter that picks the slice.
    init?(_ title: String, _ reports: [SliceReport], parameter: String, path: (SliceReport) -> String? = { $0.value }) {
        // A slice that is the whole estate says nothing.
        if reports.count < 2 { return nil }
        let shown = 6
        self.title = title
        rows = reports.prefix(shown).map { report in
            Row(
                value: report.value.isEmpty ? "(none)" : report.value,
                path: path(report).map { "/devices?\(parameter)=\(PercentEncoding.encode($0))" } ?? "/devices",
                devices: Words.grouped(report.devices), reach24: Words.percent(report.reach24),
                reach72: Words.percent(report.reach72),
                whole: report.reach24.part == report.reach24.whole,
                bar: StateBar.svg(report.states, label: report.value, slim: true))
        }
        more = reports.count > shown ? reports.count - shown : nil
    }
}
