import Estate
import Hummingbird

extension Console {
    private struct Model {
        var note: String?
        var events: [EventModel]
        var empty: Bool
        var older: String?
        var newest: Bool
    }

    func events(_ exchange: Exchange) async throws -> Response {
        let now = exchange.now
        let pageSize = 50
        var before: Int64?
        var note: String?
        do throws(Problem) {
            before = try exchange.query.integer("before", in: 1...Int64.max)
        } catch {
            note = error.detail
        }
        let start = before
        let records = try await read { try $0.latestEvents(limit: pageSize + 1, before: start) }
        let shown = records.prefix(pageSize)
        let model = Model(
            note: note, events: shown.map { EventModel($0, at: now) }, empty: shown.isEmpty,
            older: records.count > pageSize ? shown.last.map { "/events?before=\($0.id)" } : nil, newest: before == nil)
        // Only the newest page moves.
        return page("events", title: "Events", place: "/events", live: before == nil ? "topic=events" : nil, exchange, model)
    }
}
