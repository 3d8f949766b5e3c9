/// What the inventory knows about the units that a case is about.
public struct AffectedUnits: Equatable, Codable, Sendable {
    public var units = 0
    /// As the inventory names them, in order.
    public var countries: [String] = []
    public var firmware: [String] = []
}

extension EstateService {
    /// Where the units of a selection are, and which versions they run.
    public func affectedUnits(of selection: UnitSelection) -> AffectedUnits {
        live.withLock { live in
            var units = 0
            var countries: Set<UInt16> = []
            var firmware: Set<UInt16> = []
            live.each(of: selection) { id in
                guard let device = live.table.device(id) else { return }
                units += 1
                countries.insert(device.country)
                firmware.insert(device.firmware)
            }
            return AffectedUnits(
                units: units, countries: countries.map { live.names.countries[$0] }.filter { !$0.isEmpty }.sorted(),
                firmware: firmware.map { live.names.firmware[$0] }.filter { !$0.isEmpty }.sorted())
        }
    }
}
