/// Something that many units depend on alone.
public struct Dependence: Codable, Hashable, Sendable, Identifiable {
    public enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
        /// All traffic passes one core network.
        case oneCore = "one-core"
        /// One profile on the card: nothing to switch to.
        case oneProfile = "one-profile"
        /// Every technology that is used on a network has a date of withdrawal.
        case sunset
        /// An APN that can be reached from the public internet.
        case publicAPN = "public-apn"
        /// Several networks, one vendor of cores.
        case sharedVendor = "shared-vendor"
    }

    public var kind: Kind
    public var product: String
    /// What is depended on, ready to be shown.
    public var subject: String
    /// Stable: the same dependence has the same id whenever it is computed again.
    public var id: String
    public var units: Int
    /// Units of the product.
    public var of: Int
    /// Units among them that have another network without this weakness.
    public var unitsWithAlternative: Int
    /// What speaks for its likelihood, with sources.
    public var evidence: [String]
    /// The earliest day on which it may come true, for a sunset.
    public var earliest: Day?

    init(kind: Kind, product: String, subject: String, key: String) {
        self.kind = kind
        self.product = product
        self.subject = subject
        id = [kind.rawValue, Self.slug(product), Self.slug(key)].joined(separator: "/")
        units = 0
        of = 0
        unitsWithAlternative = 0
        evidence = []
    }

    /// Lower case, every other byte percent-encoded: different keys stay different, and a separator cannot be smuggled in.
    private static func slug(_ text: String) -> String {
        var slug = ""
        for byte in text.lowercased().utf8 {
            switch byte {
            case 0x30...0x39, 0x61...0x7A, 0x2D, 0x2E, 0x5F: slug.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                slug += "%" + (digits.utf8.count < 2 ? "0" : "") + digits
            }
        }
        return slug
    }
}

/// The dependences in an inventory, and what the inventory does not say.
public struct DependenceReport: Codable, Hashable, Sendable {
    public var findings: [Dependence]
    public var missing: [MissingFact]

