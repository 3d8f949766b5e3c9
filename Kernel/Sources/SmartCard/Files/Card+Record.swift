extension Card {
    /// READ RECORD (TS 102 221, clause 11.1.5).
    mutating func readRecord(_ command: CommandAPDU, on channel: Int, into response: inout [UInt8]) -> StatusWord {
        guard command.data.isEmpty else { return .wrongLength }
        switch record(command, on: channel, mode: .read) {
        case .refused(let status): return status
        case .found(let index, let number):
            guard let range = files.nodes[index].record(number) else { return .recordNotFound }
            switch command.expected {
            case .short(let length) where length != range.count: return .exactLength(range.count)
            case .extended(let room) where room < range.count: return .exactLength(range.count)
            default: break
            }
            point(to: index, record: number, command, on: channel)
            response.reserveCapacity(range.count + 2)
            response.append(contentsOf: store.bytes[range])
            return .ok
        }
    }

    /// UPDATE RECORD (TS 102 221, clause 11.1.6). In a cyclic file only the oldest record can be written, by "previous", and it
    /// becomes record 1.
    mutating func updateRecord(_ command: CommandAPDU, on channel: Int) -> StatusWord {
        switch recordFile(shortIdentifier: command.p2 >> 3, on: channel, mode: .update) {
        case .refused(let status): return status
        case .found(let index) where files.nodes[index].kind == .cyclic:
            guard command.p2 & 0x07 == 0x03, command.p1 == 0 else { return .incorrectParameters }
            guard command.data.count == files.nodes[index].recordLength else { return .wrongLength }
            return push(command.bytes.span.extracting(command.data), onto: index, channel) ?? .ok
        case .found: break
        }
        switch record(command, on: channel, mode: .update) {
        case .refused(let status): return status
        case .found(let index, let number):
            guard let range = files.nodes[index].record(number) else { return .recordNotFound }
            guard command.data.count == range.count else { return .wrongLength }
            store.stage(command.bytes.span.extracting(command.data), at: range.lowerBound)
            if let failure = commit() { return failure }
            point(to: index, record: number, command, on: channel)
            return .ok
        }
    }

    /// INCREASE (TS 102 221, clause 11.1.8): adds to the newest value of a cyclic file and keeps the sum as a new record. Answers
    /// with the sum and what was added.
    mutating func increase(_ command: CommandAPDU, on channel: Int) -> StatusWord {
        guard command.p1 == 0 || command.p1 & 0xE0 == 0x80, command.p2 == 0 else { return .incorrectParameters }
        let index: Int
        switch recordFile(shortIdentifier: command.p1 & 0x1F, on: channel, mode: .increase) {
        case .refused(let status): return status
        case .found(let found): index = found
        }
        let node = files.nodes[index]
        guard !command.data.isEmpty, command.data.count <= node.recordLength, command.data.count <= 127,
            let newest = node.record(1)
        else { return .wrongLength }
        let addend = command.bytes[command.data]
        var sum = [UInt8](store.bytes[newest])
        var carry = 0
        for place in stride(from: sum.count - 1, through: 0, by: -1) {
            let distance = sum.count - 1 - place
            let added = distance < addend.count ? Int(addend[addend.endIndex - 1 - distance]) : 0
            let total = Int(sum[place]) + added + carry
            sum[place] = UInt8(truncatingIfNeeded: total)
            carry = total >> 8
        }
        guard carry == 0 else { return .maximumReached }
        if let failure = push(sum.span, onto: index, channel) { return failure }
        pending.begin(on: channel)
        pending.bytes.append(contentsOf: sum)
        pending.bytes.append(contentsOf: addend)
        return .available(pending.left)
    }

    /// Writes over the oldest record of a cyclic file and makes it record 1: both at once, or neither.
    private mutating func push(_ content: borrowing Span<UInt8>, onto index: Int, _ channel: Int) -> StatusWord? {
        let node = files.nodes[index]
        guard let oldest = node.record(node.records) else { return .recordNotFound }
        let newest = (node.newest + node.records - 1) % node.records
        store.stage(content, at: oldest.lowerBound)
        store.stage(UInt64(newest), size: 1, at: files.layout.node(index) + FileNode.newestPlace)
        if let failure = commit() { return failure }
        files.refresh(index, from: store.bytes)
        channels[channel].file = index
        channels[channel].record = 1
        return nil
    }

    /// SEARCH RECORD (TS 102 221, clause 11.1.7): the numbers of the records that contain a pattern, in the order of the search.
    /// The first of them becomes the current record.
    mutating func searchRecord(_ command: CommandAPDU, on channel: Int) -> StatusWord {
        let index: Int
        switch recordFile(shortIdentifier: command.p2 >> 3, on: channel, mode: .read) {
        case .refused(let status): return status
        case .found(let found): index = found
        }
        let node = files.nodes[index]
        var pattern = command.bytes[command.data]
        var start = SearchStart.offset(0)
        let direction: UInt8
        switch command.p2 & 0x07 {
        case 0x04, 0x05: direction = command.p2 & 0x07
        case 0x06:
            // Enhanced: how to go and where in a record to begin stand before the pattern.
            guard pattern.count > 2 else { return .wrongLength }
            let indication = pattern.removeFirst()
            let value = pattern.removeFirst()
            guard indication & 0xF4 == 0x04 else { return .incorrectData }
            start = indication & 0x08 == 0 ? .offset(Int(value)) : .value(value)
            direction = indication & 0x07
        default: return .incorrectParameters
        }
        guard !pattern.isEmpty else { return .wrongLength }
        let current = channels[channel].file == index ? channels[channel].record : 0
        let isForward = direction & 0x01 == 0
        var number: Int
        if direction >= 0x06 {
            // From the record after, or before, the current one; from an end when there is none.
            number = isForward ? current + 1 : (current == 0 ? node.records : current - 1)
        } else {
            number = command.p1 == 0 ? current : Int(command.p1)
            guard number >= 1, number <= node.records else { return .recordNotFound }
        }
        var found: [UInt8] = []
        while number >= 1, number <= node.records {
            if let range = node.record(number), contains(pattern, range, from: start) {
                found.append(UInt8(truncatingIfNeeded: number))
            }
            number += isForward ? 1 : -1
        }
        if channels[channel].file != index {
            channels[channel].file = index
            channels[channel].record = 0
        }
        guard let first = found.first else { return .notFoundBeforeEnd }
        channels[channel].record = Int(first)
        pending.begin(on: channel)
        pending.bytes.append(contentsOf: found)
        return .available(pending.left)
    }

    /// Where in each record a search begins.
    private enum SearchStart {
        case offset(Int)
        /// After the first byte of this value.
        case value(UInt8)
    }

    private func contains(_ pattern: ArraySlice<UInt8>, _ range: Range<Int>, from start: SearchStart) -> Bool {
        var place: Int
        switch start {
        case .offset(let offset): place = range.lowerBound + offset
        case .value(let value):
            guard let first = store.bytes[range].firstIndex(of: value) else { return false }
            place = first + 1
        }
        while place + pattern.count <= range.upperBound {
            if store.bytes[place..<place + pattern.count] == pattern { return true }
            place += 1
        }
        return false
    }

    private enum RecordSearch {
        case found(Int, record: Int)
        case refused(StatusWord)
    }

    /// The file with records that a short identifier, or none, means; that the access is allowed; that the file is activated.
    private mutating func recordFile(shortIdentifier: UInt8, on channel: Int, mode: AccessMode) -> FileSearch {
        let current = channels[channel]
        let index: Int
        if shortIdentifier != 0 {
            guard shortIdentifier <= 30 else { return .refused(.incorrectParameters) }
            guard let found = files.file(in: current.directory, shortIdentifier: shortIdentifier) else {
                return .refused(.fileNotFound)
            }
            index = found
        } else {
            guard let file = current.file else { return .refused(.noFileSelected) }
            index = file
        }
        let kind = files.nodes[index].kind
        guard mode == .increase ? kind == .cyclic : kind.hasRecords else { return .refused(.incompatibleFileStructure) }
        guard allows(mode, on: index) else { return .refused(.securityStatusNotSatisfied) }
        guard !files.nodes[index].isDeactivated else { return .refused(.dataInvalidated) }
        // The card itself may have written a record since: its log of moves.
        if kind == .cyclic { files.refresh(index, from: store.bytes) }
        return .found(index)
    }

    /// The file and record that P1 and P2 mean.
    private mutating func record(_ command: CommandAPDU, on channel: Int, mode: AccessMode) -> RecordSearch {
        let current = channels[channel]
        let index: Int
        switch recordFile(shortIdentifier: command.p2 >> 3, on: channel, mode: mode) {
        case .refused(let status): return .refused(status)
        case .found(let found): index = found
        }
        let node = files.nodes[index]
        let pointer = current.file != index ? 0 : current.record
        // In a cyclic file next and previous go round (TS 102 221, clause 11.1.5.1); in a linear one they end.
        let goesRound = node.kind == .cyclic
        let number: Int
        switch command.p2 & 0x07 {
        case 0x02:
            guard command.p1 == 0 else { return .refused(.incorrectParameters) }
            number = goesRound && pointer == node.records ? 1 : pointer + 1
        case 0x03:
            guard command.p1 == 0 else { return .refused(.incorrectParameters) }
            number = pointer == 0 || (goesRound && pointer == 1) ? node.records : pointer - 1
        case 0x04: number = command.p1 == 0 ? pointer : Int(command.p1)
        default: return .refused(.incorrectParameters)
        }
        guard number >= 1, number <= node.records else { return .refused(.recordNotFound) }
        return .found(index, record: number)
    }

    /// A short identifier makes the file current; next and previous move the record pointer, an absolute number does not
    /// (TS 102 221, clause 11.1.5.1).
    private mutating func point(to index: Int, record: Int, _ command: CommandAPDU, on channel: Int) {
        if channels[channel].file != index {
            channels[channel].file = index
            channels[channel].record = 0
        }
        if command.p2 & 0x07 != 0x04 { channels[channel].record = record }
    }
}
