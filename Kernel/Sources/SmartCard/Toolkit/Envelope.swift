import Resilience
import Wire

/// What an ENVELOPE tells the card (TS 102 223, clause 7; TS 31.111, clause 7.5), as far as the resident applet listens.
enum Envelope: Equatable, Sendable {
    case timerExpired(timer: UInt8, elapsed: UInt32?)
    case locationStatus(UInt8, plmn: UInt32?, technology: UInt8?)
    case accessTechnology(UInt8)
    case networkRejection(cause: UInt8, plmn: UInt32)
    case dataConnection(status: UInt8, cause: UInt8?, accessPoint: [UInt8])
    case dataAvailable(channel: UInt8)
    case channelStatus(UInt8)
    /// SMS-PP data download: the SMS-DELIVER as it came (TS 31.111, clause 7.1.1).
    case shortMessage([UInt8])
    /// An envelope, or an event, that nobody on the card asked for.
    case other

    /// Reads an envelope; nil when its data objects cannot be read or one that must be there is missing.
    init?(_ command: CommandAPDU) {
        var outer = ByteReader(command.bytes, in: command.data)
        do {
            guard let envelope = try outer.berTLV() else { return nil }
            let objects = ByteReader(command.bytes, in: envelope.range)
            switch envelope.tag {
            case 0xD1:
                guard let message = try objects.comprehensionTLV(tagged: 0x0B)?.value else { return nil }
                self = .shortMessage(Array(message))
            case 0xD6: self.init(event: objects)
            case 0xD7:
                guard let timer = try objects.comprehensionTLV(tagged: 0x24)?.value.first else { return nil }
                let value = try objects.comprehensionTLV(tagged: 0x25)?.value
                self = .timerExpired(timer: timer, elapsed: value.flatMap(TimerValue.seconds))
            default: self = .other
            }
        } catch { return nil }
    }

    /// Reads an event download. Its objects are read by what they mean in it: some tags mean other things elsewhere.
    private init?(event objects: ByteReader) {
        var reader = objects
        var event: UInt8?
        var found = Objects()
        do {
            while let object = try reader.comprehensionTLV() {
                if object.tag == 0x19, event == nil {
                    event = object.value.first
                } else {
                    found.take(object)
                }
            }
        } catch { return nil }
        guard let event else { return nil }
        switch event {
        case 0x03:
            guard let status = found.locationStatus else { return nil }
            self = .locationStatus(status, plmn: found.plmn, technology: found.technology)
        case 0x09:
            guard let channel = found.channelStatus else { return nil }
            self = .dataAvailable(channel: channel & 0x07)
        case 0x0A:
            guard let channel = found.channelStatus else { return nil }
            self = .channelStatus(channel)
        case 0x0B:
            guard let technology = found.technology else { return nil }
            self = .accessTechnology(technology)
        case 0x12:
            guard let cause = found.rejectionCause, let plmn = found.plmn else { return nil }
            self = .networkRejection(cause: cause, plmn: plmn)
        case 0x1D:
            guard let status = found.connectionStatus else { return nil }
            self = .dataConnection(status: status, cause: found.connectionCause, accessPoint: found.accessPoint)
        default: self = .other
        }
    }

    private struct Objects {
        var locationStatus: UInt8?
        var plmn: UInt32?
        var technology: UInt8?
        var channelStatus: UInt8?
        var rejectionCause: UInt8?
        var connectionStatus: UInt8?
        var connectionCause: UInt8?
        var accessPoint: [UInt8] = []

        mutating func take(_ object: ComprehensionTLV) {
            switch object.tag {
            case 0x1B: locationStatus = object.value.first
            // Location information, routing area, tracking area: all begin with the PLMN.
            case 0x13, 0x73, 0x7D: plmn = Envelope.plmn(object.value) ?? plmn
            case 0x3F: technology = object.value.last
            case 0x38: channelStatus = object.value.first
            case 0x75: rejectionCause = object.value.first
            case 0x1D: connectionStatus = object.value.first
            case 0x2E: connectionCause = object.value.last
            case 0x47: accessPoint = Array(object.value)
            default: break
            }
        }
    }

    /// The three coded bytes of a PLMN at the beginning of location information.
    static func plmn(_ bytes: ArraySlice<UInt8>) -> UInt32? {
        guard bytes.count >= 3 else { return nil }
        var plmn: UInt32 = 0
        for byte in bytes.prefix(3) { plmn = plmn << 8 | UInt32(byte) }
        return plmn
    }
}
