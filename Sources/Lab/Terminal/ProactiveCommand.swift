import Wire

/// A proactive command as the terminal reads it (ETSI TS 102 223, clause 6.6): the D0 template, its details, and the other objects by tag.
struct ProactiveCommand: Equatable, Sendable {
    /// Types of command (clause 9.4).
    enum Kind {
        static let refresh: UInt8 = 0x01
        static let moreTime: UInt8 = 0x02
        static let pollInterval: UInt8 = 0x03
        static let pollingOff: UInt8 = 0x04
        static let setUpEventList: UInt8 = 0x05
        static let provideLocalInformation: UInt8 = 0x26
        static let timerManagement: UInt8 = 0x27
        static let openChannel: UInt8 = 0x40
        static let closeChannel: UInt8 = 0x41
        static let receiveData: UInt8 = 0x42
        static let sendData: UInt8 = 0x43
        static let getChannelStatus: UInt8 = 0x44

        /// Also those of menus and displays, which a machine module knows and does not offer.
        static func isKnown(_ type: UInt8) -> Bool {
            switch type {
            case 0x01...0x05, 0x10...0x35, 0x40...0x44: true
            default: false
            }
        }
    }

    /// Number, type and qualifier, as they go back in the response.
    var details: [UInt8]
    /// The destination of the device identities.
    var destination: UInt8
    private var objects: [UInt16: [UInt8]]

    var kind: UInt8 { details[1] }
    var qualifier: UInt8 { details[2] }

    /// Nil for anything but a well-formed D0 template with details and device identities.
    init?(_ bytes: [UInt8]) {
        guard let template = try? ByteReader(bytes).berTLV(tagged: 0xD0) else { return nil }
        var reader = ByteReader(bytes, in: template.range)
        var objects: [UInt16: [UInt8]] = [:]
        do {
            while let object = try reader.comprehensionTLV() {
                if objects[object.tag] == nil { objects[object.tag] = Array(object.value) }
            }
        } catch {
            return nil
        }
        guard let details = objects[ToolkitTag.details], details.count == 3, let devices = objects[ToolkitTag.devices],
            devices.count == 2
        else {
            return nil
        }
        self.details = details
        destination = devices[1]
        self.objects = objects
    }

    subscript(tag: UInt16) -> [UInt8]? { objects[tag] }
}

/// Tags of COMPREHENSION-TLV objects (ETSI TS 101 220, table 7.23).
enum ToolkitTag {
    static let details: UInt16 = 0x01
    static let devices: UInt16 = 0x02
    static let result: UInt16 = 0x03
    static let duration: UInt16 = 0x04
    static let location: UInt16 = 0x13
    static let imei: UInt16 = 0x14
    static let eventList: UInt16 = 0x19
    static let locationStatus: UInt16 = 0x1B
    static let transaction: UInt16 = 0x1C
    static let connectionStatus: UInt16 = 0x1D
    static let timer: UInt16 = 0x24
    static let timerValue: UInt16 = 0x25
    static let dateAndTime: UInt16 = 0x26
    static let connectionType: UInt16 = 0x2A
    static let sessionCause: UInt16 = 0x2E
    static let bearer: UInt16 = 0x35
    static let channelData: UInt16 = 0x36
    static let channelDataLength: UInt16 = 0x37
    static let channelStatus: UInt16 = 0x38
    static let bufferSize: UInt16 = 0x39
    static let transport: UInt16 = 0x3C
    static let address: UInt16 = 0x3E
    static let technology: UInt16 = 0x3F
    static let accessPoint: UInt16 = 0x47
    static let updateType: UInt16 = 0x74
    static let rejectionCause: UInt16 = 0x75
    static let trackingArea: UInt16 = 0x7D
}

/// Events of an event list (TS 102 223, clause 8.25; TS 31.111, clause 8.25).
enum ToolkitEvent {
    static let locationStatus: UInt8 = 0x03
    static let dataAvailable: UInt8 = 0x09
    static let channelStatus: UInt8 = 0x0A
    static let technologyChange: UInt8 = 0x0B
    static let networkRejection: UInt8 = 0x12
    static let connectionStatusChange: UInt8 = 0x1D
}

/// Device identities (TS 102 223, clause 8.7).
enum Device {
    static let uicc: UInt8 = 0x81
    static let terminal: UInt8 = 0x82
    static let network: UInt8 = 0x83
    static let firstChannel: UInt8 = 0x21
}

/// The result of a proactive command (TS 102 223, clause 8.12): the general result and what may follow it.
struct CommandResult: Equatable, Sendable {
    var bytes: [UInt8]

    static let performed = CommandResult(bytes: [0x00])
    static let performedWithMoreFiles = CommandResult(bytes: [0x03])
    static let performedInLimitedService = CommandResult(bytes: [0x06])
    static let noService = CommandResult(bytes: [0x20, 0x04])
    static let busyOnCall = CommandResult(bytes: [0x20, 0x02])
    static let networkUnable = CommandResult(bytes: [0x21, 0x00])
    static let timerState = CommandResult(bytes: [0x24])
    static let beyondCapabilities = CommandResult(bytes: [0x30])
    static let unknownType = CommandResult(bytes: [0x31])
    static let dataNotUnderstood = CommandResult(bytes: [0x32])
    static let missingValues = CommandResult(bytes: [0x36])
    static let noChannelFree = CommandResult(bytes: [0x3A, 0x01])
    static let channelClosed = CommandResult(bytes: [0x3A, 0x02])
    static let channelUnknown = CommandResult(bytes: [0x3A, 0x03])
    static let bufferTooLarge = CommandResult(bytes: [0x3A, 0x04])
}
