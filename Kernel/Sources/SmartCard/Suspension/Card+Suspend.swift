import Cipher
import Resilience

// SUSPEND UICC (TS 102 221, clause 11.1.22): the terminal takes the power away and the session goes on when it is back. Nothing of it
// depends on RAM: the status is durable before the token is told.
extension Card {
    /// SUSPEND (P1 00) and RESUME (P1 01).
    mutating func suspendOrResume(_ command: CommandAPDU) -> StatusWord {
        guard let place = suspensionPlace, offersSuspension else { return .instructionNotSupported }
        guard command.p2 == 0 else { return .incorrectParameters }
        switch command.p1 {
        case 0x00: return suspend(command, place)
        case 0x01: return resume(command, place)
        default: return .incorrectParameters
        }
    }

    /// Before any other command what was kept is given up: the terminal began anew (clause 11.1.22.3.2). TERMINAL CAPABILITY comes
    /// before RESUME where it came before SUSPEND, and GET RESPONSE fetches the token.
    ///
    /// - Parameter instruction: nil for a command of a SIM.
    mutating func endSuspension(before instruction: Instruction?) -> StatusWord? {
        guard suspension != .none else { return nil }
        switch instruction {
        case .getResponse, .terminalCapability, .suspend: return nil
        default: break
        }
        if let place = suspensionPlace {
            store.stage(0, size: 1, at: place)
            if let failure = commit() { return failure }
        }
        suspension = .none
        return nil
    }

    /// Whether the image holds a status to resume, of the profile that is visible.
    var isSuspended: Bool { suspensionPlace.map { store.bytes.byte(at: $0) == 1 } ?? false }

    private var suspensionPlace: Int? {
        let layout = profileLayout
        guard let index = layout.cardFile(CardDirectory.suspension, .internal, in: store.bytes), index < files.nodes.count,
            files.nodes[index].size == Suspension.size
        else { return nil }
        return files.nodes[index].offset
    }

    /// Whether EF.UMPC says that the card can be suspended.
    private var offersSuspension: Bool {
        guard let file = files.child(of: FileSystem.masterFile, 0x2F08), files.nodes[file].kind == .transparent,
            files.nodes[file].size > 2
        else { return false }
        return store.bytes.byte(at: files.nodes[file].offset + 2) & Suspension.isOffered != 0
    }

    /// The shortest and the longest suspension that the terminal has in mind; the answer is the longest one that suits the card, and
    /// the token. A card that has something to say, to send or to show first refuses.
    private mutating func suspend(_ command: CommandAPDU, _ place: Int) -> StatusWord {
        guard command.data.count == 4 else { return .wrongLength }
        let data = command.data.lowerBound
        guard let shortest = SuspensionDuration(unit: command.bytes[data], value: command.bytes[data + 1]),
            let longest = SuspensionDuration(unit: command.bytes[data + 2], value: command.bytes[data + 3]),
            shortest.seconds <= longest.seconds
        else { return .incorrectData }
        guard session.open == nil, session.waiting() == nil, applet.exchange == nil, applet.enabled == slot,
            remoteChannel.state == .closed
        else {
            return .conditionsNotSatisfied
        }
        let count = store.bytes.number(at: place + Suspension.count, size: 8) &+ 1
        let token = token(count)
        var status: [UInt8] = [1]
        status.append(count, size: 8)
        status.append(token, size: Suspension.tokenSize)
        status.append(security.verified)
        let profile = session.profile?.bytes ?? []
        status.append(UInt8(truncatingIfNeeded: profile.count))
        status.append(contentsOf: profile)
        status.append(contentsOf: [UInt8](repeating: 0, count: TerminalProfile.longest - profile.count))
        for channel in channels {
            status.append(channel.isOpen ? 1 : 0)
            status.append(UInt64(channel.directory + 1), size: 2)
            status.append(UInt64(channel.file.map { $0 + 1 } ?? 0), size: 2)
            status.append(UInt64(channel.application.map { $0 + 1 } ?? 0), size: 2)
            status.append(UInt8(truncatingIfNeeded: channel.record))
        }
        store.stage(status.span, at: place)
        if let failure = commit() { return failure }
        suspension = .suspended
        let duration = duration(from: shortest, to: longest)
        pending.begin(on: 0)
        pending.bytes.append(contentsOf: [duration.unit, duration.value])
        pending.bytes.append(token, size: Suspension.tokenSize)
        return .available(pending.left)
    }

