import Estate
import Hummingbird

extension Console {
    private struct Model {
        struct Option {
            var value: String
            var label: String
            var selected: Bool
        }

        struct Column {
            var label: String
            /// Where a click sorts by it; nil for a column that does not sort.
            var path: String?
            /// For `aria-sort`; nil when the list is sorted by another column.
            var sorted: String?
            var mark: String?
        }

        struct Row {
            var id: String
            var path: String
            var state: StateModel
            var proof: AgeModel?
            var interval: String
            var `operator`: String
            var slot: String
            var onBackup: Bool
            var product: String
            var firmware: String
            var country: String
            var area: String?
            var tags: [String]
            var moves: Int
        }

        var notes: [String]
        var text: String
        var states: [Option]
        var operators: [Option]
        var profiles: [Option]
        var products: [Option]
        var countries: [Option]
        var tags: [Option]
        var sorts: [Option]
        var orders: [Option]
        /// Filters that the form has no field for, kept while it is sent.
        var hidden: [Option]
        var filtered: Bool
        var columns: [Column]
        var rows: [Row]
        var empty: Bool
        var total: String
        var range: String
        var page: Int
        var pages: String
        var previous: String?
        var next: String?
    }

    func devices(_ exchange: Exchange) async throws -> Response {
        let now = exchange.now
        // A page is asked for by people: what is not understood is said, and the rest is shown.
        let (search, problems) = DeviceSearch.lenient(exchange.query)
        let (found, slices, carriers) = try await read { estate in
            let overview = try estate.overview(at: now)
            return (try estate.devices(search, at: now), overview.slices, overview.carriers)
        }
        var operators: [OperatorRef] = []
        for count in carriers where !operators.contains(where: { $0.id == count.operator.id }) { operators.append(count.operator) }
        operators.sort { $0.name < $1.name }

        let filter = search.filter
        let link = Link(search)
        let model = Model(
            notes: problems.map(\.detail), text: filter.text ?? "",
            states: options(ReachState.allCases.map { ($0.rawValue, Words.name(of: $0)) }, filter.state?.rawValue),
            operators: options(operators.map { (String($0.id), $0.name) }, filter.operator.map(String.init)),
            profiles: options([("primary", "primary"), ("backup", "backup")], filter.slot.map { Words.name(ofSlot: $0) }),
            products: options(slices.products.map { ($0.value, $0.value) }, filter.product),
            countries: options(slices.countries.map { ($0.value, $0.value) }, filter.country),
            tags: options(slices.tags.map { ($0.value, $0.value) }, filter.tag),
            sorts: DeviceQuery.Sort.allCases.map {
                Model.Option(value: $0.rawValue, label: Self.label(of: $0), selected: $0 == search.sort)
            },
            orders: [
                Model.Option(value: "asc", label: "up", selected: !search.descending),
                Model.Option(value: "desc", label: "down", selected: search.descending),
            ],
            hidden: [("firmware", filter.firmware), ("area", filter.area)].compactMap { name, value in
                value.map { Model.Option(value: $0, label: name, selected: true) }
            }, filtered: !link.filters.isEmpty, columns: columns(search, link), rows: found.rows.map { row($0, at: now) },
            empty: found.rows.isEmpty, total: Words.count(found.total, "device", "devices"), range: range(found), page: found.page,
            pages: Words.grouped(found.pages), previous: found.page > 1 ? link.path(page: found.page - 1) : nil,
            next: found.page < found.pages ? link.path(page: found.page + 1) : nil)
        return page("devices", title: "Devices", place: "/devices", live: "topic=devices", exchange, model)
    }

    private func range(_ found: DevicePage) -> String {
        if found.rows.isEmpty { return "none shown" }
        let first = (found.page - 1) * found.size + 1
        return "\(Words.grouped(first))–\(Words.grouped(first + found.rows.count - 1))"
    }

    /// A choice of "any" and the values. A value that is filtered by and not among them is put in, so that it is seen.
    private func options(_ values: [(String, String)], _ chosen: String?) -> [Model.Option] {
        var options = values.filter { !$0.0.isEmpty }.map { Model.Option(value: $0.0, label: $0.1, selected: $0.0 == chosen) }
        if let chosen, !options.contains(where: \.selected) {
            options.append(Model.Option(value: chosen, label: chosen, selected: true))
        }
        return options
    }

    private static func label(of sort: DeviceQuery.Sort) -> String {
        switch sort {
        case .name: "device"
        case .product: "product"
        case .lastProof: "last proof"
        case .state: "state"
        case .moves: "moves"
        }
    }

    private func columns(_ search: DeviceQuery, _ link: Link) -> [Model.Column] {
        let columns: [(String, DeviceQuery.Sort?)] = [
            ("Device", .name), ("State", .state), ("Last proof", .lastProof), ("Carried by", nil), ("Product", .product),
            ("Place", nil),
            ("Tags", nil), ("Moves", .moves),
        ]
        return columns.map { label, sort in
            guard let sort else { return Model.Column(label: label) }
            let current = sort == search.sort
            return Model.Column(
                label: label, path: link.path(sort: sort, descending: current && !search.descending),
                sorted: current ? (search.descending ? "descending" : "ascending") : nil,
                mark: current ? (search.descending ? "▾" : "▴") : nil)
        }
    }

    private func row(_ row: DeviceRow, at now: UTCInstant) -> Model.Row {
        Model.Row(
            id: row.id, path: Self.path(ofDevice: row.id), state: StateModel(row.state),
            proof: row.lastProof.map { AgeModel($0, at: now) },
            interval: Words.age(seconds: Int64(row.interval)), operator: row.operator.name, slot: Words.name(ofSlot: row.slot),
            onBackup: row.slot != 0, product: row.product, firmware: row.firmware, country: row.country, area: row.area,
            tags: row.tags,
            moves: row.moves)
    }

    /// Makes the addresses of the same search with one thing changed.
    private struct Link {
        var search: DeviceQuery
        var filters: [(String, String)]

        init(_ search: DeviceQuery) {
            self.search = search
            let filter = search.filter
            let all: [(String, String?)] = [
                ("text", filter.text), ("state", filter.state?.rawValue), ("operator", filter.operator.map(String.init)),
                ("profile", filter.slot.map { Words.name(ofSlot: $0) }), ("product", filter.product),
                ("firmware", filter.firmware), ("country", filter.country), ("area", filter.area), ("tag", filter.tag),
            ]
            filters = all.compactMap { name, value in value.map { (name, $0) } }
        }

        func path(page: Int) -> String { path(sort: search.sort, descending: search.descending, page: page) }

        func path(sort: DeviceQuery.Sort, descending: Bool, page: Int = 1) -> String {
            var pairs = filters
            if sort != .name { pairs.append(("sort", sort.rawValue)) }
            if descending { pairs.append(("order", "desc")) }
            if search.size != 50 { pairs.append(("size", String(search.size))) }
            if page > 1 { pairs.append(("page", String(page))) }
            let query = pairs.map { "\($0.0)=\(PercentEncoding.encode($0.1))" }.joined(separator: "&")
            return query.isEmpty ? "/devices" : "/devices?\(query)"
        }
    }
}
