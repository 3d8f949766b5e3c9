import Reachability

/// Everything about the estate that is answered from memory. It says what the store says: it changes only after a commit.
struct Live {
    var table: ReachabilityTable
    var detector: OutageDetector
    var cards = CardIndex()
    /// Which of `policies` a card should run, by device id.
    private var wanted: [UInt8] = []
    private var policies: [UInt32?] = [nil]
    /// What the inventory says of technologies and access points.
    var connectivities = ConnectivityTable()
    /// Which of `connectivities` a device has, by its id: only as long as the last device that has one.
    private var connectivity: [UInt16] = []
    /// Operators some of whose cards here have the IMSI of another network: of these it is not known who is at home. When the last such
    /// card is gone, that is noticed at the next start.
    var guestOperators: Set<UInt16> = []
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
        if !connectivity.isEmpty { connectivity.reserveCapacity(capacity) }
    }

    /// The device with the next id.
    mutating func append(
        _ device: ReachabilityTable.Device, card: UInt64, wanted policy: UInt32?, connectivity number: UInt16 = 0
    ) throws {
        _ = try table.add(device)
        cards.append(card)
        wanted.append(0)
        setWanted(policy, of: UInt32(cards.count - 1))
        setConnectivity(number, of: UInt32(cards.count - 1))
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

    /// - Parameter number: the place in ``connectivities``.
    mutating func setConnectivity(_ number: UInt16, of id: UInt32) {
        let place = Int(id)
        guard place < wanted.count else { return }
        if place >= connectivity.count {
            guard number != 0 else { return }
            connectivity.reserveCapacity(wanted.capacity)
            connectivity.append(contentsOf: repeatElement(0, count: place + 1 - connectivity.count))
        }
        connectivity[place] = number
    }

    /// The number of a device's connectivity; 0 when nothing is said of it.
    func connectivityNumber(of id: UInt32) -> UInt16 { Int(id) < connectivity.count ? connectivity[Int(id)] : 0 }

    /// Bytes held for the devices, the contexts of the responders excepted.
    var bytes: Int {
        table.residentBytes + cards.bytes + wanted.capacity + connectivity.capacity * MemoryLayout<UInt16>.stride
    }
}
