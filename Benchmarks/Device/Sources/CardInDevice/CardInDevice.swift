import Cipher
import SmartCard

// The card as a firmware has it: its image and journal in flash, command APDUs from the modem. What a C program on a computer links is
// Kernel/Sources/CardLibrary.

@_extern(c, "flash_read")
func flashRead(_ offset: UInt32, _ bytes: UnsafeMutablePointer<UInt8>?, _ count: UInt32) -> Int32
@_extern(c, "flash_append")
func flashAppend(_ bytes: UnsafePointer<UInt8>?, _ count: UInt32) -> Int32
@_extern(c, "flash_replace")
func flashReplace(_ bytes: UnsafePointer<UInt8>?, _ count: UInt32) -> Int32

/// Image and journal in the board's flash.
struct Flash: NonVolatileMemory {
    /// How much of it is written.
    let size: UInt32

    func contents() throws(NonVolatileMemoryError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Int(size))
        let result = bytes.withUnsafeMutableBufferPointer { flashRead(0, $0.baseAddress, size) }
        guard result == 0 else { throw .unreadable }
        return bytes
    }

    mutating func append(_ record: [UInt8]) throws(NonVolatileMemoryError) {
        let result = record.withUnsafeBufferPointer { flashAppend($0.baseAddress, UInt32(truncatingIfNeeded: $0.count)) }
        if result != 0 { throw .writeFailed }
    }

    mutating func replace(_ image: [UInt8]) throws(NonVolatileMemoryError) {
        let result = image.withUnsafeBufferPointer { flashReplace($0.baseAddress, UInt32(truncatingIfNeeded: $0.count)) }
        if result != 0 { throw .writeFailed }
    }
}

nonisolated(unsafe) private var card: Card<TableAES, Flash>?
nonisolated(unsafe) private var response: [UInt8] = []

/// Boots the card from so many bytes of flash. Gives 0, or -1 where no card is there.
@c(card_boot)
public func boot(size: UInt32) -> Int32 {
    do throws(CardImageError) {
        var booted = try Card<TableAES, Flash>(memory: Flash(size: size))
        _ = booted.reset()
        card = booted
        response.reserveCapacity(258)
        return 0
    } catch {
        return -1
    }
}

/// Answers a command APDU into room for 258 bytes at least. Gives how many bytes the answer has; 0 without a card.
@c(card_transmit)
public func transmit(command: UnsafePointer<UInt8>?, count: UInt32, answer: UnsafeMutablePointer<UInt8>?, room: UInt32) -> UInt32 {
    guard let command, let answer, card != nil else { return 0 }
    card?.transmit(UnsafeBufferPointer(start: command, count: Int(count)).span, into: &response)
    guard response.count <= Int(room) else { return 0 }
    for index in response.indices { answer[index] = response[index] }
    return UInt32(truncatingIfNeeded: response.count)
}
