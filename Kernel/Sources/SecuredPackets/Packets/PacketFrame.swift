import Cipher
import Wire

/// What command and response packets have in common: two lengths, a clear part of the header, a part that may be ciphered
/// (ETSI TS 102 225, tables 1 and 4).
struct PacketFrame: Equatable, Sendable {
    enum Kind: Equatable, Sendable {
        case command, response

        /// CPI and RPI on a channel (ETSI TS 102 225, 7).
        var identifier: UInt8 { self == .command ? 0x01 : 0x02 }
        /// What the user data header of an unsplit message has, and the checksum of a response covers (3GPP TS 31.115, 4.4).
        /// For a split response the checksum is taken as if it were not split.
        var coveredHeader: [UInt8] { self == .command ? [] : [0x02, 0x71, 0x00] }
        /// SPI, KIc, KID and TAR of a command, TAR of a response.
        var clearLength: Int { self == .command ? 7 : 3 }
        /// CNTR and PCNTR, and the status of a response.
        var fixedLength: Int { self == .command ? 6 : 7 }
    }

    var kind: Kind
    var clear: [UInt8]
    var counter: PacketCounter
    var status: UInt8 = 0
    var data: [UInt8]

    /// The packet.
    func seal<Cipher: BlockCipher>(
        integrity: IntegrityProtection, isCiphered: Bool, keys: KeySet<Cipher>?, over binding: TransportBinding
    ) throws(SecuredPacketError) -> [UInt8] {
        guard data.count <= CommandPacket.limit else { throw .tooLong(length: data.count, limit: CommandPacket.limit) }
        let checksumLength = try Self.checksumLength(integrity, keys)
        let inner = kind.fixedLength + checksumLength + data.count
        let padding = isCiphered ? (Block.size - inner % Block.size) % Block.size : 0
        let headerLength = clear.count + kind.fixedLength + checksumLength
        var packet = ByteWriter(capacity: clear.count + inner + padding + 8)
        // A header is far shorter than 128 bytes, so that its length takes one byte in either coding.
        let packetLength = 1 + headerLength + data.count + padding
        switch binding {
        case .shortMessage: packet.uint16(UInt16(truncatingIfNeeded: packetLength))
        case .channel:
            packet.byte(kind.identifier)
            packet.tlvLength(packetLength)
        }
        packet.byte(UInt8(truncatingIfNeeded: headerLength))
        packet.append(clear)

        var fixed = ByteWriter(capacity: inner + padding)
        fixed.uint(counter.value, size: PacketCounter.size)
        fixed.byte(UInt8(truncatingIfNeeded: padding))
        if kind == .response { fixed.byte(status) }
        let padded = data + [UInt8](repeating: 0, count: padding)
        var body = fixed.bytes
        if let keys, checksumLength > 0 {
            let covered = (binding == .shortMessage ? kind.coveredHeader : []) + packet.bytes + fixed.bytes + padded
            body += keys.integrity.tag(covered).bytes.prefix(checksumLength)
        }
        body += padded
        if isCiphered {
            guard let keys else { throw .keyUnknown(version: 0) }
            do throws(CBCError) {
                // The initial chaining value is zero (ETSI TS 102 225, 5.1.2); the counter makes the first block differ.
                body = try keys.ciphering.encrypt(body, vector: .zero)
            } catch {
                throw .partialBlock(length: body.count)
            }
        }
        packet.append(body)
        return packet.bytes
    }

    static func checksumLength<Cipher: BlockCipher>(
        _ integrity: IntegrityProtection, _ keys: KeySet<Cipher>?
    ) throws(SecuredPacketError) -> Int {
        switch integrity {
        case .none: return 0
        case .cryptographicChecksum:
            guard let keys else { throw .keyUnknown(version: 0) }
            return Int(keys.checksumLength.rawValue)
        case .redundancyCheck, .digitalSignature: throw .integrity(integrity)
        }
    }
}

/// A packet whose outer, clear part has been read and whose lengths agree with each other.
struct ReceivedFrame: Equatable, Sendable {
    let kind: PacketFrame.Kind
    let binding: TransportBinding
    let bytes: [UInt8]
    let headerLength: Int
    /// Where the clear part starts: SPI or TAR.
    let clearStart: Int
    /// Where the part that may be ciphered starts: CNTR.
    let bodyStart: Int

