import Reachability
import Regulation

/// The inventory as the register of dependence counts it, with what is said about networks.
struct ConnectedInventory {
    var rows: [ConnectedUnits]
    /// Units of operators on cards with a second one, of whose core nobody says whose it is. By what the operator is called.
    var coresNotSaid: [String: Int]

    func report(on day: Day) -> DependenceReport {
        var report = DependenceReport(rows, on: day)
        report.missing += coresNotSaid.sorted { $0.key < $1.key }.map { name, units in
            MissingFact("whose core carries \(name) (\(units) units)", from: MissingFact.networks)
        }
        return report
    }
}

/// Units of one product in one country that are connected in the same way.
struct ConnectionGroup: Hashable {
    var product: UInt16
    var country: UInt16
    var primary: UInt16
    var backup: UInt16?
    /// The number of their ``Connectivity``.
    var connectivity: UInt16
}

extension Live {
    /// How many units there are of each group, in one pass over the table.
    func connectionGroups() -> [ConnectionGroup: Int] {
        var counts: [ConnectionGroup: Int] = [:]
        // Devices that were imported one after the other are often alike: they are counted together.
        var alike: (group: ConnectionGroup, units: Int)?
        table.forEach(.all) { id in
            guard let device = table.device(id) else { return }
            let group = ConnectionGroup(
                product: device.product, country: device.country, primary: device.primary, backup: device.backup,
                connectivity: connectivityNumber(of: id))
            if let before = alike, before.group == group {
                alike = (group, before.units + 1)
            } else {
                if let before = alike { counts[before.group, default: 0] += before.units }
                alike = (group, 1)
            }
        }
        if let last = alike { counts[last.group, default: 0] += last.units }
        return counts
    }

    func connectedUnits(_ cores: CoreFacts, exposures: [String: Exposure]) -> ConnectedInventory {
        var coresNotSaid: [String: Int] = [:]
        var found: [UInt16: CoreFacts.Found] = [:]
        func core(of id: UInt16) -> CoreFacts.Found {
            if let known = found[id] { return known }
            let core = cores.core(of: reference(id).plmn)
            found[id] = core
            return core
        }
        func network(_ id: UInt16, _ country: String, _ technologies: [RadioTechnology]) -> UsedNetwork {
            let reference = reference(id)
            guard !reference.plmn.isEmpty else {
                return UsedNetwork(name: reference.name, code: nil, country: country, technologies: technologies)
            }
            let core = core(of: id)
            let attachment = HomeCountry.attachment(of: reference.plmn, in: country, mayBeGuest: guestOperators.contains(id))
            let isOwn = core.key == reference.plmn
            return UsedNetwork(
                name: reference.name, code: reference.plmn, country: country, core: isOwn ? nil : core.key,
                coreName: isOwn ? nil : core.name, coreVendor: core.vendor, technologies: technologies, attachment: attachment,
                home: attachment == .roaming ? reference.plmn : nil)
        }
        func point(_ apn: APN?) -> UsedAccessPoint {
            UsedAccessPoint(name: apn?.text, exposure: apn.flatMap { exposures[$0.text] } ?? .unknown)
        }
        let rows = connectionGroups().map { group, units -> ConnectedUnits in
            let country = names.countries[group.country]
            let connectivity = connectivities[group.connectivity]
            var networks = [network(group.primary, country, connectivity.technologies)]
            var points = [point(connectivity.primaryAPN)]
            if let backup = group.backup {
                points.append(point(connectivity.backupAPN))
                // Two profiles of one operator are one network.
                if backup != group.primary {
                    networks.append(network(backup, country, connectivity.technologies))
                    // Whoever is said to carry another is asked for in its place.
                    for name in Set([group.primary, backup].map { core(of: $0) }.filter { !$0.isKnown }.map(\.name)) {
                        coresNotSaid[name, default: 0] += units
                    }
                }
            }
            return ConnectedUnits(
                product: names.products[group.product], networks: networks, profiles: group.backup == nil ? 1 : 2,
                accessPoints: points, units: units)
        }
        return ConnectedInventory(rows: rows.sorted { $0.order.lexicographicallyPrecedes($1.order) }, coresNotSaid: coresNotSaid)
    }
}

extension ConnectedUnits {
    /// What puts rows into the same order each time, so that findings with the same facts have the same texts.
    fileprivate var order: [String] {
        [product] + networks.flatMap { [$0.name, $0.code ?? "", $0.country ?? "", $0.technologies.words] }
            + accessPoints.map { $0.name ?? "" }
    }
}
