import EUICC

extension Card {
    /// Whether a SELECT by name means the ISD-R: its whole AID, or the beginning of it. A later or an earlier one than the selected one
    /// there is not.
    func namesDomain(_ command: CommandAPDU, on channel: Int) -> Bool {
        guard applet.domain != nil, command.p1 == 0x04, FileNode.applicationIdentifierSizes.contains(command.data.count),
            ISDR.aid.starts(with: command.bytes[command.data])
        else { return false }
        return command.p2 & 0x03 < 0x02 || !channels[channel].isDomainSelected
    }

    /// SELECT of the ISD-R (GSMA SGP.22, 5.7.1): its answer is file control information, not a template of TS 102 221.
    mutating func selectDomain(_ command: CommandAPDU, on channel: Int) -> StatusWord {
        guard let domain = applet.domain, command.p2 & 0xF0 == 0, command.p2 & 0x0C != 0x08 else { return .incorrectParameters }
        channels[channel].select(directory: FileSystem.masterFile, application: nil)
        channels[channel].isDomainSelected = true
        guard command.p2 & 0x0C != 0x0C else { return .ok }
        pending.begin(on: channel)
        pending.bytes.append(contentsOf: domain.euicc.fileControlInformation)
        return .available(pending.left)
    }

    /// STORE DATA (GSMA SGP.22, 5.7.2): a function of the ISD-R, in blocks. The answer comes on the last one.
    mutating func storeData(_ command: CommandAPDU, on channel: Int) -> StatusWord {
        guard channels[channel].isDomainSelected else { return .conditionsNotSatisfied }
        let whole: [UInt8]?
        do throws(StoreData.Problem) {
            whole = try channels[channel].blocks.accept(p1: command.p1, p2: command.p2, data: command.bytes[command.data])
        } catch {
            return StatusWord(rawValue: error.statusWord)
        }
        guard let whole else { return .ok }
        switch applet.manage(whole, &session, &store) {
        case .none: return .memoryProblem
        case .refused(let refusal): return StatusWord(rawValue: refusal.statusWord)
        case .data(let answer):
            pending.begin(on: channel)
            pending.bytes.append(contentsOf: answer)
            return .available(pending.left)
        }
    }
}
