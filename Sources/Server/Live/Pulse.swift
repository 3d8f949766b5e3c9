import Estate

/// What changed in the estate within the last second, summed up: open pages are told this, not every beacon.
struct Pulse: Equatable, Sendable {
    /// Device ids that are kept apart; beyond it every device page is told to look.
    static let deviceLimit = 256

    var beacons = 0
    var devices: Set<String> = []
    /// More devices changed than are kept apart.
    var manyDevices = false
    var events = 0
    var outages = false
    var inventory = false

    var isEmpty: Bool { self == Pulse() }

    mutating func note(_ change: Change) {
        switch change {
        case .beacons(let count, _): beacons += count
        case .device(let id):
            if devices.count < Self.deviceLimit { devices.insert(id) } else { manyDevices = true }
        case .event(let record):
            events += 1
            if let device = record.device { note(.device(device)) }
        case .outage: outages = true
        case .inventory: inventory = true
        }
    }
}

/// What an open page shows, and so which pulses are news to it.
enum Topic: Equatable, Sendable {
    case overview, devices, operators, events, drill
    case device(String)

    /// - Parameter name: as in `/live?topic=...`.
    init?(name: String, device: String?) {
        switch (name, device) {
        case ("overview", nil): self = .overview
        case ("devices", nil): self = .devices
        case ("operators", nil): self = .operators
        case ("events", nil): self = .events
        case ("drill", nil): self = .drill
        case ("device", .some(let id)): self = .device(id)
        default: return nil
        }
    }

    /// Whether a page on this topic looks different after the pulse. A drill's figures move on their own.
    func isNews(_ pulse: Pulse) -> Bool {
        switch self {
        case .drill: true
        case .overview, .operators, .devices: !pulse.isEmpty
        case .events: pulse.events > 0 || pulse.inventory
        case .device(let id): pulse.manyDevices || pulse.inventory || pulse.devices.contains(id)
        }
    }

    /// Ages and proofs move on without a change that is told: after so many quiet seconds a page looks again all the same.
    var patience: Int {
        switch self {
        case .drill: 1
        case .device: 5
        default: 15
        }
    }
}
