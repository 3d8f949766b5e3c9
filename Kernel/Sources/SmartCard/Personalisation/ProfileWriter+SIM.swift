import Wire

// What a SIM has (3GPP TS 51.011, clause 10): links into the USIM, so that there is one truth.
extension ProfileWriter {
    mutating func writeSIM() {
        ruleFile = 0x2F06
        directory = FileSystem.masterFile
        add(.df, 0x7F20, 0, .readAlways, [])
        directory = identifiers.count - 1
        for identifier: UInt16 in [
            0x6F07, 0x6F31, 0x6F3E, 0x6F3F, 0x6F46, 0x6F60, 0x6F61, 0x6F62, 0x6F78, 0x6F7B, 0x6F7E, 0x6FAD,
        ] {
            if let original = inApplication(identifier) { link(identifier, to: original) }
        }
        let networks = subscription.preferredNetworks.prefix(8).map { $0.network.bytes }
        let places = networks + (networks.count..<8).map { _ in [0xFF, 0xFF, 0xFF] }
        transparent(0x6F30, 0, .readPINUpdatePIN, places.flatMap { $0 })
        transparent(0x6F38, 0, .readPINUpdateAdministrator, SIMServiceTable.bytes(isManaged: isManaged))
        directory = FileSystem.masterFile
        add(.df, 0x7F10, 0, .readAlways, [])
        directory = identifiers.count - 1
        for identifier: UInt16 in [0x6F3C, 0x6F40, 0x6F42, 0x6F43] {
            if let original = inApplication(identifier) { link(identifier, to: original) }
        }
    }

    /// The file of the USIM with this identifier, directly under its ADF.
    private func inApplication(_ identifier: UInt16) -> Int? {
        identifiers.indices.first { index in
            guard identifiers[index] == identifier,
                let node = FileNode(nodes, at: index * ProfileLayout.nodeSize, base: 0),
                let parent = FileNode(nodes, at: node.parent * ProfileLayout.nodeSize, base: 0)
            else { return false }
            return parent.kind == .adf
        }
    }
}

/// EF.SST (TS 51.011, clause 10.3.7): two bits a service, allocated and activated.
enum SIMServiceTable {
    private static let services = [
        1,  // CHV1 can be disabled
        4,  // Short messages
        7,  // PLMN selector
        9,  // MSISDN
        12,  // Short message service parameters
        14, 15,  // Group identifiers
        17,  // Service provider name
        42, 43,  // PLMN selectors with access technology
    ]

    /// Data download in short messages.
    private static let dataDownload = 26

    static func bytes(isManaged: Bool) -> [UInt8] {
        var table = [UInt8](repeating: 0, count: 11)
        for service in services + (isManaged ? [dataDownload] : []) {
            table[(service - 1) / 4] |= 0x03 << UInt8((service - 1) % 4 * 2)
        }
        return table
    }
}
