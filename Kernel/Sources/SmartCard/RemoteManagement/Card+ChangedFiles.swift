// REFRESH after files were changed over the air (TS 102 223, clause 6.4.7): a terminal that keeps what it has read reads it again. A
// change of the profile that the terminal does not see concerns nobody before that profile is enabled, which resets the card anyway.
extension Card {
    /// Has the terminal read anew what differs from this image.
    mutating func tellChanges(since before: [UInt8]) {
        guard session.profile?.refresh == true else { return }
        var isNew = false
        for index in files.nodes.indices where isChanged(index, since: before) {
            if !changedFiles.files.contains(index) { changedFiles.files.append(index) }
            isNew = true
        }
        guard isNew else { return }
        changedFiles.refusals = 0
        offerRefresh()
    }

    /// The terminal answered REFRESH. A busy one is asked again with the next STATUS; another refusal is final, and the changes show
    /// after the next reset.
    mutating func changesWereTold(_ response: TerminalResponse?) {
        // More was changed in the meantime; the command that waits names everything.
        if session.has({ if case .filesChanged = $0 { true } else { false } }) { return }
        changedFiles.refusals += 1
        let isBusy = response.map { $0.result & 0xF0 == 0x20 } ?? false
        if !isBusy || changedFiles.refusals >= ChangeNotice.mostRefusals { changedFiles = ChangeNotice() }
    }

    /// STATUS came.
    mutating func tellChangesAgain() {
        guard changedFiles.refusals > 0, !session.has({ if case .filesChanged = $0 { true } else { false } }) else { return }
        offerRefresh()
    }

    private mutating func offerRefresh() {
        session.withdraw { if case .filesChanged = $0 { true } else { false } }
        session.push(.filesChanged(described(changedFiles.files)))
    }

    private func isChanged(_ index: Int, since before: [UInt8]) -> Bool {
        let node = files.nodes[index]
        guard !node.kind.isDirectory, node.kind != .internal, before.count == store.bytes.count else { return false }
        // The descriptor has the life cycle status and where a cyclic file's newest record is.
        let place = files.layout.node(index)
        for offset in place..<place + ProfileLayout.nodeSize where before[offset] != store.bytes[offset] { return true }
        for offset in node.range where before[offset] != store.bytes[offset] { return true }
        return false
    }

    private func described(_ changed: [Int]) -> ChangedFiles {
        let usim = files.nodes.indices.first(where: isUSIM)
        var application: Int?
        var paths: [[UInt8]] = []
        var identifiers = 0
        var needsInitialisation = false
        for index in changed {
            let path = path(of: index)
            identifiers += path.count
            paths.append(path)
            guard let own = files.application(of: files.nodes[index].parent) else { continue }
            // One REFRESH is for one application.
            guard application == nil || application == own else { return ChangedFiles(mode: .all) }
            application = own
            // A new EF.IMSI or EF.UST begins another subscription, or another set of services (TS 31.111, clause 6.4.7.1).
            if own == usim, [0x6F07, 0x6F38].contains(files.nodes[index].identifier) { needsInitialisation = true }
        }
        guard identifiers < ChangedFiles.longestList else { return ChangedFiles(mode: .all) }
        var described = ChangedFiles(mode: needsInitialisation ? .listedAndInitialised : .listed, paths: paths)
        if let application, application != usim { described.application = Array(store.bytes[files.nodes[application].range]) }
        return described
    }

    private func isUSIM(_ index: Int) -> Bool {
        files.nodes[index].kind == .adf
            && store.bytes[files.nodes[index].range].starts(with: ProfileWriter.applicationIdentifier.prefix(7))
    }

    /// The full path of a file.
    private func path(of file: Int) -> [UInt8] {
        var path: [UInt8] = []
        var index = file
        while index != FileSystem.masterFile {
            let node = files.nodes[index]
            let identifier = node.kind == .adf ? FileSystem.currentApplication : node.identifier
            path.insert(contentsOf: [UInt8(truncatingIfNeeded: identifier >> 8), UInt8(truncatingIfNeeded: identifier)], at: 0)
            index = node.parent
        }
        return [0x3F, 0x00] + path
    }
}