    /// - Parameter day: the day on which a date counts as past or to come.
    public init(_ rows: [ConnectedUnits], on day: Day, sunsets: [Sunset] = Sunset.all) {
        var found: [String: Dependence] = [:]
        var unknown: [MissingFact: Int] = [:]
        var totals: [String: Int] = [:]
        for row in rows { totals[row.product] = sum(totals[row.product] ?? 0, row.units) }
        func add(
            _ kind: Dependence.Kind, _ subject: String, key: String, _ row: ConnectedUnits, evidence: [String],
            alternative: Bool = false, day: Day? = nil
        ) {
            let new = Dependence(kind: kind, product: row.product, subject: subject, key: key)
            var finding = found[new.id] ?? new
            finding.units = sum(finding.units, row.units)
            finding.of = totals[row.product] ?? row.units
            if alternative { finding.unitsWithAlternative = sum(finding.unitsWithAlternative, row.units) }
            for line in evidence where !finding.evidence.contains(line) { finding.evidence.append(line) }
            finding.earliest = [finding.earliest, day].compactMap(\.self).min()
            found[new.id] = finding
        }
        func lacks(_ what: String, from source: String = "the inventory", _ row: ConnectedUnits) {
            let fact = MissingFact("\(row.product): \(what)", from: source)
            unknown[fact] = sum(unknown[fact] ?? 0, row.units)
        }

        for row in rows where row.units > 0 {
            if row.networks.isEmpty { lacks("which networks they use", row) }
            let cores = Set(row.networks.map(\.coreKey))
            if cores.count == 1, let network = row.networks.first {
                add(
                    .oneCore, network.coreName ?? network.core ?? network.label, key: network.coreKey, row,
                    evidence: ["An outage of this core leaves the units without any network."])
            }
            switch row.profiles {
            case nil: lacks("how many profiles their cards have", row)
            case .some(let count) where count <= 1:
                add(
                    .oneProfile, row.networks.first?.label ?? "one profile", key: row.networks.first?.key ?? "", row,
                    evidence: ["The card has no second profile to switch to."])
            default: break
            }
            if row.accessPoints.isEmpty { lacks("which APN they use", row) }
            for point in row.accessPoints {
                switch point.exposure {
                case .publicInternet:
                    add(
                        .publicAPN, point.name ?? "an APN that is not named", key: point.name ?? "", row,
                        evidence: ["Addresses of this APN can be reached from the public internet."])
                case .privateNetwork: break
                case .unknown:
                    if let name = point.name {
                        lacks("whether the APN \(name) is public or private", from: MissingFact.networks, row)
                    } else {
                        lacks("which APN they use, and whether it is public or private", row)
                    }
                }
            }
            if cores.count > 1 {
                let vendors = row.networks.map(\.coreVendor)
                let known = Set(vendors.compactMap { $0?.lowercased() })
                if vendors.contains(nil) {
                    // One network from another vendor is enough to be apart, whoever made the rest.
                    if known.count < 2 {
                        lacks("who made the cores of their networks", from: MissingFact.networks, row)
                    }
                } else if known.count == 1, let vendor = vendors.first ?? nil {
                    add(
                        .sharedVendor, vendor, key: vendor, row,
                        evidence: [
                            "All networks of these units have cores by one vendor: a fault in its software can take them down together."
                        ])
                }
            }
            let ends = row.networks.map { SunsetOutlook($0, sunsets: sunsets, on: day) }
            for (network, outlook) in zip(row.networks, ends) {
                if network.technologies.isEmpty { lacks("which technologies they use on \(network.label)", row) }
                if network.attachment == .roaming, let home = network.home, home == network.code {
                    lacks(
                        "which networks carry cards of \(network.label) abroad, in \(network.country ?? "a country not named")", row
                    )
                }
                guard let outlook else { continue }
                let others = zip(row.networks, ends).contains { other, end in
                    other.coreKey != network.coreKey && end == nil && !other.technologies.isEmpty
                }
                add(
                    .sunset, "\(outlook.technologies.map(\.rawValue).joined(separator: " and ")) on \(network.label)",
                    key: "\(network.key) \(outlook.technologies.map(\.rawValue).joined(separator: "+"))", row,
                    evidence: outlook.evidence,
                    alternative: others, day: outlook.earliest)
            }
        }
        findings = found.values.sorted { ($1.units, $0.id) < ($0.units, $1.id) }
        missing = unknown.sorted { ($0.key.what, $0.key.from) < ($1.key.what, $1.key.from) }
            .map { MissingFact("\($0.key.what) (\($0.value) units)", from: $0.key.from) }
    }
}

extension MissingFact {
    /// Where facts come from that belong to networks and not to units.
    public static let networks = "what is said about networks"
}

/// What becomes of the technologies that units use on one network. Nil while one of them stays.
private struct SunsetOutlook {
    var technologies: [RadioTechnology]
    var evidence: [String]
    /// The first day on which nothing may be left.
    var earliest: Day?

    init?(_ network: UsedNetwork, sunsets: [Sunset], on day: Day) {
        technologies = RadioTechnology.allCases.filter(network.technologies.contains)
        evidence = []
        guard !technologies.isEmpty else { return nil }
        var last: Day?
        for technology in technologies {
            let ends = sunsets.filter {
                $0.technologies.contains(technology) && $0.concerns(network) && [.off, .ending, .planned].contains($0.status)
            }
            guard !ends.isEmpty else { return nil }
            let first = ends.compactMap { $0.date?.earliest }.min()
            last = [last, first].compactMap(\.self).max()
            evidence += ends.map { $0.line(technology, on: day) }
        }
        earliest = last
    }
}

extension Sunset {
    fileprivate func line(_ technology: RadioTechnology, on day: Day) -> String {
        let when = date.map { "\($0.text) (known to the \($0.precision.rawValue))" } ?? "date not known"
        let stale = status != .off && (date.map { $0.latest < day } ?? false) ? "; the date is past: ask the operator" : ""
        let whom = affects == "native+roaming" ? "" : " (\(affects))"
        return
            "\(technology.rawValue) of \(operatorName)\(whom): \(status.rawValue), \(when)\(stale); confidence \(confidence); \(source)"
    }
}

/// Adds what comes from outside; stays at the largest number instead of trapping.
private func sum(_ left: Int, _ right: Int) -> Int {
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? .max : sum
}
