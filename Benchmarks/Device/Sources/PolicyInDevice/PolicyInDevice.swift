import Resilience

// The switching policy alone, for a firmware whose card is somebody else's: events in, decisions out.

@_extern(c, "memory_write")
func memoryWrite(_ bytes: UnsafePointer<UInt8>?, _ count: UInt32)

nonisolated(unsafe) private var policy = Policy(parameters: .standard, memory: Memory(), seed: 0)

/// Goes on from stored memory, or begins anew where there is none that can be read.
@c(policy_begin)
public func begin(preset: UInt32, seed: UInt64, stored: UnsafePointer<UInt8>?, count: UInt32) {
    let parameters: Parameters = preset == 0 ? .alarm : preset == 1 ? .standard : .frugal
    let memory = stored.flatMap { Memory(Array(UnsafeBufferPointer(start: $0, count: Int(count)))) }
    policy = Policy(parameters: parameters, memory: memory ?? Memory(), seed: seed)
}

/// Takes an event, a number of ``event(_:_:_:)``, at a time in milliseconds. Gives the time of the next wake-up; `enable` and `beacon` are a
/// slot and a responder, or -1.
@c(policy_handle)
public func handle(
    code: UInt32, first: UInt32, second: UInt32, now: UInt64, enable: UnsafeMutablePointer<Int32>?,
    beacon: UnsafeMutablePointer<Int32>?
) -> UInt64 {
    guard let event = event(code, first, second) else { return .max }
    let decision = policy.handle(event, at: Instant(milliseconds: now))
    if decision.persist {
        let bytes = policy.memory.encoded
        bytes.withUnsafeBufferPointer { memoryWrite($0.baseAddress, UInt32(truncatingIfNeeded: $0.count)) }
    }
    enable?.pointee = decision.enable.map { Int32($0.rawValue) } ?? -1
    beacon?.pointee = decision.beacon.map { Int32($0.responder) } ?? -1
    return decision.wake.milliseconds
}

private func event(_ code: UInt32, _ first: UInt32, _ second: UInt32) -> Event? {
    let byte = UInt8(truncatingIfNeeded: first)
    switch code {
    case 0: return .poweredOn(Abilities(dataPath: first & 1 != 0, events: first & 2 != 0))
    case 1:
        let technology = AccessTechnology(rawValue: UInt8(truncatingIfNeeded: second >> 24)) ?? .other
        return LocationStatus(rawValue: byte).map {
            .location($0, ServingNetwork(plmn: second & 0xFF_FFFF, technology: technology))
        }
    case 2: return .rejected(cause: byte, plmn: second)
    case 3: return .bearerUp
    case 4: return .bearerDown(cause: byte)
    case 5: return .authenticated
    case 6:
        let health = Hint.PrimaryHealth(rawValue: UInt8(truncatingIfNeeded: second)) ?? .unknown
        let hint = Hint(
            primary: health, returnWindow: Interval(milliseconds: 600_000), rehearsal: UInt8(truncatingIfNeeded: second >> 8))
        return .beaconAnswered(responder: byte, roundTrip: Interval(milliseconds: second >> 16), hint: hint)
    case 7: return .beaconTimedOut(responder: byte)
    case 8: return .channelRefused(responder: byte)
    case 9: return .sessionBegan
    case 10: return .sessionEnded
    case 11: return Slot(rawValue: byte).map { .switched($0) }
    case 12: return .switchRefused
    case 13: return Slot(rawValue: byte).map { .appointed($0, mayMove: second & 1 != 0, refresh: second & 2 != 0) }
    case 14: return .wake
    default: return nil
    }
}
