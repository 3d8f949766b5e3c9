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

    /// UPDATE RECORD (TS 102 221, clause 11.1.6).
    mutating func updateRecord(_ command: CommandAPDU, on channel: Int) -> StatusWord {
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

    private enum RecordSearch {
        case found(Int, record: Int)
        case refused(StatusWord)
    }

    /// The file and record that P1 and P2 mean.
    private func record(_ command: CommandAPDU, on channel: Int, mode: AccessMode) -> RecordSearch {
        let current = channels[channel]
        let index: Int
        let shortIdentifier = command.p2 >> 3
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
        let node = files.nodes[index]
        guard node.kind == .linearFixed else { return .refused(.incompatibleFileStructure) }
        guard allows(mode, on: index) else { return .refused(.securityStatusNotSatisfied) }
        let pointer = shortIdentifier != 0 && current.file != index ? 0 : current.record
        let number: Int
        switch command.p2 & 0x07 {
        case 0x02:
            guard command.p1 == 0 else { return .refused(.incorrectParameters) }
            number = pointer + 1
        case 0x03:
            guard command.p1 == 0 else { return .refused(.incorrectParameters) }
            number = pointer == 0 ? node.records : pointer - 1
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
