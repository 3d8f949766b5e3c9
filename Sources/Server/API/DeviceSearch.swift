import Estate

/// The search for devices as queries spell it, for the API (which refuses what it does not understand) and for the console
/// (which says so and goes on).
enum DeviceSearch {
    static let filters = ["text", "product", "firmware", "country", "area", "tag", "operator", "state", "profile"]
    static let parameters = filters + ["sort", "order", "page", "size"]

    enum Profile: String, CaseIterable { case primary, backup }
    enum Order: String, CaseIterable { case ascending = "asc", descending = "desc" }

    /// - Throws: ``Problem`` 400 at the first parameter that does not do.
    static func strict(_ query: Query) throws(Problem) -> DeviceQuery {
        let (search, problems) = lenient(query)
        if let first = problems.first { throw first }
        return search
    }

    /// What was understood, and what was not.
    static func lenient(_ query: Query) -> (DeviceQuery, [Problem]) {
        var search = DeviceQuery()
        var problems: [Problem] = []
        func take<Value>(_ read: () throws(Problem) -> Value?) -> Value? {
            do throws(Problem) {
                return try read()
            } catch {
                problems.append(error)
                return nil
            }
        }
        search.filter.text = query.text("text")
        search.filter.product = query.text("product")
        search.filter.firmware = query.text("firmware")
        search.filter.country = query.text("country")
        search.filter.area = query.text("area")
        search.filter.tag = query.text("tag")
        search.filter.operator = take { () throws(Problem) in try query.integer("operator", in: 0...Int(Int32.max)) }
        search.filter.state = take { () throws(Problem) in try query.choice("state") }
        search.filter.slot = take { () throws(Problem) in try query.choice("profile", of: Profile.self) }.map {
            $0 == .primary ? 0 : 1
        }
        search.sort = take { () throws(Problem) in try query.choice("sort") } ?? .name
        search.descending = take { () throws(Problem) in try query.choice("order", of: Order.self) } == .descending
        search.page = take { () throws(Problem) in try query.integer("page", in: 1...1_000_000) } ?? 1
        search.size = take { () throws(Problem) in try query.integer("size", in: 1...200) } ?? 50
        return (search, problems)
    }
}
