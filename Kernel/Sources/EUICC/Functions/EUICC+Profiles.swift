import Wire

extension EUICC {
    /// GetProfilesInfo (GSMA SGP.22, 5.7.15; GSMA SGP.32, 5.9).
    func profilesInfo(_ command: DERObject) throws(CommandError) -> Outcome {
        Outcome(try EUICC.profilesInfo(command, state: state, profiles: configuration.profiles))
    }

    /// The tags that are given when the request has no list of them.
    private static var usualTags: [UInt32] {
        [0x5A, 0x4F, 0x9F70, 0x90, 0x91, 0x92, 0x95, 0x9F26, 0x9F67]
    }

    static func profilesInfo(_ command: DERObject, state: EUICCState, profiles: [ProfileMetadata]) throws(CommandError) -> [UInt8] {
        let parts = try command.children()
        var wanted = usualTags
        if let list = parts.first(0x5C) {
            guard let tags = tags(in: list.value) else { return listError }
            wanted = tags
        }
        var indices: [Int] = Array(profiles.indices)
        if let criteria = parts.first(0xA0) {
            let choices = try criteria.children()
            guard let choice = choices.first, choices.count == 1 else { return listError }
            switch choice.tag {
            case 0x4F, 0x5A: indices = find(choice, in: profiles).map { [$0] } ?? []
            case 0x95:
                guard let wanted = choice.value.first, choice.value.count == 1, wanted <= 2 else { return listError }
                indices = indices.filter { profiles[$0].profileClass.rawValue == wanted }
            default: return listError
            }
        }
        return ByteWriter.written {
            $0.ber(0xBF2D) {
                $0.ber(0xA0) { for index in indices { write(index, tags: wanted, state: state, profiles: profiles, to: &$0) } }
            }
        }
    }

    /// profileInfoListError with incorrectInputValues.
    private static var listError: [UInt8] { [0xBF, 0x2D, 0x03, 0x81, 0x01, 0x01] }

    /// The tags that follow each other in a list; nil when the last one is cut off.
    private static func tags(in list: ArraySlice<UInt8>) -> [UInt32]? {
        var tags: [UInt32] = []
        var left = list
        while let first = left.popFirst() {
            var tag = UInt32(first)
            if first & 0x1F == 0x1F {
                var more = true
                while more {
                    guard tag <= 0xFFFF, let next = left.popFirst() else { return nil }
                    tag = tag << 8 | UInt32(next)
                    more = next & 0x80 != 0
                }
            }
            tags.append(tag)
        }
        return tags
    }

    private static func write(
        _ index: Int, tags: [UInt32], state: EUICCState, profiles: [ProfileMetadata], to writer: inout ByteWriter
    ) {
        let profile = profiles[index]
        writer.ber(0xE3) {
            if tags.contains(0x5A) { $0.ber(0x5A, profile.iccid.coded) }
            if tags.contains(0x4F) { $0.ber(0x4F, profile.isdpAID) }
            if tags.contains(0x9F70) { $0.ber(0x9F70, [state.enabled == index ? 1 : 0]) }
            if tags.contains(0x90), !state.nicknames[index].isEmpty { $0.ber(0x90, state.nicknames[index]) }
            if tags.contains(0x91) { $0.ber(0x91, profile.serviceProviderName) }
            if tags.contains(0x92) { $0.ber(0x92, profile.name) }
            if tags.contains(0x95) { $0.ber(0x95, [profile.profileClass.rawValue]) }
            if tags.contains(0xB6), !profile.notificationAddress.isEmpty {
                $0.ber(0xB6) {
                    $0.ber(0x30) {
                        $0.derBits(0x80, PendingNotification.Event.enable.rawValue | PendingNotification.Event.disable.rawValue)
                        $0.ber(0x81, profile.notificationAddress)
                    }
                }
            }
            if tags.contains(0xB7), let owner = profile.owner { $0.ber(0xB7) { $0.ber(0x80, owner.bytes) } }
            // DER leaves out a BOOLEAN that has its default, FALSE.
            if tags.contains(0x9F26), state.fallbackAttribute == index { $0.ber(0x9F26, [0xFF]) }
            if tags.contains(0x9F67) { $0.ber(0x9F67, [profile.fallbackAllowed ? 0xFF : 0x00]) }
        }
    }

    /// The profile with this ICCID (5A) or ISD-P AID (4F).
    static func find(_ identifier: DERObject, in profiles: [ProfileMetadata]) -> Int? {
        for (index, profile) in profiles.enumerated() {
            switch identifier.tag {
            case 0x5A where identifier.value.elementsEqual(profile.iccid.coded): return index
            case 0x4F where identifier.value.elementsEqual(profile.isdpAID): return index
            default: break
            }
        }
        return nil
    }

    /// The profile that a command names; nil when there is none such.
    private func profile(in parts: [DERObject], of tag: UInt32) throws(CommandError) -> Int? {
        guard let identifier = parts.first(0x5A) ?? parts.first(0x4F) else { throw .missing(tag: 0x5A, in: tag) }
        return EUICC.find(identifier, in: configuration.profiles)
    }

    /// EnableProfile (GSMA SGP.22, 5.7.16).
    func enableProfile(_ command: DERObject, catBusy: Bool) throws(CommandError) -> Outcome {
        let parts = try command.children()
        let profile = try profile(in: try parts.one(0xA0, in: command.tag).children(), of: command.tag)
        let refresh = try parts.one(0x81, in: command.tag).boolean()
        guard let profile else { return .code(EUICCState.EnableResult.notFound.rawValue, in: command.tag) }
        var changed = state
        let result = changed.enable(profile, in: configuration.profiles)
        guard result == .ok else { return .code(result.rawValue, in: command.tag) }
        guard !catBusy || refresh else { return .code(EUICCState.EnableResult.catBusy.rawValue, in: command.tag) }
        return outcome(ByteWriter.written { $0.ber(command.tag) { $0.ber(0x80, [0]) } }, changed, cause: .enable, refresh: refresh)
    }

    /// DisableProfile (GSMA SGP.22, 5.7.17).
    func disableProfile(_ command: DERObject) throws(CommandError) -> Outcome {
        let parts = try command.children()
        let profile = try profile(in: try parts.one(0xA0, in: command.tag).children(), of: command.tag)
        _ = try parts.one(0x81, in: command.tag).boolean()
        return .code((profile.map { state.disable($0) } ?? .notFound).rawValue, in: command.tag)
    }

    /// DeleteProfile (GSMA SGP.22, 5.7.18).
    func deleteProfile(_ command: DERObject) throws(CommandError) -> Outcome {
        let profile = try profile(in: try command.children(), of: command.tag)
        let result = profile.map { state.delete($0) } ?? .notFound
        // This function's result does not know returnFallbackProfile; an eIM's delete does.
        return .code((result == .returnFallbackProfile ? .disallowedByPolicy : result).rawValue, in: command.tag)
    }

    /// SetNickname (GSMA SGP.22, 5.7.21).
    func setNickname(_ command: DERObject) throws(CommandError) -> Outcome {
        let parts = try command.children()
        let identifier = try parts.one(0x5A, in: command.tag)
        let nickname = try parts.one(0x90, in: command.tag)
        guard let profile = EUICC.find(identifier, in: configuration.profiles) else { return .code(1, in: command.tag) }
        guard nickname.value.count <= EUICCState.longestNickname, UTF8Text.isValid(nickname.value) else {
            return .code(127, in: command.tag)
        }
        var changed = state
        changed.nicknames[profile] = Array(nickname.value)
        return .code(0, in: command.tag, state: changed == state ? nil : changed)
    }
}
