import Wire

extension EUICC {
    /// Executes the fallback mechanism for the card's own switching policy: what the applet calls when it leaves the primary profile.
    ///
    /// - Returns: the result, and the state to make durable and commit when it is `ok`. The applet sends its own REFRESH.
    public func executeFallback() -> (EUICCState.ExecuteFallbackResult, EUICCState) {
        var changed = state
        let result = changed.executeFallback(in: configuration.profiles)
        return (result, changed)
    }

    /// Goes back to the profile that was left, for the card's own switching policy.
    ///
    /// - Returns: the result, and the state to make durable and commit when it is `ok`. The applet sends its own REFRESH.
    public func returnFromFallback() -> (EUICCState.ReturnFromFallbackResult, EUICCState) {
        var changed = state
        let result = changed.returnFromFallback(in: configuration.profiles)
        return (result, changed)
    }

    /// ExecuteFallbackMechanism (GSMA SGP.32, BF5D).
    func executeFallbackMechanism(_ command: DERObject, catBusy: Bool) throws(CommandError) -> Outcome {
        let refresh = try command.children().one(0x80, in: command.tag).boolean()
        let (result, changed) = executeFallback()
        guard result == .ok else { return .code(result.rawValue, in: command.tag) }
        guard !catBusy || refresh else { return .code(EUICCState.ExecuteFallbackResult.catBusy.rawValue, in: command.tag) }
        return outcome(
            ByteWriter.written { $0.ber(command.tag) { $0.ber(0x80, [0]) } }, changed, cause: .fallback, refresh: refresh)
    }

    /// ReturnFromFallback (GSMA SGP.32, BF5E).
    func returnFromFallbackMechanism(_ command: DERObject, catBusy: Bool) throws(CommandError) -> Outcome {
        let refresh = try command.children().one(0x80, in: command.tag).boolean()
        let (result, changed) = returnFromFallback()
        guard result == .ok else { return .code(result.rawValue, in: command.tag) }
        guard !catBusy || refresh else { return .code(EUICCState.ReturnFromFallbackResult.catBusy.rawValue, in: command.tag) }
        return outcome(
            ByteWriter.written { $0.ber(command.tag) { $0.ber(0x80, [0]) } }, changed, cause: .returnFromFallback, refresh: refresh)
    }

    /// ProfileRollback (GSMA SGP.32, BF58): the IPA undoes an enable, because the eIM cannot be reached over the new profile. The eIM
    /// gets another result for the package that had asked for the enable.
    func profileRollback(_ command: DERObject, catBusy: Bool) throws(CommandError) -> Outcome {
        let refresh = try command.children().one(0x80, in: command.tag).boolean()
        func refused(_ result: EUICCState.RollbackResult) -> Outcome { .code(result.rawValue, in: command.tag, as: 0x02) }
        guard let granted = state.rollback, state.associations.indices.contains(granted.association) else {
            return refused(.rollbackNotAllowed)
        }
        guard !catBusy || refresh else { return refused(.catBusy) }
        var changed = state
        let result = changed.rollBack(in: configuration.profiles)
        guard result == .ok else { return refused(result) }
        let package = PackageHeader(
            association: state.associations[granted.association], counter: granted.counter, transaction: granted.transaction)
        guard let answer = signedResult(of: package, [0x8C, 0x01, 0x00], in: &changed) else { return refused(.undefinedError) }
        return outcome(
            ByteWriter.written {
                $0.ber(command.tag) {
                    $0.ber(0x02, [0])
                    $0.append(answer)
                }
            }, changed, cause: .rollback, refresh: refresh)
    }
}
