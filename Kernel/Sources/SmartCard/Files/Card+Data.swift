// Data objects of BER-TLV structure EFs (TS 102 221, clause 11.3). An object that does not fit in one command goes in blocks: the first
// one names it, and it stays the channel's current one until it is over, another one is begun, or a file is selected.
extension Card {
    /// The most bytes of a data object in one answer.
    private static var longestBlock: Int { 256 }

    /// RETRIEVE DATA (TS 102 221, clause 11.3.1): an object with tag and length, or, for tag 5C, the list of all tags.
    mutating func retrieveData(_ command: CommandAPDU, on channel: Int, into response: inout [UInt8]) -> StatusWord {
        guard command.p1 == 0, let block = DataBlock(command.p2) else { return .incorrectParameters }
        if case .first(let shortIdentifier) = block { return retrieve(command, shortIdentifier, on: channel) }
        guard command.data.isEmpty else { return .wrongLength }
        if case .refused(let status) = dataFile(shortIdentifier: 0, on: channel, mode: .read) { return status }
        guard var transfer = channels[channel].transfer, transfer.direction == .retrieving else { return .conditionsNotSatisfied }
        if case .previous = block { transfer.back() }
        guard transfer.left > 0 else { return .conditionsNotSatisfied }
        let available = min(transfer.left, Self.longestBlock)
        guard let length = command.length(available: available) else { return .exactLength(available) }
        response.append(contentsOf: transfer.bytes[transfer.take(length)])
        channels[channel].transfer = transfer
        return transfer.left > 0 ? .moreAvailable : .ok
    }

    /// The first block, which waits for GET RESPONSE as every answer to a command with data does.
    private mutating func retrieve(_ command: CommandAPDU, _ shortIdentifier: UInt8, on channel: Int) -> StatusWord {
        let index: Int
        switch dataFile(shortIdentifier: shortIdentifier, on: channel, mode: .read) {
        case .refused(let status): return status
        case .found(let found): index = found
        }
        let data = command.bytes.span.extracting(command.data)
        guard !data.isEmpty else { return .wrongLength }
        guard let (tag, size) = DataObjectHeader.tag(data), size == data.count else { return .incorrectData }
        let objects = DataObjects(files.nodes[index], in: store.bytes)
        var transfer: DataTransfer
        if tag == DataObjectHeader.tagList {
            transfer = DataTransfer(retrieving: objects.tagList(in: store.bytes))
        } else {
            guard let object = objects.find(tag, in: store.bytes) else { return .referencedDataNotFound }
            transfer = DataTransfer(retrieving: Array(store.bytes[object]))
        }
        let room =
            switch command.expected {
            case .absent: Self.longestBlock
            case .short(let length), .extended(let length): min(length, Self.longestBlock)
            }
        pending.begin(on: channel)
        pending.bytes.append(contentsOf: transfer.bytes[transfer.take(room)])
        pending.status = transfer.left > 0 ? .moreAvailable : .ok
        if channels[channel].file != index { channels[channel].file = index }
        channels[channel].transfer = transfer
        return .available(pending.left)
    }

    /// SET DATA (TS 102 221, clause 11.3.2): creates or replaces an object, or, with a tag alone, deletes one. The object is written when
    /// its last block has come; until then the file has what it had.
    mutating func setData(_ command: CommandAPDU, on channel: Int) -> StatusWord {
        guard command.p1 == 0, let block = DataBlock(command.p2) else { return .incorrectParameters }
        guard !command.data.isEmpty else { return .wrongLength }
        if case .first(let shortIdentifier) = block { return set(command, shortIdentifier, on: channel) }
        let index: Int
        switch dataFile(shortIdentifier: 0, on: channel, mode: .update) {
        case .refused(let status): return status
        case .found(let found): index = found
        }
        guard var transfer = channels[channel].transfer, transfer.direction == .setting else { return .conditionsNotSatisfied }
        if case .previous = block {
            if transfer.previous == 0 { return set(command, 0, on: channel) }
            transfer.back()
        }
        channels[channel].transfer = nil
        guard transfer.add(command.bytes[command.data]) else { return .incorrectData }
        return go(on: transfer, index, channel)
    }

    /// The first block: tag, length, and as much of the value as there is room for.
    private mutating func set(_ command: CommandAPDU, _ shortIdentifier: UInt8, on channel: Int) -> StatusWord {
        let index: Int
        switch dataFile(shortIdentifier: shortIdentifier, on: channel, mode: .update) {
        case .refused(let status): return status
        case .found(let found): index = found
        }
        // Whatever was under way is over.
        channels[channel].file = index
        let data = command.bytes.span.extracting(command.data)
        guard let (tag, size) = DataObjectHeader.tag(data), tag != DataObjectHeader.tagList else { return .incorrectData }
        let objects = DataObjects(files.nodes[index], in: store.bytes)
        if size == data.count {
            guard objects.find(tag, in: store.bytes) != nil else { return .referencedDataNotFound }
            return write([], tag, index)
        }
        guard let header = DataObjectHeader(data), header.isShortest, data.count <= header.size + header.length else {
            return .incorrectData
        }
        guard objects.hasRoom(for: header.size + header.length, inPlaceOf: tag, in: store.bytes) else { return .notEnoughMemory }
        let first = Array(command.bytes[command.data])
        return go(on: DataTransfer(setting: first, size: header.size + header.length), index, channel)
    }

    /// Waits for the next block, or writes what is whole.
    private mutating func go(on transfer: DataTransfer, _ index: Int, _ channel: Int) -> StatusWord {
        guard transfer.left == 0 else {
            channels[channel].transfer = transfer
            return .moreExpected
        }
        guard let (tag, _) = DataObjectHeader.tag(transfer.bytes.span) else { return .incorrectData }
        // Through another channel the file may have become fuller since the first block.
        guard DataObjects(files.nodes[index], in: store.bytes).hasRoom(for: transfer.size, inPlaceOf: tag, in: store.bytes) else {
            return .notEnoughMemory
        }
        return write(transfer.bytes, tag, index)
    }

    private mutating func write(_ object: [UInt8], _ tag: UInt32, _ index: Int) -> StatusWord {
        let node = files.nodes[index]
        let area = DataObjects(node, in: store.bytes).replacing(tag, with: object, in: store.bytes)
        store.stage(area.span, at: node.offset)
        return commit() ?? .ok
    }

    /// The BER-TLV structure EF that a short identifier, or none, means; that the access is allowed; that the file is activated.
    private func dataFile(shortIdentifier: UInt8, on channel: Int, mode: AccessMode) -> FileSearch {
        let index: Int
        if shortIdentifier != 0 {
            guard let found = files.file(in: channels[channel].directory, shortIdentifier: shortIdentifier) else {
                return .refused(.fileNotFound)
            }
            index = found
        } else {
            guard let file = channels[channel].file else { return .refused(.noFileSelected) }
            index = file
        }
        guard files.nodes[index].kind == .berTLV else { return .refused(.incompatibleFileStructure) }
        guard allows(mode, on: index) else { return .refused(.securityStatusNotSatisfied) }
        guard !files.nodes[index].isDeactivated else { return .refused(.dataInvalidated) }
        return .found(index)
    }
}
