import Wire

// MARK: What a modem or its host remembers of a subscription, and should not
extension Terminal {
    /// The subscription to go on with, given the one that was read.
    mutating func remembering(_ read: USIM) -> USIM {
        keptIMSI = keptIMSI ?? read.imsi
        guard equipment.quirks.contains(.keepsSubscription) else { return read }
        let kept = keptSubscription ?? read
        keptSubscription = kept
        return kept
    }

    /// The modem was powered off or reset by its host, which starts anew itself.
    mutating func forgetSubscription() {
        keptSubscription = nil
        keptIMSI = nil
    }

    /// The access point that the host asks for. One chosen by another subscription is another operator's, which no network but
    /// that operator's knows.
    var hostAccessPoint: String {
        guard equipment.quirks.contains(.hostKeepsIMSI), let keptIMSI, let usim, keptIMSI != usim.imsi else {
            return equipment.accessPoint
        }
        return "former.\(equipment.accessPoint)"
    }
}
