import Regulation

/// Whether an operator's cards are at home where their units are.
///
/// A PLMN begins with its country's code (ITU-T E.212). Which code is whose is read off the list of switch-offs: of a country that
/// is not in it nothing is said, because some territories share their neighbour's code.
enum HomeCountry {
    /// The countries of a mobile country code, as far as the list has them: "262" is Germany's.
    static let ofCode: [String: Set<String>] = {
        var countries: [String: Set<String>] = [:]
        for sunset in Sunset.all {
            guard let network = sunset.network else { continue }
            countries[String(network.prefix(3)), default: []].insert(sunset.country)
        }
        return countries
    }()
    private static let known = ofCode.values.reduce(into: Set<String>()) { $0.formUnion($1) }

    /// - Parameters:
    ///   - plmn: the network that the profile names: "262-01".
    ///   - country: where the unit is, ISO 3166-1 alpha-2.
    ///   - mayBeGuest: whether a card of the operator has the IMSI of another network.
    static func attachment(of plmn: String, in country: String, mayBeGuest: Bool) -> UsedNetwork.Attachment {
        let country = country.uppercased()
        guard let homes = ofCode[String(plmn.prefix(3))], known.contains(country) else { return .unknown }
        guard homes.contains(country) else { return .roaming }
        return mayBeGuest ? .unknown : .native
    }
}
