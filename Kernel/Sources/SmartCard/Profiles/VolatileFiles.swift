/// The files in which a terminal keeps what it knows of the network: they belong to one subscription (TS 31.102, clause 4.2).
///
/// A profile that is about to be enabled begins without them, as if it had never been used: a temporary identity or a forbidden
/// list from last time would only slow the terminal down or keep it away.
enum VolatileFiles {
    /// The content of such a file before its first use, or nil for a file that is not one of them.
    static func content(of identifier: UInt16, under parent: UInt16, size: Int) -> [UInt8]? {
        switch (parent, identifier) {
        // EF.LOCI: TMSI, LAI, one byte for future use, "not updated".
        case (_, 0x6F7E): filled(size, with: [(7, 0x00), (8, 0x00), (10, 0x01)])
        // EF.PSLOCI: P-TMSI, its signature, RAI, "not updated".
        case (_, 0x6F73): filled(size, with: [(10, 0x00), (11, 0x00), (13, 0x01)])
        // EF.EPSLOCI: GUTI, last visited TAI, "not updated".
        case (_, 0x6FE3): filled(size, with: [(15, 0x00), (16, 0x00), (17, 0x01)])
        // EF.5GS3GPPLOCI and EF.5GSN3GPPLOCI: GUTI, last visited TAI, "not updated".
        case (0x5FC0, 0x4F01), (0x5FC0, 0x4F02): filled(size, with: [(16, 0x00), (17, 0x00), (18, 0x00), (19, 0x01)])
        // EF.Keys and EF.KeysPS: no key set.
        case (_, 0x6F08), (_, 0x6F09): filled(size, with: [(0, 0x07)])
        // EF.START-HFN: both domains at their threshold.
        case (_, 0x6F5B): filled(size, with: [(0, 0xF0), (1, 0x00), (2, 0x00), (3, 0xF0), (4, 0x00), (5, 0x00)])
        // EF.FPLMN, EF.NETPAR, EF.EPSNSC, EF.5GS3GPPNSC, EF.5GSN3GPPNSC, EF.5GAUTHKEYS.
        case (_, 0x6F7B), (_, 0x6FC4), (_, 0x6FE4), (0x5FC0, 0x4F03), (0x5FC0, 0x4F04), (0x5FC0, 0x4F05): filled(size, with: [])
        default: nil
        }
    }

    private static func filled(_ size: Int, with exceptions: [(Int, UInt8)]) -> [UInt8] {
        var content = [UInt8](repeating: 0xFF, count: size)
        for (offset, byte) in exceptions where offset < size { content[offset] = byte }
        return content
    }
}

extension ImageStore {
    /// Stages the emptying of a profile's volatile files.
    mutating func stageFreshFiles(of profile: ProfileLayout) {
        for index in 0..<profile.nodeCount {
            guard let file = FileNode(bytes, at: profile.node(index), base: profile.base), !file.kind.isDirectory,
                let parent = FileNode(bytes, at: profile.node(file.parent), base: profile.base),
                let content = VolatileFiles.content(
                    of: file.identifier, under: parent.identifier, size: file.recordLength > 0 ? file.recordLength : file.size)
            else { continue }
            // A link's contents are its original's, which came first.
            let isLink = (0..<index).contains { earlier in
                FileNode(bytes, at: profile.node(earlier), base: profile.base)?.range == file.range
            }
            if isLink { continue }
            if file.recordLength > 0 {
                for number in 1...file.records {
                    if let range = file.record(number) { stage(content.span, at: range.lowerBound) }
                }
            } else {
                stage(content.span, at: file.offset)
            }
        }
    }
}
