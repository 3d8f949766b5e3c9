/// The commands that the card knows (TS 102 221, clause 10.1.2).
enum Instruction: UInt8 {
    case deactivateFile = 0x04
    case terminalProfile = 0x10
    case fetch = 0x12
    case terminalResponse = 0x14
    case verifyPIN = 0x20
    case changePIN = 0x24
    case disablePIN = 0x26
    case enablePIN = 0x28
    case unblockPIN = 0x2C
    case increase = 0x32
    case activateFile = 0x44
    case manageChannel = 0x70
    case suspend = 0x76
    case authenticate = 0x88
    case searchRecord = 0xA2
    case select = 0xA4
    case terminalCapability = 0xAA
    case readBinary = 0xB0
    case readRecord = 0xB2
    case getResponse = 0xC0
    case envelope = 0xC2
    case retrieveData = 0xCB
    case updateBinary = 0xD6
    case setData = 0xDB
    case updateRecord = 0xDC
    case storeData = 0xE2
    case getIdentity = 0x78
    case status = 0xF2

    /// Which of the two class ranges the command belongs to. GET RESPONSE is sent in both: some terminals repeat the class of the
    /// command whose answer they fetch.
    func belongs(toInterindustry isInterindustry: Bool) -> Bool {
        switch self {
        case .getResponse: true
        case .status, .increase, .terminalProfile, .envelope, .fetch, .terminalResponse, .terminalCapability, .retrieveData,
            .setData, .storeData, .getIdentity, .suspend:
            !isInterindustry
        default: isInterindustry
        }
    }

    /// The card application toolkit is served on the basic channel only (TS 102 221, clause 10.1.1).
    var isToolkit: Bool {
        switch self {
        case .terminalProfile, .fetch, .terminalResponse, .envelope: true
        default: false
        }
    }
}

/// A class byte: its range and its logical channel (TS 102 221, clause 10.1.1).
struct ClassByte {
    /// The class of a SIM's commands (3GPP TS 51.011, clause 9.1).
    static let sim: UInt8 = 0xA0

    let isInterindustry: Bool
    let channel: Int

    enum Refusal: Error, Equatable {
        case classNotSupported
        case secureMessagingNotSupported
    }

    init(_ cla: UInt8) throws(Refusal) {
        switch cla & 0xF0 {
        case 0x00, 0x80:
            guard cla & 0x0C == 0 else { throw .secureMessagingNotSupported }
            channel = Int(cla & 0x03)
        case 0x40, 0xC0: channel = Int(cla & 0x0F) + 4
        case 0x60, 0xE0: throw .secureMessagingNotSupported
        default: throw .classNotSupported
        }
        isInterindustry = cla & 0x80 == 0
    }
}
