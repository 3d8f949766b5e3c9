/// What the terminal can do, as it said at boot (ETSI TS 102 223, clause 5.2; the bits reserved for 3GPP: TS 31.111, clause 5.2).
/// Bytes count from 1 and bits from 1, the lowest, as the standard counts them. A terminal that says nothing can do nothing.
struct TerminalProfile: Equatable, Sendable {
    /// The most bytes that are kept; the last one that matters here is the 36th.
    static let longest = 40

    let bytes: [UInt8]

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = Array(bytes.prefix(TerminalProfile.longest))
    }

    private func says(_ byte: Int, _ bit: UInt8) -> Bool { bytes.byte(at: byte - 1) & 1 << (bit - 1) != 0 }

    var timerExpiration: Bool { says(1, 6) }
    var pollInterval: Bool { says(3, 6) }
    var refresh: Bool { says(3, 8) }
    var sendShortMessage: Bool { says(4, 2) }
    var locationInformation: Bool { says(4, 7) }
    var eventList: Bool { says(5, 1) }
    var locationStatusEvent: Bool { says(5, 5) }
    var dataAvailableEvent: Bool { says(6, 3) }
    var channelStatusEvent: Bool { says(6, 4) }
    var accessTechnologyEvent: Bool { says(6, 5) }
    var timerManagement: Bool { says(8, 1) }
    var timerValue: Bool { says(8, 2) }
    var accessTechnology: Bool { says(9, 8) }
    var openChannel: Bool { says(12, 1) }
    var closeChannel: Bool { says(12, 2) }
    var receiveData: Bool { says(12, 3) }
    var sendData: Bool { says(12, 4) }
    /// At least one channel (byte 13, bits 6 to 8).
    var channels: Bool { bytes.byte(at: 12) >> 5 > 0 }
    var tcpClient: Bool { says(17, 1) }
    var udpClient: Bool { says(17, 2) }
    /// For GERAN and UTRAN, for E-UTRAN, or for NG-RAN.
    var networkRejectionEvent: Bool { says(25, 5) || says(25, 7) || says(36, 2) }
    /// For PDP, PDN or PDU connections.
    var dataConnectionEvent: Bool { says(35, 2) || says(35, 3) || says(36, 1) }

    /// A UDP channel can be opened, used, heard and closed.
    var datagrams: Bool { usesChannels && udpClient }

    /// The same of a TCP channel.
    var streams: Bool { usesChannels && tcpClient }

    private var usesChannels: Bool {
        openChannel && closeChannel && receiveData && sendData && channels && eventList && dataAvailableEvent
    }

    /// Timers can be started and are heard when they expire.
    var timers: Bool { timerManagement && timerExpiration }
}
