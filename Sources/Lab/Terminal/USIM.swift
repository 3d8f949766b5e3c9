import Wire

/// What a terminal has read from the card: the answer to reset, the card's identity, and the USIM that it runs.
public struct USIM: Equatable, Sendable {
    /// Why a terminal takes a card for dead.
    public enum Fault: Error, Equatable {
        /// No answer to reset, or one that breaks ISO/IEC 7816-3.
        case answerToReset
        /// A file without which no terminal goes on is missing, locked or unreadable; with its identifier and the status word.
        case file(UInt16, status: UInt16)
        /// EF.DIR names no USIM, or it does not answer.
        case application(status: UInt16)
        /// PIN asked for and not known, wrong, or blocked.
        case pin(status: UInt16)
        /// A file's content is not what TS 31.102 says.
        case content(UInt16)
    }

    public internal(set) var answerToReset: [UInt8] = []
    public internal(set) var iccid: ICCID
    var application: [UInt8]
    public internal(set) var imsi: IMSI
    var mncDigits: Int
    var serviceTable: [UInt8]
    var accessClass: UInt16
    public internal(set) var forbidden: [PLMN]
    /// The equivalent home networks, from EF.EHPLMN; empty where it is absent.
    var equivalentHomes: [PLMN]
    /// The operator's and the user's lists of wanted networks, in their order of priority.
    var preferred: [PLMN]
    /// The network of the last registration, from EF.EPSLOCI or EF.LOCI.
    public internal(set) var lastRegistered: PLMN?
    public internal(set) var name: String?

    var home: PLMN? { imsi.plmn(mncDigits: mncDigits) }

    func isHome(_ plmn: PLMN) -> Bool {
        equivalentHomes.isEmpty ? plmn == home : equivalentHomes.contains(plmn)
    }

    /// Service `number` of the USIM service table, counted from 1 (TS 31.102, clause 4.2.8).
    func offers(_ number: Int) -> Bool {
        let (byte, bit) = ((number - 1) / 8, (number - 1) % 8)
        return serviceTable.indices.contains(byte) && serviceTable[byte] >> bit & 1 == 1
    }
}

/// Elementary files that a terminal reads or writes (TS 102 221, clause 13; TS 31.102, clause 4.2).
enum EF {
    static let dir: UInt16 = 0x2F00
    static let pl: UInt16 = 0x2F05
    static let iccid: UInt16 = 0x2FE2
    static let imsi: UInt16 = 0x6F07
    static let li: UInt16 = 0x6F05
    static let keys: UInt16 = 0x6F08
    static let keysPS: UInt16 = 0x6F09
    static let hpplmn: UInt16 = 0x6F31
    static let ust: UInt16 = 0x6F38
    static let spn: UInt16 = 0x6F46
    static let est: UInt16 = 0x6F56
    static let startHFN: UInt16 = 0x6F5B
    static let threshold: UInt16 = 0x6F5C
    static let plmnWAcT: UInt16 = 0x6F60
    static let oplmnWAcT: UInt16 = 0x6F61
    static let hplmnWAcT: UInt16 = 0x6F62
    static let psLOCI: UInt16 = 0x6F73
    static let acc: UInt16 = 0x6F78
    static let fplmn: UInt16 = 0x6F7B
    static let loci: UInt16 = 0x6F7E
    static let ad: UInt16 = 0x6FAD
    static let ecc: UInt16 = 0x6FB7
    static let ehplmn: UInt16 = 0x6FD9
    static let epsLOCI: UInt16 = 0x6FE3
    static let epsNSC: UInt16 = 0x6FE4
}
