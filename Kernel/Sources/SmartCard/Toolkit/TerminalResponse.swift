import Wire

/// The terminal's answer to a proactive command (TS 102 223, clause 6.8).
struct TerminalResponse: Equatable, Sendable {
    var number: UInt8 = 0
    var command: UInt8 = 0
    /// The general result (TS 102 223, clause 8.12): 0X and 1X done, 2X try again, 3X do not repeat.
    var result: UInt8 = 0xFF
    /// The first byte of additional information, if any.
    var information: UInt8?
    /// Channel status: the first byte names the channel and, in bit 8, whether its link is established.
    var channelStatus: UInt8?
    var data: ArraySlice<UInt8> = []
    /// How many bytes wait in the terminal after RECEIVE DATA; FF for more than 255.
    var dataLeft: UInt8 = 0
    var duration: ArraySlice<UInt8> = []
    var timerValue: UInt32?
    var location: ArraySlice<UInt8> = []
    var accessTechnology: UInt8?

    /// The command was performed, with or without remarks.
    var isPerformed: Bool { result < 0x10 }

    /// Reads the data of a TERMINAL RESPONSE. Unknown objects are passed over; command details and result must be there.
    init?(_ command: CommandAPDU) {
        var reader = ByteReader(command.bytes, in: command.data)
        var hasDetails = false
        do {
            while let object = try reader.comprehensionTLV() {
                let value = object.value
                switch object.tag {
                case 0x01:
                    guard value.count == 3, !hasDetails else { return nil }
                    number = value[value.startIndex]
                    self.command = value[value.startIndex + 1]
                    hasDetails = true
                case 0x03:
                    guard let first = value.first else { return nil }
                    result = first
                    information = value.dropFirst().first
                case 0x04: duration = value
                case 0x13: location = value
                case 0x25: timerValue = TimerValue.seconds(value)
                case 0x36: data = value
                case 0x37: dataLeft = value.first ?? 0
                case 0x38: channelStatus = channelStatus ?? value.first
                case 0x3F: accessTechnology = value.last
                default: break
                }
            }
        } catch { return nil }
        guard hasDetails, result != 0xFF else { return nil }
    }
}
