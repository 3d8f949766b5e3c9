import Resilience
import Wire

// MARK: Finding a cell (TS 23.122)
extension Terminal {
    /// After so many failed attempts T3402 runs instead of T3411 (TS 24.301, clause 5.5.1.1).
    private static var mostAttempts: Int { 5 }

    mutating func send(_ message: RadioMessage.Uplink, to cell: Cell) {
        outputs.append(.uplink(message, to: cell.carrier, after: timing.air.draw(&random)))
    }

    mutating func search() {
        [.t3410, .t3411, .access, .areaUpdate, .t3412Answer, .radioLinkFailure].forEach { clear($0) }
        registration = .searching
        set(.search, after: timing.search.draw(&random))
    }

    mutating func hear(_ heard: [Cell]) {
        let before = cells
        cells = heard
        guard power == .on else { return }
        switch registration {
        case .attaching(let cell), .waiting(let cell), .registered(let cell):
            if heard.contains(cell) {
                clear(.radioLinkFailure)
            } else if before.contains(cell) {
                set(.radioLinkFailure, after: timing.radioLinkFailure.draw(&random))
            }
        case .outOfCoverage, .noCell, .limited:
            // What is new in the air is found by the next search, not at once.
            if heard.contains(where: { !before.contains($0) }), !isSet(.search) { set(.search, after: timing.search.draw(&random)) }
        case .idle, .searching, .invalid:
            break
        }
    }

    /// A search has ended: take the best cell that may be used.
    mutating func selectCell() {
        guard usim != nil, power == .on else { return }
        if case .outOfCoverage(let last) = registration, cells.contains(last) {
            registration = .registered(last)
            requestAreaUpdate()
            return
        }
        if case .invalid = registration { return }
        let candidates = cells.filter { mayUse($0) }.sorted { rank($0) < rank($1) }
        guard let best = candidates.first else {
            if case .outOfCoverage = registration {} else { registration = cells.isEmpty ? .noCell : .limited }
            set(.search, after: timing.rescan + timing.search.draw(&random))
            return
        }
        dropBearers()
        registration = .attaching(best)
        set(.access, after: timing.access.draw(&random))
    }

    private func mayUse(_ cell: Cell) -> Bool {
        !forbidden.contains(cell.area.plmn) && !forbiddenAreas.contains(cell.area)
    }

    /// The order of automatic network selection: the last registered network, the home network, the card's lists, any other.
    private func rank(_ cell: Cell) -> Int {
        guard let usim else { return .max }
        if usim.isHome(cell.area.plmn) { return 0 }
        if usim.lastRegistered == cell.area.plmn { return 1 }
        return 2 + (usim.preferred.firstIndex(of: cell.area.plmn) ?? usim.preferred.count + cell.carrier)
    }

    mutating func loseCell() {
        switch registration {
        case .registered(let cell):
            [.areaUpdate, .t3412Answer].forEach { clear($0) }
            registration = .outOfCoverage(cell)
            set(.search, after: timing.search.draw(&random))
        case .attaching, .waiting:
            search()
        default:
            break
        }
    }
}

// MARK: Attach (TS 24.301, clause 5.5.1)
extension Terminal {
    mutating func requestAttach() {
        guard case .attaching(let cell) = registration, let usim else { return }
        note(.attachRequested(carrier: cell.carrier))
        send(.attachRequest(imsi: usim.imsi), to: cell)
        set(.t3410, after: timing.t3410)
    }

    mutating func attachUnanswered() {
        guard case .attaching(let cell) = registration else { return }
        attemptFailed(on: cell)
    }

    mutating func attachAgain() {
        guard case .waiting(let cell) = registration else { return }
        guard cells.contains(cell) else { return search() }
        registration = .attaching(cell)
        set(.access, after: timing.access.draw(&random))
    }

    private mutating func attemptFailed(on cell: Cell) {
        clear(.t3410)
        attempts += 1
        registration = .waiting(cell)
        if attempts < Self.mostAttempts {
            set(.t3411, after: timing.t3411)
        } else {
            attempts = 0
            set(.t3411, after: timing.t3402)
        }
    }

    mutating func receive(_ message: RadioMessage.Downlink, from carrier: Int) {
        switch registration {
        case .attaching(let cell) where cell.carrier == carrier: attaching(message, on: cell)
        case .registered(let cell) where cell.carrier == carrier: registered(message, on: cell)
        default: break
        }
    }

