/// The terminal's end of the card interface: command cases under T=0 and the procedure bytes 61, 6C and 91 (ETSI TS 102 221, clause 7.3.1.1).
struct CardSession<Card: UICC>: Sendable {
    /// A response with its procedure followed to the end.
    struct Response: Equatable {
        var data: [UInt8]
        var status: UInt16

        /// 9000, and 91xx, which says the same and that a proactive command waits.
        var isNormal: Bool { status == 0x9000 || status >> 8 == 0x91 }
    }

    /// How often one command may be followed up before the card is thought to loop.
    private static var longestProcedure: Int { 16 }

    var card: Card
    /// The length of the proactive command that waits, from the last 91xx; nil when none does.
    private(set) var fetchable: Int?
    /// Commands sent since power-on.
    private(set) var commands = 0
    /// STATUS with an extended Le, as some modems send it (nRF91).
    var extendedStatus = false

    init(_ card: Card) {
        self.card = card
    }

    mutating func reset() -> [UInt8] {
        fetchable = nil
        commands = 0
        return card.reset()
    }

    mutating func powerOff() {
        fetchable = nil
        card.powerOff()
    }

    /// Case 1, or 2 when `expect` names a length (256 for all there is).
    mutating func command(_ cla: UInt8, _ ins: UInt8, _ p1: UInt8, _ p2: UInt8, expect: Int? = nil) -> Response {
        exchange([cla, ins, p1, p2, UInt8(truncatingIfNeeded: expect ?? 0)])
    }

    /// Case 3 or 4: under T=0 both go without Le, and the card says 61xx when it has an answer.
    mutating func command(_ cla: UInt8, _ ins: UInt8, _ p1: UInt8, _ p2: UInt8, data: [UInt8]) -> Response {
        guard data.count <= 255 else { return Response(data: [], status: 0x6700) }
        return exchange([cla, ins, p1, p2, UInt8(data.count)] + data)
    }

    /// STATUS (clause 11.1.2), the poll through which a waiting proactive command gets out.
    mutating func status(_ p1: UInt8 = 0x00) -> Response {
        extendedStatus ? exchange([0x80, 0xF2, p1, 0x00, 0x00, 0x01, 0x68]) : exchange([0x80, 0xF2, p1, 0x0C, 0x00])
    }

    mutating func fetch(_ length: Int) -> Response {
        fetchable = nil
        return command(0x80, 0x12, 0x00, 0x00, expect: length)
    }

    private mutating func exchange(_ first: [UInt8]) -> Response {
        var command = first
        var data: [UInt8] = []
        for _ in 0..<CardSession.longestProcedure {
            commands += 1
            let answer = card.transmit(command)
            guard answer.count >= 2 else { return Response(data: [], status: 0x6F00) }
            data += answer.dropLast(2)
            let (high, low) = (answer[answer.count - 2], answer[answer.count - 1])
            switch high {
            case 0x61:
                command = [first[0], 0xC0, 0x00, 0x00, low]
            case 0x6C where command.count == 5:
                // Case 2 alone: with data in the command a length to expect would be taken for the length of the data.
                command[4] = low
            default:
                if high == 0x91 { fetchable = low == 0 ? 256 : Int(low) }
                return Response(data: data, status: UInt16(high) << 8 | UInt16(low))
            }
        }
        return Response(data: data, status: 0x6F00)
    }
}
