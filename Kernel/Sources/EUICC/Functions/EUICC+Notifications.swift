import Wire

extension EUICC {
    private func metadata(_ notification: PendingNotification) -> [UInt8] {
        let profile = configuration.profiles[notification.profile]
        return ByteWriter.written {
            $0.ber(0xBF2F) {
                $0.derInteger(0x80, notification.sequenceNumber)
                $0.derBits(0x81, notification.event.rawValue)
                $0.ber(0x0C, profile.notificationAddress)
                $0.ber(0x5A, profile.iccid.coded)
            }
        }
    }

    /// ListNotification (GSMA SGP.22, 5.7.9).
    func listNotifications(_ command: DERObject) throws(CommandError) -> Outcome {
        let events = try command.children().first(0x81)?.bits() ?? 0xFF
        return Outcome(
            ByteWriter.written {
                $0.ber(0xBF28) {
                    $0.ber(0xA0) {
                        for notification in state.notifications where notification.event.rawValue & events != 0 {
                            $0.append(metadata(notification))
                        }
                    }
                }
            })
    }

    /// RetrieveNotificationsList (GSMA SGP.22, 5.7.10; GSMA SGP.32, 5.9): notifications with a signature, or the results of packages.
    func retrieveNotifications(_ command: DERObject) throws(CommandError) -> Outcome {
        var events: UInt8 = 0xFF
        var sequenceNumber: Int64?
        if let criteria = try command.children().first(0xA0) {
            let choices = try criteria.children()
            guard let choice = choices.first, choices.count == 1 else { throw criteria.refusal() }
            switch choice.tag {
            case 0x80: sequenceNumber = try choice.integer()
            case 0x81: events = try choice.bits()
            case 0x82: return Outcome(resultList { _ in true })
            default: throw criteria.refusal()
            }
        }
        if let sequenceNumber {
            for result in state.results where Int64(result.sequenceNumber) == sequenceNumber {
                return Outcome(resultList { $0.sequenceNumber == result.sequenceNumber })
            }
        }
        var list: [UInt8] = []
        for notification in state.notifications where notification.event.rawValue & events != 0 {
            if let sequenceNumber, Int64(notification.sequenceNumber) != sequenceNumber { continue }
            guard let signed = signed(notification) else { return .code(127, in: command.tag, as: 0x81) }
            list += signed
        }
        return Outcome(ByteWriter.written { $0.ber(command.tag) { $0.ber(0xA0, list) } })
    }

    private func resultList(_ isWanted: (PackageResult) -> Bool) -> [UInt8] {
        ByteWriter.written {
            $0.ber(0xBF2B) { $0.ber(0xA2) { for result in state.results where isWanted(result) { $0.append(result.bytes) } } }
        }
    }

    /// OtherSignedNotification; nil when the card has no key or no certificate.
    private func signed(_ notification: PendingNotification) -> [UInt8]? {
        let metadata = metadata(notification)
        guard !configuration.certificate.isEmpty, !configuration.makerCertificate.isEmpty, let signature = sign(metadata) else {
            return nil
        }
        return ByteWriter.written {
            $0.ber(0x30) {
                $0.append(metadata)
                $0.ber(0x5F37, signature)
                $0.append(configuration.certificate)
                $0.append(configuration.makerCertificate)
            }
        }
    }

    func sign(_ message: [UInt8]) -> [UInt8]? {
        guard let signature = maker.sign(message), signature.count == signatureSize else { return nil }
        return signature
    }

    /// RemoveNotificationFromList (GSMA SGP.22, 5.7.11): a notification, or the result of a package, has been delivered.
    func removeNotification(_ command: DERObject) throws(CommandError) -> Outcome {
        let number = try command.children().one(0x80, in: command.tag).integer()
        var changed = state
        changed.notifications.removeAll { Int64($0.sequenceNumber) == number }
        changed.results.removeAll { Int64($0.sequenceNumber) == number }
        guard changed != state else { return .code(1, in: command.tag) }
        // The eIM has been reached over the new profile, so that there is nothing to undo.
        if changed.results.count < state.results.count { changed.rollback = nil }
        return .code(0, in: command.tag, state: changed)
    }
}
