import Wire

/// Where the channel of management over the air leads: the data objects of an OPEN CHANNEL for a TCP connection (TS 102 223, clause
/// 6.6.27), as PUSH gives them. What it leaves out the card adds (ETSI TS 102 226, clauses 9.2.1 and 9.2.3).
struct RemoteDestination: Equatable, Sendable {
    /// The coded data objects, in the order of OPEN CHANNEL.
    let objects: [UInt8]

    /// The most bytes of data objects: what one proactive command has room for.
    static let longest = 200

    private enum Tag {
        static let alphaIdentifier: UInt16 = 0x05
        static let text: UInt16 = 0x0D
        static let bearerDescription: UInt16 = 0x35
        static let bufferSize: UInt16 = 0x39
        static let transport: UInt16 = 0x3C
        static let address: UInt16 = 0x3E
        static let accessPoint: UInt16 = 0x47
        /// In the order of OPEN CHANNEL.
        static let all = [alphaIdentifier, bearerDescription, bufferSize, accessPoint, text, transport, address]
    }

    /// Reads the data of PUSH; nil for an object that is none of OPEN CHANNEL's or comes twice, for a login without its password,
    /// and without the TCP port and the address of the server. The card listens on no port, so another transport protocol is nil too.
    ///
    /// - Parameter accessPoint: of the card's own channels, as labels; empty for the terminal's default.
    init?(_ pushed: ArraySlice<UInt8>, accessPoint: [UInt8]) {
        var reader = ByteReader(Array(pushed))
        var values: [(tag: UInt16, value: [UInt8])] = []
        do throws(TLVError) {
            while let object = try reader.comprehensionTLV() { values.append((object.tag, Array(object.value))) }
        } catch { return nil }
        func all(_ tag: UInt16) -> [[UInt8]] { values.filter { $0.tag == tag }.map { $0.value } }
        for tag in Tag.all {
            let count = all(tag).count
            guard tag == Tag.text ? count == 0 || count == 2 : count <= 1 else { return nil }
        }
        guard values.allSatisfy({ Tag.all.contains($0.tag) }), let transport = all(Tag.transport).first,
            let address = all(Tag.address).first, RemoteDestination.isServer(transport, address)
        else { return nil }
        if all(Tag.bearerDescription).isEmpty { values.append((Tag.bearerDescription, [0x03])) }
        if all(Tag.bufferSize).isEmpty {
            let size = ProactiveCommand.bufferSize
            values.append((Tag.bufferSize, [UInt8(truncatingIfNeeded: size >> 8), UInt8(truncatingIfNeeded: size)]))
        }
        if all(Tag.accessPoint).isEmpty, !accessPoint.isEmpty { values.append((Tag.accessPoint, accessPoint)) }
        var writer = ByteWriter()
        for tag in Tag.all {
            for object in values where object.tag == tag {
                writer.comprehension(tag, required: tag != Tag.accessPoint && tag != Tag.text, object.value)
            }
        }
        guard writer.count <= RemoteDestination.longest else { return nil }
        objects = writer.bytes
    }

    /// TCP with the UICC as client and a port; an IPv4 or IPv6 address (TS 102 223, clauses 8.59 and 8.58).
    private static func isServer(_ transport: [UInt8], _ address: [UInt8]) -> Bool {
        guard transport.count == 3, transport[0] == 0x02, transport[1] != 0 || transport[2] != 0 else { return false }
        return address.count == 5 && address[0] == 0x21 || address.count == 17 && address[0] == 0x57
    }
}
