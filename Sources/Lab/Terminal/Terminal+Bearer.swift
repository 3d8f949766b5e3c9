import Resilience
import Wire

/// A data connection that the terminal holds or wants.
struct Bearer: Equatable, Sendable {
    /// The number of the host's own connection.
    static let hostID: UInt8 = 5
    static let hostPort: UInt16 = 4_711

    var id: UInt8
    var accessPoint: String
    /// Nil until the network has given one.
    var address: IPAddress?
    var unanswered = 0
    var refusals = 0
    /// Whether the card was told that it is up, so that every loss is told once.
    var reportedUp = false
}

// MARK: Data connections (TS 24.301, clause 6)
extension Terminal {
    /// A request is sent so often before the terminal takes it for failed (T3482, clause 6.5.1.6).
    private static var mostRequests: Int { 5 }

    mutating func openHostBearer() {
        openBearer(Bearer.hostID, hostAccessPoint)
    }

    /// Opens a connection, or keeps the one that is open or on its way.
    mutating func openBearer(_ id: UInt8, _ accessPoint: String) {
        if bearers.contains(where: { $0.id == id }) {
            if bearers.contains(where: { $0.id == id && $0.address == nil }), !isSet(.bearerRequest(id)), !isSet(.t3482(id)) {
                set(.bearerRequest(id), after: timing.bearer.draw(&random))
            }
            return
        }
        bearers.append(Bearer(id: id, accessPoint: accessPoint))
        set(.bearerRequest(id), after: timing.bearer.draw(&random))
    }

    mutating func requestBearer(_ id: UInt8) {
        guard case .registered(let cell) = registration, let bearer = bearers.first(where: { $0.id == id }), bearer.address == nil
        else { return }
        send(.bearerRequest(id: id, apn: bearer.accessPoint), to: cell)
        set(.t3482(id), after: timing.t3482)
    }

    mutating func bearerUnanswered(_ id: UInt8) {
        guard let index = bearers.firstIndex(where: { $0.id == id }), bearers[index].address == nil else { return }
        bearers[index].unanswered += 1
        guard bearers[index].unanswered >= Self.mostRequests else { return requestBearer(id) }
        bearers[index].unanswered = 0
        refused(index, cause: nil)
    }

    mutating func receiveBearer(_ message: RadioMessage.Downlink, on cell: Cell) {
        switch message {
        case .bearerAccept(let id, let address):
            guard let index = bearers.firstIndex(where: { $0.id == id }), bearers[index].address == nil else { return }
            clear(.t3482(id))
            bearers[index].address = address
            bearers[index].unanswered = 0
            bearers[index].refusals = 0
            bearers[index].reportedUp = true
            note(.connected(carrier: cell.carrier))
            reportConnection(bearers[index], status: 0x00, cause: nil)
            bearerIsUp(id)
        case .bearerReject(let id, let cause):
            guard let index = bearers.firstIndex(where: { $0.id == id }), bearers[index].address == nil else { return }
            clear(.t3482(id))
            refused(index, cause: cause)
        case .bearerDropped(let id, let cause):
            guard let index = bearers.firstIndex(where: { $0.id == id }), bearers[index].address != nil else { return }
            bearers[index].address = nil
            lost(bearers[index], cause: cause)
            set(.bearerRequest(id), after: timing.bearer.draw(&random))
        case .datagram(let id, let datagram):
            deliver(datagram, on: id, carrier: cell.carrier)
        default:
            break
        }
    }

    private mutating func refused(_ index: Int, cause: SessionCause?) {
        let bearer = bearers[index]
        note(.disconnected(cause))
        reportConnection(bearer, status: 0x01, cause: cause)
        bearerIsRefused(bearer.id)
        guard bearer.id == Bearer.hostID else {
            bearers.remove(at: index)
            return
        }
        // Causes that time does not cure are asked about at the longest interval only (TS 24.301, clause 6.5.1.4.3).
        let steps = [.unknownAPN, .userAuthenticationFailed, .optionNotSubscribed].contains(cause) ? 16 : bearer.refusals
        let delay = timing.bearerRetry.wholeMilliseconds << Int64(min(steps, 16))
        bearers[index].refusals += 1
        set(.bearerRequest(bearer.id), after: min(.milliseconds(delay), timing.longestBearerRetry))
    }

    private mutating func lost(_ bearer: Bearer, cause: SessionCause?) {
        note(.disconnected(cause))
        reportConnection(bearer, status: 0x02, cause: cause)
        bearerIsLost(bearer.id)
    }

    /// Registration is gone, and every connection with it.
    mutating func dropBearers() {
        let gone = bearers
        bearers = []
        for bearer in gone {
            [.bearerRequest(bearer.id), .t3482(bearer.id)].forEach { clear($0) }
            if bearer.address != nil { lost(bearer, cause: nil) } else { bearerIsRefused(bearer.id) }
        }
    }

    /// Data connection status change (TS 31.111, clause 7.5.25).
    private mutating func reportConnection(_ bearer: Bearer, status: UInt8, cause: SessionCause?) {
        guard profile.supports(.connectionPDN) else { return }
        let (location, information) = (locationStatus, locationInformation)
        sendEvent(ToolkitEvent.connectionStatusChange, from: Device.network) {
            $0.comprehension(ToolkitTag.connectionStatus, [status])
            // A PDN connection.
            $0.comprehension(ToolkitTag.connectionType, [0x01])
            if let cause { $0.comprehension(ToolkitTag.sessionCause, [cause.rawValue]) }
            $0.comprehension(ToolkitTag.transaction, required: false, [bearer.id])
            $0.comprehension(ToolkitTag.locationStatus, [location.rawValue])
            if let information {
                $0.comprehension(ToolkitTag.location, required: false, information)
                $0.comprehension(ToolkitTag.technology, required: false, [AccessTechnology.eutran.rawValue])
            }
            $0.comprehension(ToolkitTag.accessPoint, AccessPointLabels.coded(bearer.accessPoint))
        }
    }
}
