extension Card {
    /// DEACTIVATE FILE and ACTIVATE FILE (TS 102 221, clauses 11.1.14 and 11.1.15): the file that is selected, or the one that P1 and
    /// the data name as SELECT does.
    mutating func setActivation(_ command: CommandAPDU, on channel: Int, to isActivated: Bool) -> StatusWord {
        let target: Int
        if command.data.isEmpty {
            guard command.parameters == 0 else { return .incorrectParameters }
            guard let file = channels[channel].file else { return .noFileSelected }
            target = file
        } else {
            guard command.p2 == 0, [0x00, 0x08, 0x09].contains(command.p1) else { return .incorrectParameters }
            switch find(command, on: channel) {
            case .refused(let status): return status
            case .found(let file): target = file
            }
        }
        let node = files.nodes[target]
        guard !node.kind.isDirectory else { return .noFileSelected }
        guard allows(isActivated ? .activate : .deactivate, on: target) else { return .securityStatusNotSatisfied }
        let state = isActivated ? FileNode.operationalActivated : FileNode.operationalDeactivated
        store.stage(UInt64(state), size: 1, at: files.layout.node(target) + FileNode.lifeCyclePlace)
        if let failure = commit() { return failure }
        files.refresh(target, from: store.bytes)
        if channels[channel].file != target {
            channels[channel].directory = node.parent
            channels[channel].file = target
            channels[channel].record = 0
        }
        return .ok
    }

    /// TERMINAL CAPABILITY (TS 102 221, clause 11.1.19): what the terminal supplies and supports. It is read, for its form, and
    /// nothing follows from it.
    mutating func terminalCapability(_ command: CommandAPDU, on channel: Int) -> StatusWord {
        guard command.parameters == 0 else { return .incorrectParameters }
        let data = command.bytes[command.data]
        guard data.count >= 2 else { return .wrongLength }
        guard data[data.startIndex] == 0xA9, Int(data[data.startIndex + 1]) == data.count - 2 else { return .incorrectData }
        return .ok
    }
}
