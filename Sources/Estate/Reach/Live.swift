import Reachability

/// Everything about the estate that is answered from memory. It says what the store says: it changes only after a commit.
struct Live {
    var table: ReachabilityTable
    var detector: OutageDetector
    var cards = CardIndex()
    /// Which of `policies` a card should run, by device id.
    private var wanted: [UInt8] = []
    private var policies: [UInt32?] = [nil]
    var names = Names()
    /// By id, which starts at 1; place 0 is nobody.
    var operators: [OperatorRef] = [OperatorRef(id: 0, name: "unknown", plmn: "")]
    var series = BeaconSeries()
    /// What is wanted of cards, by device id: few at a time.
    var wishes: [UInt32: Wish] = [:]

    /// Policy versions that an estate can ask for at the same time.
    static let policyLimit = 255

    init(thresholds: Thresholds, parameters: OutageDetector.Parameters) {
        table = ReachabilityTable(thresholds: thresholds, capacity: 0)
        detector = OutageDetector(parameters: parameters)
    }

    var count: Int { cards.count }

    func reference(_ operatorID: UInt16) -> OperatorRef {
        Int(operatorID) < operators.count ? operators[Int(operatorID)] : operators[0]
    }

    mutating func reserve(_ capacity: Int) {
        cards.reserve(capacity)
        if cards.count == 0 { table = ReachabilityTable(thresholds: table.thresholds, capacity: capacity) }
        wanted.reserveCapacity(capacity)
    }

    /// The device with the next id.
    mutating func append(_ device: ReachabilityTable.Device, card: UInt64, wanted policy: UInt32?) throws {
        _ = try table.add(device)
        cards.append(card)
        wanted.append(0)
        setWanted(policy, of: UInt32(cards.count - 1))
    }

    mutating func setWanted(_ policy: UInt32?, of id: UInt32) {
        guard Int(id) < wanted.count else { return }
        if let known = policies.firstIndex(of: policy) {
            wanted[Int(id)] = UInt8(known)
        } else if policies.count < Self.policyLimit {
            policies.append(policy)
            wanted[Int(id)] = UInt8(policies.count - 1)
        }
    }

    func wantedPolicy(of id: UInt32) -> UInt32? { Int(id) < wanted.count ? policies[Int(wanted[Int(id)])] : nil }

    /// Bytes held for the devices, the contexts of the responders excepted.
    var bytes: Int { table.residentBytes + cards.bytes + wanted.capacity }
}
