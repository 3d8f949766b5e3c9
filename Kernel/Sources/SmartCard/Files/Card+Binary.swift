extension Card {
    /// READ BINARY (TS 102 221, clause 11.1.3).
    mutating func readBinary(_ command: CommandAPDU, on channel: Int, into response: inout [UInt8]) -> StatusWord {
        guard command.data.isEmpty else { return .wrongLength }
        var offset = 0
        switch transparentFile(command, on: channel, mode: .read, offset: &offset) {
        case .refused(let status): return status
        case .found(let index):
            let node = files.nodes[index]
            guard offset < node.size || (offset == 0 && node.size == 0) else { return .wrongOffset }
            let available = node.size - offset
            guard let length = command.length(available: available) else { return .exactLength(available) }
            let start = node.offset + offset
            response.reserveCapacity(length + 2)
            response.append(contentsOf: store.bytes[start..<start + length])
            return .ok
        }
    }

    /// UPDATE BINARY (TS 102 221, clause 11.1.4).
    mutating func updateBinary(_ command: CommandAPDU, on channel: Int) -> StatusWord {
        guard !command.data.isEmpty else { return .wrongLength }
        var offset = 0
        switch transparentFile(command, on: channel, mode: .update, offset: &offset) {
        case .refused(let status): return status
        case .found(let index):
            let node = files.nodes[index]
            guard offset < node.size else { return .wrongOffset }
            guard command.data.count <= node.size - offset else { return .wrongLength }
            store.stage(command.bytes.span.extracting(command.data), at: node.offset + offset)
            return commit() ?? .ok
        }
    }

    enum FileSearch {
        case found(Int)
        case refused(StatusWord)
    }

    /// The file that P1 and P2 mean: the one with a short identifier (which becomes current), or the current one.
    private mutating func transparentFile(
        _ command: CommandAPDU, on channel: Int, mode: AccessMode, offset: inout Int
    ) -> FileSearch {
        let index: Int
        if command.p1 & 0x80 != 0 {
            guard command.p1 & 0x60 == 0 else { return .refused(.incorrectParameters) }
            guard let found = files.file(in: channels[channel].directory, shortIdentifier: command.p1 & 0x1F) else {
                return .refused(.fileNotFound)
            }
            index = found
            offset = Int(command.p2)
        } else {
            guard let current = channels[channel].file else { return .refused(.noFileSelected) }
            index = current
            offset = Int(command.parameters)
        }
        guard files.nodes[index].kind == .transparent else { return .refused(.incompatibleFileStructure) }
        guard allows(mode, on: index) else { return .refused(.securityStatusNotSatisfied) }
        guard !files.nodes[index].isDeactivated else { return .refused(.dataInvalidated) }
        if channels[channel].file != index {
            channels[channel].file = index
            channels[channel].record = 0
        }
        return .found(index)
    }

    /// Whether the file's access rule allows this now. A rule that cannot be found allows nothing.
    func allows(_ mode: AccessMode, on file: Int) -> Bool {
        guard let rule = files.rule(of: file, isPINEnabled: security.isApplicationPINEnabled) else { return false }
        return AccessRule.allows(mode, by: rule, in: store.bytes, security: security)
    }
}