    private mutating func attaching(_ message: RadioMessage.Downlink, on cell: Cell) {
        switch message {
        case .authenticationRequest(let rand, let autn):
            switch session.authenticate(rand: rand, autn: autn) {
            case .response(let res): send(.authenticationResponse(res: res), to: cell)
            case .synchronisation(let auts): send(.synchronisationFailure(auts: auts), to: cell)
            // A card that cannot authenticate is answered for as one that found the MAC wrong.
            case .wrongMAC, .failed: send(.macFailure, to: cell)
            }
        case .authenticationReject:
            giveUp(.illegalMS, on: cell)
        case .attachAccept(let area):
            accepted(on: cell, area)
        case .attachReject(let cause, let backOff):
            rejected(cause, backOff: backOff, on: cell, update: .attach)
        default:
            break
        }
    }

    private mutating func accepted(on cell: Cell, _ area: TrackingArea) {
        [.t3410, .t3411].forEach { clear($0) }
        attempts = 0
        registration = .registered(cell)
        usim?.lastRegistered = area.plmn
        note(.registered(carrier: cell.carrier))
        set(.areaUpdate, after: timing.t3412)
        storeLocation(area, status: 0x00)
        openHostBearer()
    }

    /// Writes EF.EPSLOCI and EF.LOCI (TS 31.102, clauses 4.2.91 and 4.2.17), with a temporary identity of the network's making.
    private mutating func storeLocation(_ area: TrackingArea?, status: UInt8) {
        let temporary: [UInt8] =
            area == nil
            ? Array(repeating: 0xFF, count: 4) : [0xC0 | UInt8(truncatingIfNeeded: id.rawValue >> 24)] + bigEndian(id.rawValue, 3)
        let place =
            area.map { $0.plmn.bytes + [UInt8($0.code >> 8), UInt8(truncatingIfNeeded: $0.code)] } ?? [
                0xFF, 0xFF, 0xFF, 0x00, 0x00,
            ]
        if usim?.offers(85) == true {
            let identity: [UInt8] =
                area.map { [0x0B, 0xF6] + $0.plmn.bytes + [0x80, 0x01, 0x01] + temporary } ?? Array(repeating: 0xFF, count: 12)
            session.update(EF.epsLOCI, identity + place + [status])
        }
        session.update(EF.loci, temporary + place + [0xFF, status])
    }

    private func bigEndian(_ number: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * (count - 1 - $0))) }
    }
}

// MARK: Rejection
extension Terminal {
    /// Which procedure was refused, as the network rejection event names it (TS 31.111, clause 8.91).
    enum Update: UInt8 {
        case attach = 0x09
        case areaUpdate = 0x0B
    }

    private mutating func rejected(_ cause: RejectCause, backOff: Duration?, on cell: Cell, update: Update) {
        clear(.t3410)
        note(.rejected(carrier: cell.carrier, cause))
        reportRejection(cause, on: cell, update: update)
        switch cause {
        case .illegalMS, .illegalME, .servicesNotAllowed, .noServicesAllowed:
            giveUp(cause, on: cell)
        case .plmnNotAllowed, .notAuthorisedInPLMN, .servicesNotAllowedInPLMN:
            // From the home network this cannot be meant, and is treated as abnormal.
            if usim?.isHome(cell.area.plmn) == true { return attemptFailed(on: cell) }
            forbid(cell.area.plmn, stored: cause != .servicesNotAllowedInPLMN)
            storeLocation(nil, status: 0x01)
            leave()
        case .areaNotAllowed, .roamingNotAllowedInArea, .noSuitableCells:
            forbiddenAreas.append(cell.area)
            storeLocation(nil, status: 0x01)
            leave()
        case .congestion:
            if let backOff {
                attempts = 0
                registration = .waiting(cell)
                set(.t3411, after: backOff)
            } else {
                attemptFailed(on: cell)
            }
        case .implicitlyDetached:
            attempts = 0
            leave()
        default:
            attemptFailed(on: cell)
        }
    }

    /// The USIM is no good for this network or any other until the modem is switched off.
    private mutating func giveUp(_ cause: RejectCause, on cell: Cell) {
        [.t3410, .t3411, .search, .access, .areaUpdate].forEach { clear($0) }
        dropBearers()
        registration = .invalid
        storeLocation(nil, status: 0x01)
    }

    private mutating func leave() {
        dropBearers()
        search()
    }

