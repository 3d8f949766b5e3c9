import Cipher
import Resilience
import SmartCard

// The functions of Library/holdfast_card.h, which documents them.

/// What the caller stores for the card.
private struct CallersMemory: NonVolatileMemory {
    typealias Persist = @convention(c) (UnsafeMutableRawPointer?, Int32, UnsafePointer<UInt8>?, Int) -> Int32

    let stored: [UInt8]
    let persist: Persist?
    nonisolated(unsafe) let context: UnsafeMutableRawPointer?

    private enum How: Int32 {
        case replace = 0
        case append = 1
    }

    func contents() throws(NonVolatileMemoryError) -> [UInt8] { stored }

    mutating func append(_ record: [UInt8]) throws(NonVolatileMemoryError) { try store(.append, record) }

    mutating func replace(_ image: [UInt8]) throws(NonVolatileMemoryError) { try store(.replace, image) }

    private func store(_ how: How, _ bytes: [UInt8]) throws(NonVolatileMemoryError) {
        guard let persist else { return }
        let result = bytes.withUnsafeBufferPointer { persist(context, how.rawValue, $0.baseAddress, $0.count) }
        if result != 0 { throw .writeFailed }
    }
}

/// What a `holdfast_card *` points to.
private final class Handle {
    var card: Card<TableAES, CallersMemory>

    init(_ card: Card<TableAES, CallersMemory>) { self.card = card }
}

private let longestImage = 16 << 20
private let longestCommand = 65_544
private let longestResponse = 258

@c(holdfast_card_create)
public func create(
    image: UnsafePointer<UInt8>?, count: Int,
    persist: (@convention(c) (UnsafeMutableRawPointer?, Int32, UnsafePointer<UInt8>?, Int) -> Int32)?,
    context: UnsafeMutableRawPointer?
) -> OpaquePointer? {
    guard let image, count > 0, count <= longestImage else { return nil }
    let memory = CallersMemory(
        stored: Array(UnsafeBufferPointer(start: image, count: count)), persist: persist, context: context)
    do throws(CardImageError) {
        var card = try Card<TableAES, CallersMemory>(memory: memory)
        _ = card.reset()
        return OpaquePointer(Unmanaged.passRetained(Handle(card)).toOpaque())
    } catch {
        return nil
    }
}

@c(holdfast_card_reset)
public func reset(card: OpaquePointer?, atr: UnsafeMutablePointer<UInt8>?, room: Int) -> Int {
    guard let handle = handle(card), let atr, room >= AnswerToReset.bytes.count else { return 0 }
    let bytes = handle.card.reset()
    for (index, byte) in bytes.enumerated() { atr[index] = byte }
    return bytes.count
}

@c(holdfast_card_transmit)
public func transmit(
    card: OpaquePointer?, command: UnsafePointer<UInt8>?, count: Int, response: UnsafeMutablePointer<UInt8>?, room: Int
) -> Int {
    guard let handle = handle(card), let command, let response, count >= 0, count <= longestCommand, room >= longestResponse else {
        return 0
    }
    let bytes = handle.card.transmit(Array(UnsafeBufferPointer(start: command, count: count)))
    guard bytes.count <= room else { return 0 }
    for (index, byte) in bytes.enumerated() { response[index] = byte }
    return bytes.count
}

@c(holdfast_card_tick)
public func tick(card: OpaquePointer?) -> Int {
    guard let handle = handle(card) else { return 0 }
    // STATUS without an answer: 91XX when a command waits, XX being 00 for 256 bytes.
    let status = handle.card.transmit([0x80, 0xF2, 0x00, 0x0C, 0x00])
    guard status.count == 2, status[0] == 0x91 else { return 0 }
    return status[1] == 0 ? 256 : Int(status[1])
}

@c(holdfast_card_enabled)
public func enabled(card: OpaquePointer?) -> Int32 { handle(card).map { Int32($0.card.enabled.rawValue) } ?? 0 }

@c(holdfast_card_destroy)
public func destroy(card: OpaquePointer?) {
    guard let card else { return }
    Unmanaged<Handle>.fromOpaque(UnsafeRawPointer(card)).release()
}

private func handle(_ card: OpaquePointer?) -> Handle? {
    card.map { Unmanaged<Handle>.fromOpaque(UnsafeRawPointer($0)).takeUnretainedValue() }
}
