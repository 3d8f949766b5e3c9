extension Card {
    /// VERIFY PIN (TS 102 221, clause 11.1.9). Without data it tells the tries that are left and uses none.
    mutating func verifyPIN(_ command: CommandAPDU) -> StatusWord {
        guard command.p1 == 0 else { return .incorrectParameters }
        guard let index = security.index(of: command.p2), let pin = pin(index) else { return .referencedDataNotFound }
        if command.data.isEmpty { return .triesLeft(pin.tries) }
        guard command.data.count == PIN.valueSize else { return .wrongLength }
        guard pin.isEnabled else { return .dataInvalidated }
        return verify(index, command.bytes.span.extracting(command.data))
    }

    /// CHANGE PIN (TS 102 221, clause 11.1.10): the old value, then the new one.
    mutating func changePIN(_ command: CommandAPDU) -> StatusWord {
        guard command.p1 == 0 else { return .incorrectParameters }
        guard let index = security.index(of: command.p2), let pin = pin(index) else { return .referencedDataNotFound }
        guard command.data.count == 2 * PIN.valueSize else { return .wrongLength }
        guard pin.isEnabled else { return .dataInvalidated }
        let data = command.bytes.span.extracting(command.data)
        return verify(index, data.extracting(first: PIN.valueSize)) { store, place in
            store.stage(data.extracting(last: PIN.valueSize), at: place + PIN.value)
        }
    }

    /// DISABLE PIN (TS 102 221, clause 11.1.11), for an application's PIN or the universal PIN. P1 says whether the universal PIN
    /// replaces an application's (table 11.17).
    mutating func disablePIN(_ command: CommandAPDU) -> StatusWord {
        guard command.p1 == 0x80 | PIN.universal else { return toggle(command, to: false) }
        guard command.p2 != PIN.universal else { return .incorrectParameters }
        guard security.index(of: PIN.universal) != nil else { return .referencedDataNotFound }
        return toggle(command, to: false, isReplaced: true)
    }

    /// ENABLE PIN (TS 102 221, clause 11.1.12). What replaced the PIN no longer does.
    mutating func enablePIN(_ command: CommandAPDU) -> StatusWord { toggle(command, to: true) }

    private mutating func toggle(_ command: CommandAPDU, to isEnabled: Bool, isReplaced: Bool = false) -> StatusWord {
        guard command.p1 == 0 || isReplaced else { return .incorrectParameters }
        guard (0x01...0x08).contains(command.p2) || command.p2 == PIN.universal, let index = security.index(of: command.p2),
            let pin = pin(index)
        else { return .referencedDataNotFound }
        guard command.data.count == PIN.valueSize else { return .wrongLength }
        guard pin.isEnabled != isEnabled else { return isEnabled ? .conditionsNotSatisfied : .dataInvalidated }
        let status = verify(index, command.bytes.span.extracting(command.data)) { store, place in
            store.stage(UInt64(isEnabled ? PIN.enabledFlag : isReplaced ? PIN.replacedFlag : 0), size: 1, at: place + PIN.flags)
        }
        if status == .ok { security.setEnabled(isEnabled, isReplaced: isReplaced, at: index) }
        return status
    }

    /// UNBLOCK PIN (TS 102 221, clause 11.1.13): the unblock value, then a new PIN, which is then enabled and verified.
    mutating func unblockPIN(_ command: CommandAPDU) -> StatusWord {
        guard command.p1 == 0 else { return .incorrectParameters }
        guard let index = security.index(of: command.p2), let pin = pin(index), pin.mostUnblockTries > 0 else {
            return .referencedDataNotFound
        }
        if command.data.isEmpty { return .triesLeft(pin.unblockTries) }
        guard command.data.count == 2 * PIN.valueSize else { return .wrongLength }
        guard pin.unblockTries > 0 else { return .blocked }
        let place = profileLayout.pin(index)
        let data = command.bytes.span.extracting(command.data)
        store.stage(UInt64(pin.unblockTries - 1), size: 1, at: place + PIN.unblockTriesLeft)
        if let failure = commit() { return failure }
        guard equals(data.extracting(first: PIN.valueSize), place + PIN.unblockValue) else {
            return .triesLeft(pin.unblockTries - 1)
        }
        store.stage(UInt64(pin.mostUnblockTries), size: 1, at: place + PIN.unblockTriesLeft)
        store.stage(UInt64(pin.mostTries), size: 1, at: place + PIN.triesLeft)
        store.stage(1, size: 1, at: place + PIN.flags)
        store.stage(data.extracting(last: PIN.valueSize), at: place + PIN.value)
        if let failure = commit() { return failure }
        security.setEnabled(true, at: index)
        security.setVerified(true, at: index)
        return .ok
    }

    private func pin(_ index: Int) -> PIN? { PIN(store.bytes, at: profileLayout.pin(index)) }

    /// Counts the try durably, compares, and on success restores the counter, with whatever else `change` stages.
    ///
    /// The count goes down before the comparison, so that cutting the power on a wrong guess saves no try.
    private mutating func verify(
        _ index: Int, _ value: borrowing Span<UInt8>, change: (inout ImageStore<Memory>, Int) -> Void = { _, _ in }
    ) -> StatusWord {
        guard let pin = pin(index) else { return .referencedDataNotFound }
        guard pin.tries > 0 else { return .blocked }
        let place = profileLayout.pin(index)
        store.stage(UInt64(pin.tries - 1), size: 1, at: place + PIN.triesLeft)
        if let failure = commit() { return failure }
        guard equals(value, place + PIN.value) else {
            security.setVerified(false, at: index)
            return .triesLeft(pin.tries - 1)
        }
        store.stage(UInt64(pin.mostTries), size: 1, at: place + PIN.triesLeft)
        change(&store, place)
        if let failure = commit() { return failure }
        security.setVerified(true, at: index)
        return .ok
    }

    /// Compares eight bytes in a time that does not depend on them.
    private func equals(_ value: borrowing Span<UInt8>, _ offset: Int) -> Bool {
        var difference: UInt8 = 0
        for index in 0..<PIN.valueSize { difference |= value[index] ^ store.bytes[offset + index] }
        return difference == 0
    }
}
