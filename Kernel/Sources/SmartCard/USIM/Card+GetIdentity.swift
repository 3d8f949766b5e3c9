extension Card {
    /// Services of EF.UST (3GPP TS 31.102, clause 4.2.8): the concealed identifier, and that the USIM calculates it.
    private static var concealmentServices: [Int] { [124, 125] }

    /// GET IDENTITY (TS 31.102, clause 7.5): the concealed identifier of a profile whose EF.UST says that the USIM calculates it.
    mutating func getIdentity(_ command: CommandAPDU, on channel: Int) -> StatusWord {
        guard let application = files.application(of: channels[channel].directory) else { return .conditionsNotSatisfied }
        let table = content(of: [0x6F38], in: application)
        for service in Self.concealmentServices where table.byte(at: (service - 1) / 8) & 1 << UInt8((service - 1) % 8) == 0 {
            return .functionNotSupported
        }
        guard security.isSatisfied(0x01) else { return .securityStatusNotSatisfied }
        let contents = GetIdentity.Files(
            imsi: content(of: [0x6F07], in: application), administrativeData: content(of: [0x6FAD], in: application),
            routingIndicator: content(of: [0x5FC0, 0x4F0A], in: application),
            calculationInformation: content(of: [0x5FD0, 0x4F01], in: application))
        var curves = C.Curves()
        let identity = GetIdentity(p1: command.p1, p2: command.p2, data: Array(command.bytes[command.data]))
        switch identity.perform(on: contents, using: &curves, cipher: C.self) {
        case .refused(let status): return status
        case .answer(let answer):
            pending.begin(on: channel)
            pending.bytes.append(contentsOf: answer)
            return .available(pending.left)
        }
    }

    /// The bytes of a transparent file below an application; none where there is no such file.
    private func content(of path: [UInt16], in application: Int) -> [UInt8] {
        var file = application
        for identifier in path {
            guard let child = files.child(of: file, identifier) else { return [] }
            file = child
        }
        let node = files.nodes[file]
        return node.kind == .transparent && !node.isDeactivated ? Array(store.bytes[node.range]) : []
    }
}
