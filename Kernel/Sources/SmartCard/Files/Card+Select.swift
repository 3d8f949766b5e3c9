extension Card {
    /// SELECT (TS 102 221, clause 11.1.1). A failure changes nothing.
    mutating func select(_ command: CommandAPDU, on channel: Int) -> StatusWord {
        // Bits 7 and 6 of P2 say what becomes of the application's session, bits 4 and 3 what is answered, bits 2 and 1 which
        // occurrence.
        if namesDomain(command, on: channel) { return selectDomain(command, on: channel) }
        let wantsTemplate: Bool
        switch command.p2 & 0x0C {
        case 0x04: wantsTemplate = true
        case 0x0C: wantsTemplate = false
        default: return .incorrectParameters
        }
        let session = command.p2 & 0x60
        guard command.p2 & 0x90 == 0, session == 0x00 || session == 0x40 else { return .incorrectParameters }
        let target: Int
        switch find(command, on: channel) {
        case .found(let file): target = file
        case .refused(let status): return status
        }
        if session == 0x40 {
            // The session of the application ends, and with it what was verified for it.
            guard files.nodes[target].kind == .adf else { return .incorrectParameters }
            security.endApplicationSession()
            for index in channels.indices where channels[index].application == target {
                channels[index].select(directory: FileSystem.masterFile, application: nil)
            }
        } else {
            let node = files.nodes[target]
            if node.kind.isDirectory {
                // An application stays active on the channel until another one is selected, whatever directory is.
                let application = files.application(of: target) ?? channels[channel].application
                channels[channel].select(directory: target, application: application)
            } else {
                channels[channel].directory = node.parent
                channels[channel].file = target
                channels[channel].record = 0
                channels[channel].leaveDomain()
            }
        }
        let isDeactivated = files.nodes[target].isDeactivated
        guard wantsTemplate else { return isDeactivated ? .selectedFileDeactivated : .ok }
        pending.begin(on: channel)
        FileControlParameters.write(target, of: files, security: security, image: store.bytes, into: &pending.bytes)
        // The warning takes the place of 61XX; GET RESPONSE fetches the template all the same (clause 7.3.1.1.4).
        return isDeactivated ? .selectedFileDeactivated : .available(pending.left)
    }

    enum Search {
        case found(Int)
        case refused(StatusWord)

        init(_ file: Int?) { self = file.map { .found($0) } ?? .refused(.fileNotFound) }
    }

    func find(_ command: CommandAPDU, on channel: Int) -> Search {
        let current = channels[channel]
        let data = command.bytes.span.extracting(command.data)
        guard command.p1 == 0x04 || command.p2 & 0x03 == 0 else { return .refused(.incorrectParameters) }
        switch command.p1 {
        case 0x00:
            if data.isEmpty { return .found(FileSystem.masterFile) }
            guard data.count == 2 else { return .refused(.wrongLength) }
            return Search(files.find(identifier(data), from: current.directory, application: current.application))
        case 0x01:
            guard data.count == 2 else { return .refused(.wrongLength) }
            let child = files.child(of: current.directory, identifier(data))
            return Search(child.flatMap { files.nodes[$0].kind.isDirectory ? $0 : nil })
        case 0x03:
            guard data.isEmpty else { return .refused(.wrongLength) }
            return current.directory == FileSystem.masterFile
                ? .refused(.fileNotFound) : .found(files.nodes[current.directory].parent)
        case 0x04: return findApplication(data, occurrence: command.p2 & 0x03, current: current.application)
        case 0x08:
            guard !data.isEmpty, data.count % 2 == 0 else { return .refused(.wrongLength) }
            return Search(files.find(path: data, from: FileSystem.masterFile, application: current.application))
        case 0x09:
            guard !data.isEmpty, data.count % 2 == 0 else { return .refused(.wrongLength) }
            return Search(files.find(path: data, from: current.directory, application: nil))
        default: return .refused(.incorrectParameters)
        }
    }

    /// By DF name, which may be cut short on the right; among several that match, the first, last, next or previous one.
    private func findApplication(_ name: borrowing Span<UInt8>, occurrence: UInt8, current: Int?) -> Search {
        guard FileNode.applicationIdentifierSizes.contains(name.count) else { return .refused(.wrongLength) }
        var first: Int?
        var last: Int?
        var next: Int?
        var previous: Int?
        for index in files.nodes.indices where files.names(index, name, in: store.bytes) {
            if first == nil { first = index }
            last = index
            if let current {
                if index < current { previous = index }
                if index > current, next == nil { next = index }
            }
        }
        switch occurrence {
        case 0x00: return Search(first)
        case 0x01: return Search(last)
        case 0x02: return Search(current == nil ? first : next)
        default: return Search(current == nil ? last : previous)
        }
    }

    private func identifier(_ data: borrowing Span<UInt8>) -> UInt16 { UInt16(data[0]) << 8 | UInt16(data[1]) }

    /// STATUS (TS 102 221, clause 11.1.2): the current directory, and the poll by which the terminal lets the card speak.
    mutating func status(_ command: CommandAPDU, on channel: Int, into response: inout [UInt8]) -> StatusWord {
        guard command.p1 <= 0x02 else { return .incorrectParameters }
        guard command.data.isEmpty else { return .wrongLength }
        let current = channels[channel]
        var answer: [UInt8] = []
        switch command.p2 {
        case 0x00:
            FileControlParameters.write(current.directory, of: files, security: security, image: store.bytes, into: &answer)
        case 0x01:
            guard let application = current.application else { return .referencedDataNotFound }
            let node = files.nodes[application]
            answer.append(0x84)
            answer.append(UInt8(truncatingIfNeeded: node.size))
            answer.append(contentsOf: store.bytes[node.range])
        case 0x0C: break
        default: return .incorrectParameters
        }
        if !answer.isEmpty {
            guard let length = command.length(available: answer.count) else { return .exactLength(answer.count) }
            response.append(contentsOf: answer[..<length])
        }
        poll()
        return .ok
    }
}
