import Wire

/// A radio technology as an operator withdraws it.
public enum RadioTechnology: String, Codable, Hashable, Sendable, CaseIterable {
    case twoG = "2G"
    case threeG = "3G"
    case lte = "4G"
    case lteM = "LTE-M"
    case nbIoT = "NB-IoT"
    case fiveG = "5G"
}

/// A date that may be known only to the month or the year.
public struct SunsetDate: Codable, Hashable, Sendable {
    public enum Precision: String, Codable, Sendable { case day, month, quarter, half, year }

    /// As the source has it: "2028-H2".
    public var text: String
    public var precision: Precision
    public var earliest: Day
    public var latest: Day

    init?(_ text: String, precision: String) {
        guard let precision = Precision(rawValue: precision), let year = Int(text.prefix(4)) else { return nil }
        let part = text.dropFirst(5)
        let first: Day?
        let months: Int
        switch precision {
        case .day: (first, months) = (Day(text), 0)
        case .month: (first, months) = (Day(text + "-01"), 1)
        case .quarter:
            (first, months) = (
                Int(part.dropFirst()).flatMap { Day(year: year, month: (1...4).contains($0) ? $0 * 3 - 2 : 0, day: 1) }, 3
            )
        case .half:
            (first, months) = (
                Int(part.dropFirst()).flatMap { Day(year: year, month: (1...2).contains($0) ? $0 * 6 - 5 : 0, day: 1) }, 6
            )
        case .year: (first, months) = (text.utf8.count == 4 ? Day(year: year, month: 1, day: 1) : nil, 12)
        }
        guard let first else { return nil }
        self.text = text
        self.precision = precision
        earliest = first
        latest = months == 0 ? first : first.adding(months: months).adding(days: -1)
    }
}

/// What is known about one operator's end of one technology.
public struct Sunset: Codable, Hashable, Sendable {
    public enum Status: String, Codable, Sendable {
        case off, ending, planned
        /// Kept at least until the date.
        case notBefore = "not-before"
        case noneAnnounced = "none-announced"
    }

    /// ISO 3166-1 alpha-2.
    public var country: String
    public var operatorName: String
    /// "262-01"; nil: every operator of the country.
    public var network: String?
    public var technologies: [RadioTechnology]
    /// "native+roaming", "native", "inbound-roaming", or one home operator's code.
    public var affects: String
    /// The home network whose cards alone are affected.
    public var homeNetwork: String?
    public var status: Status
    public var date: SunsetDate?
    public var source: String
    public var url: String
    /// "high", "medium", "low", as the list has it.
    public var confidence: String
    public var notes: String

    /// The list, parsed once.
    public static let all: [Sunset] = {
        let records = CommaSeparated.parse(Array(FactFile.sunsets.utf8))
        guard let header = records.first else { return [] }
        let columns = Dictionary(header.enumerated().map { ($0.element, $0.offset) }) { old, _ in old }
        return records.dropFirst().compactMap { record in
            func value(_ name: String) -> String { columns[name].flatMap { $0 < record.count ? record[$0] : nil } ?? "" }
            guard let status = Status(rawValue: value("status")) else { return nil }
            let words = value("rat").split { $0 == "+" || $0 == " " }.compactMap { RadioTechnology(rawValue: String($0)) }
            let affects = value("affects")
            let home = affects.firstIndex(of: "(").map { affects[$0...].dropFirst().prefix { $0 != ")" } }
            return Sunset(
                country: value("country_iso"), operatorName: value("operator"),
                network: value("mcc_mnc").isEmpty ? nil : value("mcc_mnc"), technologies: words, affects: affects,
                homeNetwork: home.map(String.init), status: status,
                date: SunsetDate(value("date"), precision: value("date_precision")), source: value("source"),
                url: value("source_url"),
                confidence: value("confidence"), notes: value("notes"))
        }
    }()

    /// Whether it concerns cards on this network. An unknown way of attaching counts as both.
    func concerns(_ network: UsedNetwork) -> Bool {
        // A card abroad is on other networks than its home's own: what is withdrawn at home does not touch it there.
        if network.attachment == .roaming, let place = network.country, place.uppercased() != country { return false }
        let place: Bool =
            if let own = self.network {
                network.code.map { $0 == own }
                    ?? (network.country?.uppercased() == country && network.name.lowercased() == operatorName.lowercased())
            } else {
                network.country?.uppercased() == country
            }
        guard place else { return false }
        if let homeNetwork { return network.home == homeNetwork }
        switch affects {
        case "native": return network.attachment != .roaming
        case "inbound-roaming": return network.attachment != .native
        default: return true
        }
    }
}
