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
        return switch authenticator {
        case .milenage(let functions): authenticate(command, with: functions, on: channel)
        case .tuak(let functions): authenticate(command, with: functions, on: channel)
        case .xor(let functions): authenticate(command, with: functions, on: channel)
        }
    }

    private mutating func authenticate<Functions: AuthenticationFunctions>(
        _ command: CommandAPDU, with functions: Functions, on channel: Int
    ) -> StatusWord {
        let data = command.data.lowerBound
        let bytes = command.bytes
        let size = functions.codeSize
        // RAND and AUTN, each with its length before it.
        guard command.data.count == 26 + size else { return .wrongLength }
        guard bytes[data] == 16, Int(bytes[data + 17]) == 8 + size,
            let code = AuthenticationParameter(bytes, at: data + 26, size: size)
        else { return .incorrectData }
        let opening = functions.open(Block(bytes, at: data + 1))
        let number = bytes.number(at: data + 18, size: 6) ^ functions.anonymityKey(opening)
        let management = UInt16(truncatingIfNeeded: bytes.number(at: data + 24, size: 2))
        guard functions.code(opening, sequence: number, management: management) == code else { return .authenticationFailed }
        let layout = profileLayout
        guard sequences.isFresh(number, in: store.bytes, layout: layout) else {
            operatorIsAlive()
            return resynchronise(opening, with: functions, on: channel)
        }
        store.stage(
            sequences.sequence(of: number), size: ProfileLayout.sequenceSize,
            at: SequenceNumbers.place(sequences.slot(of: number), in: layout))
        if let failure = commit() { return failure }
        sequences.accept(number)
        operatorIsAlive()
        let answer = functions.answer(opening)
        pending.begin(on: channel)
        pending.bytes.append(0xDB)
        append(answer.response)
        append(answer.cipherKey)
        append(answer.integrityKey)
        return .available(pending.left)
    }

    private mutating func append(_ parameter: AuthenticationParameter) {
        pending.bytes.append(UInt8(truncatingIfNeeded: parameter.size))
        pending.bytes.append(parameter)
    }

    /// AUTS: the highest SQN accepted, concealed, and MAC-S over it with AMF zero (TS 33.102, clause 6.3.3).
    private mutating func resynchronise<Functions: AuthenticationFunctions>(
        _ opening: Functions.Opening, with functions: Functions, on channel: Int
    ) -> StatusWord {
        let number = sequences.highest
        let code = functions.resynchronisationCode(opening, sequence: number, management: 0)
        pending.begin(on: channel)
        pending.bytes.append(0xDC)
        pending.bytes.append(UInt8(truncatingIfNeeded: 6 + code.size))
        pending.bytes.append(number ^ functions.resynchronisationKey(opening), size: 6)
        pending.bytes.append(code)
        return .available(pending.left)
    }
}
