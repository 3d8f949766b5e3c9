import Regulation
import Storage

/// What the inventory says of how a device is connected. Most devices of a product have it in common.
struct Connectivity: Hashable, Sendable {
    /// What the device's radio can use, each once, in the order of `RadioTechnology`; empty when nobody says it.
    private(set) var technologies: [RadioTechnology]
    var primaryAPN: APN?
    var backupAPN: APN?

    init(technologies: [RadioTechnology] = [], primaryAPN: APN? = nil, backupAPN: APN? = nil) {
        self.technologies = technologies.inOrder
        self.primaryAPN = primaryAPN
        self.backupAPN = backupAPN
    }

    init(_ row: InventoryRow) {
        self.init(technologies: row.technologies, primaryAPN: row.primary.apn, backupAPN: row.backup?.apn)
    }
}

extension Connectivity {
    /// - Parameter number: for the message, when the store holds what cannot be.
    fileprivate init(stored number: Int, technologies: String, primaryAPN: String?, backupAPN: String?) throws {
        func apn(_ text: String?) throws -> APN? {
            do { return try text.map { text throws(APN.Problem) in try APN(text) } } catch {
                throw EstateError.contradiction(detail: "connectivity \(number) has \(error)")
            }
        }
        let known = try technologies.split(separator: " ").map { word in
            guard let technology = RadioTechnology(rawValue: String(word)) else {
                throw EstateError.contradiction(detail: "connectivity \(number) has the technology \(String(word).quoted)")
            }
            return technology
        }
        self.init(technologies: known, primaryAPN: try apn(primaryAPN), backupAPN: try apn(backupAPN))
    }
}

extension [RadioTechnology] {
    /// Each once, in the order in which they are declared.
    var inOrder: [RadioTechnology] { RadioTechnology.allCases.filter(contains) }
    /// As an inventory has them: "2G LTE-M".
    var words: String { map(\.rawValue).joined(separator: " ") }
}

/// Every distinct ``Connectivity`` of an estate by a small number, 0 for nothing said. Numbers are given in order, kept in the store and
/// never reused.
struct ConnectivityTable {
    /// Combinations in an estate, so that a device has two bytes for its own.
    static let limit = Int(UInt16.max)

    private(set) var all = [Connectivity()]
    private var numbers = [Connectivity(): UInt16(0)]

    subscript(number: UInt16) -> Connectivity { Int(number) < all.count ? all[Int(number)] : Connectivity() }

    /// The combination's number, a new one if need be; nil when there is no room for another.
    mutating func add(_ connectivity: Connectivity) -> UInt16? {
        if let number = numbers[connectivity] { return number }
        guard all.count <= Self.limit else { return nil }
        let number = UInt16(all.count)
        all.append(connectivity)
        numbers[connectivity] = number
        return number
    }

    /// Reads what ``write(since:_:)`` wrote.
    mutating func load(_ connection: Connection) throws {
        try connection.each("SELECT id, technologies, primary_apn, backup_apn FROM connectivity ORDER BY id") { row in
            let place = row.int(0)
            let stored = try Connectivity(
                stored: place, technologies: row.text(1), primaryAPN: row.optionalText(2), backupAPN: row.optionalText(3))
            guard place == all.count, let number = add(stored), Int(number) == place else {
                throw EstateError.contradiction(detail: "connectivity number \(place), expected \(all.count), each once")
            }
        }
    }

    /// Writes what `self` has and `before` had not.
    func write(since before: ConnectivityTable, _ connection: Connection) throws {
        for number in before.all.count..<max(before.all.count, all.count) {
            let connectivity = all[number]
            try connection.execute(
                "INSERT INTO connectivity (id, technologies, primary_apn, backup_apn) VALUES (?, ?, ?, ?)",
                [
                    .integer(of: number), .text(connectivity.technologies.words), .optional(connectivity.primaryAPN?.text),
                    .optional(connectivity.backupAPN?.text),
                ])
        }
    }
}
