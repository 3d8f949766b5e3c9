import Cipher

extension Card {
    /// AUTHENTICATE in the 3G security context (TS 31.102, clause 7.1.1.1; TS 33.102, clause 6.3.3).
    ///
    /// The MAC is checked first, then the freshness of SQN; a wrong MAC moves nothing. An accepted SQN is durable before the answer
    /// leaves.
    mutating func authenticate(_ command: CommandAPDU, on channel: Int) -> StatusWord {
        guard command.p1 == 0 else { return .incorrectParameters }
        switch command.p2 {
        case 0x81: break
        // GSM and other contexts: EF.UST does not offer them.
        case 0x80, 0x82, 0x84, 0x85, 0x86, 0x87: return .securityContextNotSupported
        default: return .incorrectParameters
        }
        guard files.application(of: channels[channel].directory) != nil else { return .conditionsNotSatisfied }
        guard security.isSatisfied(0x01) else { return .securityStatusNotSatisfied }
        let data = command.data.lowerBound
        let bytes = command.bytes
        guard command.data.count == 34 else { return .wrongLength }
        guard bytes[data] == 16, bytes[data + 17] == 16 else { return .incorrectData }
        let challenge = milenage.challenge(Block(bytes, at: data + 1))
        let concealed = bytes.number(at: data + 18, size: 6)
        let management = UInt16(truncatingIfNeeded: bytes.number(at: data + 24, size: 2))
        let anonymity = milenage.anonymity(challenge)
        let number = concealed ^ anonymity.key
        let codes = milenage.codes(challenge, sequence: number, management: management)
        guard codes.authentication == bytes.number(at: data + 26, size: 8) else { return .authenticationFailed }
        let layout = profileLayout
        guard sequences.isFresh(number, in: store.bytes, layout: layout) else {
            operatorIsAlive()
            return resynchronise(challenge, on: channel)
        }
        store.stage(
            sequences.sequence(of: number), size: ProfileLayout.sequenceSize,
            at: SequenceNumbers.place(sequences.slot(of: number), in: layout))
        if let failure = commit() { return failure }
        sequences.accept(number)
        operatorIsAlive()
        let keys = milenage.keys(challenge)
        pending.begin(on: channel)
        pending.bytes.append(0xDB)
        pending.bytes.append(8)
        pending.bytes.append(anonymity.response, size: 8)
        pending.bytes.append(16)
        pending.bytes.append(keys.cipher.high, size: 8)
        pending.bytes.append(keys.cipher.low, size: 8)
        pending.bytes.append(16)
        pending.bytes.append(keys.integrity.high, size: 8)
        pending.bytes.append(keys.integrity.low, size: 8)
        return .available(pending.left)
    }

    /// AUTS: the highest SQN accepted, concealed, and MAC-S over it with AMF zero (TS 33.102, clause 6.3.3).
    private mutating func resynchronise(_ challenge: Milenage<C>.Challenge, on channel: Int) -> StatusWord {
        let number = sequences.highest
        let concealed = number ^ milenage.resynchronisationKey(challenge)
        let code = milenage.codes(challenge, sequence: number, management: 0).resynchronisation
        pending.begin(on: channel)
        pending.bytes.append(0xDC)
        pending.bytes.append(14)
        pending.bytes.append(concealed, size: 6)
        pending.bytes.append(code, size: 8)
        return .available(pending.left)
    }
}