    /// The card wants to be back when its policy wants to be called next.
    private func duration(from shortest: SuspensionDuration, to longest: SuspensionDuration) -> SuspensionDuration {
        guard session.profile != nil, applet.wake != .never else { return longest }
        let wake = applet.wake.milliseconds
        let now = applet.now.milliseconds
        let seconds = UInt32(clamping: (wake > now ? wake - now : 0) / 1_000)
        if seconds >= longest.seconds { return longest }
        let wanted = SuspensionDuration(atMost: seconds)
        return wanted.seconds < shortest.seconds ? shortest : wanted
    }

    /// The token of a suspension. The card has no randomness: it is AES-CMAC over a count that is never used twice, with a key that
    /// only encryption under K gives.
    private func token(_ count: UInt64) -> UInt64 {
        let key: Block =
            switch AuthenticationAlgorithm(encodedIn: store.bytes, at: profileLayout.algorithm) {
            case .milenage(let key, _)?: key
            case .tuak(let tuak)?:
                switch tuak.key {
                case .bits128(let key): key
                case .bits256(let key): key.high ^ key.low
                }
            case .xor(let test)?: test.key
            case nil: .zero
            }
        // "HF SUSPEND UICC", which is no input that MILENAGE could be brought to encrypt without knowledge of K.
        let label = Block(high: 0x4846_2053_5553_5045, low: 0x4E44_2055_4943_4300)
        var message: [UInt8] = []
        message.append(count, size: 8)
        message.append(number, size: 8)
        return CMAC<C>(key: C(key: key).encrypt(label)).tag(message).high
    }

    /// The status comes back as it was, but for answers that had not been fetched. The toolkit's session begins anew with the terminal
    /// profile that was kept.
    private mutating func resume(_ command: CommandAPDU, _ place: Int) -> StatusWord {
        guard command.data.count == Suspension.tokenSize else { return .wrongLength }
        guard suspension == .resumable else { return .conditionsNotSatisfied }
        var difference: UInt8 = 0
        for index in 0..<Suspension.tokenSize {
            difference |= command.bytes[command.data.lowerBound + index] ^ store.bytes.byte(at: place + Suspension.token + index)
        }
        guard difference == 0 else { return .securityStatusNotSatisfied }
        store.stage(0, size: 1, at: place)
        if let failure = commit() { return failure }
        suspension = .none
        security.restore(verified: store.bytes.byte(at: place + Suspension.verified))
        for index in channels.indices { restore(index, place + Suspension.channels + index * Suspension.channelSize) }
        let size = min(Int(store.bytes.byte(at: place + Suspension.profile)), TerminalProfile.longest)
        if size > 0 {
            let first = place + Suspension.profile + 1
            session.begin(TerminalProfile(store.bytes[first..<first + size]))
            applet.begin(&session, &store, visible: slot)
        }
        return .ok
    }

    private mutating func restore(_ index: Int, _ place: Int) {
        func file(at offset: Int) -> Int? {
            let number = Int(store.bytes.number(at: place + offset, size: 2))
            return number > 0 && number <= files.nodes.count ? number - 1 : nil
        }
        var channel = LogicalChannel()
        channel.isOpen = store.bytes.byte(at: place) == 1 || index == 0
        if let directory = file(at: 1), files.nodes[directory].kind.isDirectory { channel.directory = directory }
        channel.file = file(at: 3)
        channel.application = file(at: 5)
        channel.record = Int(store.bytes.byte(at: place + 7))
        channels[index] = channel
    }
}
