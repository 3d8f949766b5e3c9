import Estate
import Hummingbird

extension Console {
    private struct Model {
        struct Profile {
            var slot: String
            var enabled: Bool
            var `operator`: String
            var plmn: String
            var proof: AgeModel?
            var apn: String?
            var iccid: String
            var imsi: String
        }

        struct Move {
            var at: AgeModel
            var to: String
            var `operator`: String
            var text: String
            var reason: String
        }

        struct Span {
            var `operator`: String
            var slot: String
            var from: AgeModel
            var until: AgeModel?
            var lasting: String
        }

        struct Window {
            var label: String
            var path: String
            var current: Bool
        }

        var id: String
        var path: String
        var state: StateModel
        var proof: AgeModel?
        var silentSince: Bool
        var interval: String
        var preset: String
        var `operator`: String
        var slot: String
        var product: String
        var firmware: String
        var country: String
        var area: String?
        var tags: [String]
        var card: String
        var policy: Int
        var boots: String
        var missed: String
        var moveCount: Int
        var serving: String?
        var technology: String?
        /// What the inventory says of its radio.
        var radio: String?
        var firstSeen: AgeModel?
        var seal: String
        var mayWrite: Bool
        var rehearsal: String?
        var document: String?
        var presets: [String]
        var profiles: [Profile]
        var single: Bool
        var timeline: String
        var windows: [Window]
        var spans: [Span]
        var moves: [Move]
        var noMoves: Bool
        var events: [EventModel]
    }

    func device(_ exchange: Exchange) async throws -> Response {
        let now = exchange.now
        let id = exchange.parameter("id")
        guard let device = try await read({ try $0.device(id, at: now) }) else {
            throw Problem.notFound(
                "There is no device called \(Problem.quoted(id)). It may have been renamed; search for it under Devices."
            )
        }
        let chosen = (try? exchange.query.choice("window", of: Timeline.Window.self)) ?? nil
        let window = chosen ?? Timeline.Window.fitting(device.carriers, at: now)
        return page(
            "device", title: device.row.id, place: "/devices", live: "topic=device&device=\(PercentEncoding.encode(id))", exchange,
            model(device, window, exchange, at: now))
    }

    private func model(_ device: DeviceDetail, _ window: Timeline.Window, _ exchange: Exchange, at now: UTCInstant) -> Model {
        let row = device.row
        let path = Self.path(ofDevice: row.id)
        return Model(
            id: row.id, path: path, state: StateModel(row.state), proof: row.lastProof.map { AgeModel($0, at: now) },
            silentSince: row.state == .silent, interval: Words.age(seconds: Int64(row.interval)), preset: device.preset,
            operator: row.operator.name, slot: Words.name(ofSlot: row.slot), product: row.product, firmware: row.firmware,
            country: row.country, area: row.area, tags: row.tags, card: String(device.cardNumber), policy: device.policyVersion,
            boots: Words.grouped(device.boots), missed: Words.grouped(device.missedBeacons), moveCount: row.moves,
            serving: device.servingPLMN,
            technology: device.technology, radio: device.technologies.isEmpty ? nil : device.technologies.joined(separator: ", "),
            firstSeen: device.firstSeen.map { AgeModel($0, at: now) },
            seal: sealValue(exchange), mayWrite: exchange.caller?.principal.may(.operate) ?? false,
            rehearsal: device.rehearsal.map { Self.text(of: $0, at: now) },
            document: device.policyDocument.map { Self.text(of: $0, at: now) }, presets: Preset.allCases.map(\.rawValue),
            profiles: device.profiles.map { profile in
                Model.Profile(
                    slot: Words.name(ofSlot: profile.slot), enabled: profile.enabled, operator: profile.operator.name,
                    plmn: profile.operator.plmn, proof: profile.lastProof.map { AgeModel($0, at: now) }, apn: profile.apn,
                    iccid: profile.iccid, imsi: profile.imsi)
            }, single: device.profiles.count < 2, timeline: Timeline(spans: device.carriers, window: window, now: now).svg,
            windows: Timeline.Window.allCases.map {
                Model.Window(label: $0.label, path: "\(path)?window=\($0.rawValue)", current: $0 == window)
            },
            spans: device.carriers.prefix(12).map { span in
                Model.Span(
                    operator: span.operator.name, slot: Words.name(ofSlot: span.slot), from: AgeModel(span.from, at: now),
                    until: span.until.map { AgeModel($0, at: now) },
                    lasting: Words.age(seconds: ((span.until ?? now) - span.from) / 1_000))
            },
            moves: device.moves.prefix(25).map { move in
                Model.Move(
                    at: AgeModel(move.at, at: now), to: Words.name(ofSlot: move.to), operator: move.operator.name, text: move.text,
                    reason: move.reason)
            }, noMoves: device.moves.isEmpty, events: device.events.prefix(25).map { EventModel($0, at: now) })
    }
}