    init(_ bytes: [UInt8], _ kind: PacketFrame.Kind, over binding: TransportBinding) throws(SecuredPacketError) {
        var reader = ByteReader(bytes)
        let packetLength: Int
        switch binding {
        case .shortMessage:
            do throws(Truncation) { packetLength = Int(try reader.uint16()) } catch { throw .truncated(error) }
        case .channel:
            let identifier: UInt8
            do throws(Truncation) { identifier = try reader.byte() } catch { throw .truncated(error) }
            guard identifier == kind.identifier else { throw .identifier(expected: kind.identifier, came: identifier) }
            do throws(TLVError) { packetLength = try reader.tlvLength() } catch { throw .lengthCoding(error) }
        }
        guard packetLength == reader.left else { throw .packetLength(says: packetLength, has: reader.left) }
        switch binding {
        case .shortMessage:
            do throws(Truncation) { headerLength = Int(try reader.byte()) } catch { throw .truncated(error) }
        case .channel:
            do throws(TLVError) { headerLength = try reader.tlvLength() } catch { throw .lengthCoding(error) }
        }
        clearStart = reader.offset
        do throws(Truncation) { try reader.skip(kind.clearLength) } catch { throw .truncated(error) }
        bodyStart = reader.offset
        self.kind = kind
        self.binding = binding
        self.bytes = bytes
    }

    func clearByte(_ index: Int) -> UInt8 {
        let place = clearStart + index
        return place < bytes.count ? bytes[place] : 0
    }

    /// The TAR, the last three bytes of the clear part.
    var target: ToolkitApplicationReference {
        let first = kind.clearLength - 3
        return ToolkitApplicationReference(
            UInt32(clearByte(first)) << 16 | UInt32(clearByte(first + 1)) << 8 | UInt32(clearByte(first + 2)))
    }

    /// Deciphers, checks the checksum, then the padding: in this order, so that nothing is learnt from the padding of a forged
    /// packet.
    func open<Cipher: BlockDecipher>(
        integrity: IntegrityProtection, isCiphered: Bool, keys: KeySet<Cipher>?
    ) throws(SecuredPacketError) -> PacketFrame {
        let checksumLength = try PacketFrame.checksumLength(integrity, keys)
        let expected = kind.clearLength + kind.fixedLength + checksumLength
        guard headerLength == expected else { throw .headerLength(says: headerLength, expected: expected) }
        var body = [UInt8](bytes[bodyStart...])
        if isCiphered {
            guard let keys else { throw .keyUnknown(version: 0) }
            do throws(CBCError) {
                body = try keys.ciphering.decrypt(body, vector: .zero)
            } catch {
                throw .partialBlock(length: body.count)
            }
        }
        var reader = ByteReader(body)
        let counter: PacketCounter
        let padding: UInt8
        var status: UInt8 = 0
        let checksum: ArraySlice<UInt8>
        do throws(Truncation) {
            counter = PacketCounter(low40: try reader.uint(PacketCounter.size))
            padding = try reader.byte()
            if kind == .response { status = try reader.byte() }
            checksum = try reader.slice(checksumLength)
        } catch {
            throw .truncated(Truncation(needed: error.needed, left: error.left, offset: bodyStart + error.offset))
        }
        let padded = reader.rest
        if let keys, checksumLength > 0 {
            let covered =
                (binding == .shortMessage ? kind.coveredHeader : []) + bytes[..<bodyStart] + body.prefix(kind.fixedLength) + padded
            guard keys.integrity.verify([UInt8](checksum), over: covered) else { throw .checksum }
        }
        guard Int(padding) < Block.size && Int(padding) <= padded.count else {
            throw .padding(says: padding, data: padded.count)
        }
        let data = [UInt8](padded.dropLast(Int(padding)))
        guard data.count <= CommandPacket.limit else { throw .tooLong(length: data.count, limit: CommandPacket.limit) }
        let clear = [UInt8](bytes[clearStart..<bodyStart])
        return PacketFrame(kind: kind, clear: clear, counter: counter, status: status, data: data)
    }
}