    private mutating func forbid(_ plmn: PLMN, stored: Bool) {
        guard !forbidden.contains(plmn) else { return }
        forbidden.append(plmn)
        guard stored, let size = session.binary(EF.fplmn)?.count, size >= 3 else { return }
        // The oldest entry gives way when the file is full (TS 31.102, clause 4.2.16).
        let kept = forbidden.suffix(size / 3)
        session.update(EF.fplmn, kept.flatMap(\.bytes) + Array(repeating: 0xFF, count: size - kept.count * 3))
    }
}

// MARK: While registered
extension Terminal {
    private mutating func registered(_ message: RadioMessage.Downlink, on cell: Cell) {
        switch message {
        case .areaUpdateAccept:
            clear(.t3412Answer)
            attempts = 0
            set(.areaUpdate, after: timing.t3412)
        case .areaUpdateReject(let cause):
            clear(.t3412Answer)
            rejected(cause, backOff: nil, on: cell, update: .areaUpdate)
        case .detach(let cause, let reattach):
            dropBearers()
            attempts = 0
            if !reattach, let cause { return rejected(cause, backOff: nil, on: cell, update: .attach) }
            registration = .attaching(cell)
            [.areaUpdate, .t3412Answer].forEach { clear($0) }
            set(.access, after: timing.access.draw(&random))
        case .bearerAccept, .bearerReject, .bearerDropped, .datagram:
            receiveBearer(message, on: cell)
        case .authenticationRequest, .authenticationReject, .attachAccept, .attachReject:
            break
        }
    }

    mutating func requestAreaUpdate() {
        guard case .registered(let cell) = registration else { return }
        send(.areaUpdateRequest, to: cell)
        set(.t3412Answer, after: timing.t3410)
    }

    /// T3430 has run out: the terminal stays registered and tries again, at last from the beginning (TS 24.301, clause 5.5.3.2.6).
    mutating func areaUpdateUnanswered() {
        guard case .registered(let cell) = registration else { return }
        attempts += 1
        if attempts < Self.mostAttempts {
            set(.areaUpdate, after: timing.t3411)
        } else {
            dropBearers()
            attempts = 0
            registration = .waiting(cell)
            set(.t3411, after: timing.t3402)
        }
    }
}

// MARK: What the card is told
extension Terminal {
    var locationStatus: LocationStatus {
        switch registration {
        case .registered: .normal
        case .attaching, .waiting, .limited, .invalid: cells.isEmpty ? .none : .limited
        case .outOfCoverage: cells.isEmpty ? .none : .limited
        case .idle, .searching, .noCell: .none
        }
    }

    var servingCell: Cell? {
        if case .registered(let cell) = registration { cell } else { nil }
    }

    /// Tells onlookers and card when registration has changed, once things have settled.
    mutating func reportLocation() {
        guard power == .on else { return }
        let status = locationStatus
        let plmn = servingCell?.area.plmn
        guard status != reportedLocation || plmn != reportedPLMN else { return }
        reportedLocation = status
        reportedPLMN = plmn
        note(.location(status))
        sendEvent(ToolkitEvent.locationStatus, from: Device.terminal) { [location = locationInformation] in
            $0.comprehension(ToolkitTag.locationStatus, [status.rawValue])
            if status == .normal, let location { $0.comprehension(ToolkitTag.location, location) }
            if status == .normal { $0.comprehension(ToolkitTag.technology, required: false, [AccessTechnology.eutran.rawValue]) }
        }
    }

    /// PLMN, tracking area code and cell identity (TS 31.111, clause 8.19), or nil when there is no cell to tell of.
    var locationInformation: [UInt8]? {
        guard let cell = servingCell else { return nil }
        return cell.area.plmn.bytes + [UInt8(cell.area.code >> 8), UInt8(truncatingIfNeeded: cell.area.code)]
            + bigEndian(Int(cell.identity) << 4 | 0xF, 4)
    }

    private mutating func reportRejection(_ cause: RejectCause, on cell: Cell, update: Update) {
        guard profile.supports(.rejectionEUTRAN) else { return }
        sendEvent(ToolkitEvent.networkRejection, from: Device.network) {
            let area = cell.area
            $0.comprehension(
                ToolkitTag.trackingArea, area.plmn.bytes + [UInt8(area.code >> 8), UInt8(truncatingIfNeeded: area.code)])
            $0.comprehension(ToolkitTag.technology, [AccessTechnology.eutran.rawValue])
            $0.comprehension(ToolkitTag.updateType, [update.rawValue])
            $0.comprehension(ToolkitTag.rejectionCause, [cause.rawValue])
        }
    }
}
