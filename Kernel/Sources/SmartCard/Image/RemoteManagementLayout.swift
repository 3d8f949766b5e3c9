import Resilience
import SecuredPackets

/// Where the section for remote management has its parts, of fixed size: how many key sets (1) and applications (1) there are, two zero
/// bytes, the key sets, the applications, and the answer to the packet that was executed last (``HeldAnswer``).
///
/// A key set has 48 bytes: version (1), length of the checksum (1), rights (1), zero (1), KIc (16), KID (16), the counter held (5), zeros
/// (7). An application has 8: TAR (3), what it serves (1), the least SPI1 (1), zero (1), the key versions that reach it as bits (2).
struct RemoteManagementLayout: Equatable, Sendable {
    static let keySets = 4
    static let applications = 8
    static let keySetSize = 48
    static let applicationSize = 8
    static let size = 4 + keySets * keySetSize + applications * applicationSize + HeldAnswer.size

    /// What the counter and the answer to a packet take in a record of the journal, at most.
    static let stateSize = HeldAnswer.size + PacketCounter.size + 64

    let base: Int
    let end: Int
    let keySetCount: Int
    let applicationCount: Int

    var answer: Int { end - HeldAnswer.size }

    func keySet(_ index: Int) -> KeySetPlace { KeySetPlace(base: base + 4 + index * RemoteManagementLayout.keySetSize) }

    func application(_ index: Int) -> Int {
        base + 4 + RemoteManagementLayout.keySets * RemoteManagementLayout.keySetSize + index
            * RemoteManagementLayout.applicationSize
    }

    struct KeySetPlace {
        let base: Int
        var version: Int { base }
        var checksumLength: Int { base + 1 }
        var rights: Int { base + 2 }
        var ciphering: Int { base + 4 }
        var integrity: Int { base + 20 }
        var counter: Int { base + 36 }
    }

    init(_ bytes: [UInt8], base: Int, length: Int) throws(CardImageError) {
        self.base = base
        end = base + length
        keySetCount = Int(bytes.byte(at: base))
        applicationCount = Int(bytes.byte(at: base + 1))
        guard length == RemoteManagementLayout.size else { throw .badSection(offset: base) }
        guard keySetCount <= RemoteManagementLayout.keySets, applicationCount <= RemoteManagementLayout.applications else {
            throw .badRemoteManagement(offset: base)
        }
    }

    /// Checks what lies there, so that a card can be made of it.
    func check(_ bytes: [UInt8], profiles: Int) throws(CardImageError) {
        guard RemoteManagement<NoDecipher>(bytes, layout: self) != nil else { throw .badRemoteManagement(offset: base) }
        for index in 0..<applicationCount {
            guard let application = RemoteManagementKeys.Application(bytes, at: application(index)) else { continue }
            if case .files(let slot?) = application.service, Int(slot.rawValue) >= profiles {
                throw .badRemoteManagement(offset: self.application(index))
            }
        }
    }
}
