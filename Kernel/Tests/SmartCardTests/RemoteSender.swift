import Cipher
import SmartCard
import Wire

/// A platform for management over the air, written from ETSI TS 102 225 and 3GPP TS 31.115. It shares nothing with the card but AES.
struct RemoteSender {
    var version: UInt8 = 2
    var ciphering = hex("200102030405060708090a0b0c0d0e0f")
    var integrity = hex("201102030405060708090a0b0c0d0e0f")
    /// Checksum, ciphering, a counter that must be higher; an answer always, with both, in the acknowledgement.
    var spi: [UInt8] = [0x16, 0x19]
    var target: UInt32 = 0xB00011
    /// 12345678.
    var originator = hex("088121436587")
    var reference: UInt8 = 7

    // MARK: The packet

    /// A command packet: from its length on in a short message, from its identifier on on a channel (ETSI TS 102 225, 7).
    func packet(_ counter: UInt64, _ data: [UInt8], onChannel: Bool = false) -> [UInt8] {
        let isCiphered = spi[0] & 0x04 != 0
        let hasChecksum = spi[0] & 0x03 == 0x02
        let length = 6 + (hasChecksum ? 8 : 0) + data.count
        let padding = isCiphered ? (16 - length % 16) % 16 : 0
        let key = version << 4 | 0x02
        let header: [UInt8] = spi + [key, key] + Self.bytes(UInt64(target), 3)
        let total = 1 + header.count + length + padding
        let lengths = onChannel ? [0x01] + Self.coded(total) : Self.bytes(UInt64(total), 2)
        let clear = lengths + [UInt8(header.count + 6 + (hasChecksum ? 8 : 0))] + header
        let counters = Self.bytes(counter, 5) + [UInt8(padding)]
        let padded = data + [UInt8](repeating: 0, count: padding)
        var body = counters
        if hasChecksum { body += Self.checksum(clear + counters + padded, integrity).prefix(8) }
        body += padded
        return clear + (isCiphered ? Self.encrypted(body, ciphering) : body)
    }

    /// The user data of the messages that carry a packet: one, or parts of 140 bytes.
    func userData(_ packet: [UInt8]) -> [[UInt8]] {
        if packet.count <= 137 { return [[0x02, 0x70, 0x00] + packet] }
        var parts: [[UInt8]] = []
        var rest = packet[...]
        let total = 1 + (packet.count - 132 + 133) / 134
        while !rest.isEmpty {
            let number = UInt8(parts.count + 1)
            var part: [UInt8] = [number == 1 ? 7 : 5, 0x00, 0x03, reference, UInt8(total), number]
            if number == 1 { part += [0x70, 0x00] }
            let room = 140 - part.count
            parts.append(part + rest.prefix(room))
            rest = rest.dropFirst(room)
        }
        return parts
    }

    /// ENVELOPE (SMS-PP DOWNLOAD) of an SMS-DELIVER (3GPP TS 31.111, 7.1.1.2).
    func envelope(_ userData: [UInt8]) -> [UInt8] {
        let tpdu = [0x44] + originator + [0x7F, 0xF6] + hex("22705200000000") + [UInt8(userData.count)] + userData
        var body: [UInt8] = [0x82, 0x02, 0x83, 0x81, 0x06, 0x03, 0x91, 0x21, 0xF3, 0x8B]
        body += tpdu.count < 0x80 ? [UInt8(tpdu.count)] : [0x81, UInt8(tpdu.count)]
        body += tpdu
        let data = [0xD1] + (body.count < 0x80 ? [UInt8(body.count)] : [0x81, UInt8(body.count)]) + body
        return [0x80, 0xC2, 0x00, 0x00, UInt8(data.count)] + data
    }

    /// The commands that bring a script, or whatever the data are.
    func envelopes(_ counter: UInt64, _ data: [UInt8]) -> [[UInt8]] { userData(packet(counter, data)).map(envelope) }

    // MARK: The answer

    struct Answer: Equatable, CustomStringConvertible {
        var status: UInt8
        var counter: UInt64
        var data: [UInt8]
        var isProtected = true

        init(_ status: UInt8, _ counter: UInt64, _ data: String, isProtected: Bool = true) {
            (self.status, self.counter, self.data, self.isProtected) = (status, counter, hex(data), isProtected)
        }

        var description: String { "\(status) to \(counter): \(Hex.text(data))\(isProtected ? "" : " in clear")" }
    }

    /// Reads the user data of an answer; nil when it is none of this sender's.
    func open(_ userData: [UInt8]) -> Answer? {
        guard userData.starts(with: [0x02, 0x71, 0x00]), userData.count >= 9 else { return nil }
        let packet = Array(userData.dropFirst(3))
        guard Self.number(packet[0..<2]) == UInt64(packet.count - 2) else { return nil }
        return open(Array(packet[2...]), covered: Array(userData.prefix(5)))
    }

    /// Takes the first answer out of what came on a channel; nil when there is no whole one.
    func next(in stream: inout [UInt8]) -> Answer? {
        guard stream.count > 4, stream[0] == 0x02 else { return nil }
        let size = stream[1] < 0x80 ? 0 : Int(stream[1] & 0x0F)
        let length = size == 0 ? Int(stream[1]) : Int(Self.number(stream[2..<2 + size]))
        let start = 2 + size
        guard length > 0, start + length <= stream.count else { return nil }
        let answer = open(Array(stream[start..<start + length]), covered: Array(stream[..<start]))
        stream.removeFirst(start + length)
        return answer
    }

    /// - Parameters:
    ///   - packet: from the length of the header on.
    ///   - before: what comes before it and is covered by the checksum.
    private func open(_ packet: [UInt8], covered before: [UInt8]) -> Answer? {
        guard packet.count >= 11, Self.number(packet[1..<4]) == UInt64(target) else { return nil }
        let header = Int(packet[0])
        if header == 10, packet.count == 11 {
            var answer = Answer(packet[10], Self.number(packet[4..<9]), "")
            answer.isProtected = false
            return answer
        }
        var body = Array(packet[4...])
        if spi[1] & 0x10 != 0 {
            guard body.count % 16 == 0 else { return nil }
            body = Self.decrypted(body, ciphering)
        }
        let hasChecksum = spi[1] & 0x0C == 0x08
        guard header == 10 + (hasChecksum ? 8 : 0), body.count >= header - 3 else { return nil }
        let rest = Array(body[(header - 3)...])
        if hasChecksum {
            let covered = before + packet.prefix(4) + body.prefix(7) + rest
            guard Self.checksum(covered, integrity).prefix(8).elementsEqual(body[7..<15]) else { return nil }
        }
        guard Int(body[5]) <= rest.count else { return nil }
        return Answer(body[6], Self.number(body[0..<5]), Hex.text(Array(rest.dropLast(Int(body[5])))))
    }

    // MARK: AES-CBC and AES-CMAC (NIST SP 800-38A, 6.2, and 800-38B, 6)

    private static func encrypted(_ bytes: [UInt8], _ key: [UInt8]) -> [UInt8] {
        let aes = TableAES(key: Block(key))
        var last = Block.zero
        return stride(from: 0, to: bytes.count, by: 16).flatMap { place in
            last = aes.encrypt(Block(bytes, at: place) ^ last)
            return last.bytes
        }
    }

    private static func decrypted(_ bytes: [UInt8], _ key: [UInt8]) -> [UInt8] {
        let aes = TableAES(key: Block(key))
        var last = Block.zero
        return stride(from: 0, to: bytes.count, by: 16).flatMap { place in
            let block = Block(bytes, at: place)
            defer { last = block }
            return (aes.decrypt(block) ^ last).bytes
        }
    }

    private static func checksum(_ message: [UInt8], _ key: [UInt8]) -> [UInt8] {
        func doubled(_ block: Block) -> Block {
            let low = block.low << 1 ^ (block.high >> 63 == 1 ? 0x87 : 0)
            return Block(high: block.high << 1 | block.low >> 63, low: low)
        }
        let aes = TableAES(key: Block(key))
        let first = doubled(aes.encrypt(.zero))
        var padded = message
        if message.isEmpty || message.count % 16 != 0 {
            padded.append(0x80)
            while padded.count % 16 != 0 { padded.append(0) }
        }
        let mask = padded.count == message.count ? first : doubled(first)
        var sum = Block.zero
        for place in stride(from: 0, to: padded.count, by: 16) {
            let isLast = place + 16 == padded.count
            sum = aes.encrypt(sum ^ Block(padded, at: place) ^ (isLast ? mask : .zero))
        }
        return sum.bytes
    }

    private static func coded(_ length: Int) -> [UInt8] {
        length < 0x80 ? [UInt8(length)] : length < 0x100 ? [0x81, UInt8(length)] : [0x82] + bytes(UInt64(length), 2)
    }

    private static func bytes(_ number: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * (count - 1 - $0))) }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
}

extension Card {
    /// Sends all messages of a packet. Returns the user data of the acknowledgement of the last one, and its last status word.
    mutating func download(_ envelopes: [[UInt8]]) -> Reply {
        var reply = Reply("", 0x9000)
        for envelope in envelopes { reply = exchange(Hex.text(envelope)) }
        return reply
    }

    /// Sends a script over the air, and reads the answer.
    mutating func manage(_ sender: RemoteSender, _ counter: UInt64, _ script: String) -> RemoteSender.Answer? {
        sender.open(download(sender.envelopes(counter, hex(script))).data)
    }
}
