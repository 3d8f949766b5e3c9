import Wire

extension EUICCState {
    /// The first byte of the encoding.
    private static let version: UInt8 = 1
    private static let associationSize =
        2 * (2 + EIMAssociation.longestName) + 1 + 4 + 5 + 1 + PublicKey.pointSize + (3 + EIMAssociation.longestTransportKey)
        + (2 + EIMAssociation.longestProtocols) + (2 + EIMAssociation.longestIssuer) + 1
    /// The bytes of ``encoded``.
    public static let encodedSize =
        16 + 8 + 18 + mostProfiles * (1 + longestNickname) + (1 + longestAddress) + 1 + mostNotifications * 6 + 1
        + mostResults * (6 + PackageResult.longest) + 1 + mostAssociations * associationSize

    /// The state in ``encodedSize`` bytes. The same state always gives the same bytes, and unused places are zero, so that a card that
    /// writes only what differs writes little.
    public var encoded: [UInt8] {
        var writer = ByteWriter(capacity: EUICCState.encodedSize)
        writer.byte(EUICCState.version)
        writer.byte(UInt8(profileCount))
        writer.byte(UInt8(enabled))
        writer.index(fallbackAttribute)
        writer.index(leftBehind)
        writer.index(rollback?.profile)
        writer.index(rollback?.leftBehind)
        writer.index(rollback?.association)
        writer.uint32(rollback?.counter ?? 0)
        writer.uint32(0)
        writer.optional(rollback?.transaction, most: 16)
        writer.uint32(nextSequenceNumber)
        writer.uint32(nextToken)
        for index in 0..<EUICCState.mostProfiles {
            writer.text(index < nicknames.count ? nicknames[index] : [], most: EUICCState.longestNickname)
        }
        writer.text(defaultAddress, most: EUICCState.longestAddress)
        writer.byte(UInt8(notifications.count))
        for index in 0..<EUICCState.mostNotifications {
            guard index < notifications.count else {
                writer.zeros(6)
                continue
            }
            writer.uint32(notifications[index].sequenceNumber)
            writer.byte(notifications[index].event.rawValue)
            writer.byte(UInt8(notifications[index].profile))
        }
        writer.byte(UInt8(associations.count))
        for index in 0..<EUICCState.mostAssociations {
            if index < associations.count {
                writer.association(associations[index])
            } else {
                writer.zeros(EUICCState.associationSize)
            }
        }
        writer.byte(UInt8(results.count))
        for index in 0..<EUICCState.mostResults {
            guard index < results.count else {
                writer.zeros(6 + PackageResult.longest)
                continue
            }
            writer.uint32(results[index].sequenceNumber)
            writer.uint16(UInt16(results[index].bytes.count))
            writer.padded(results[index].bytes, to: PackageResult.longest)
        }
        return writer.bytes
    }

    /// Reads a state back; nil for anything that ``encoded`` does not give.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == EUICCState.encodedSize else { return nil }
        var reader = ByteReader(bytes)
        do throws(Truncation) {
            guard try reader.byte() == EUICCState.version else { return nil }
            let count = Int(try reader.byte())
            guard (1...EUICCState.mostProfiles).contains(count) else { return nil }
            self.init(profileCount: count)
            enabled = Int(try reader.byte())
            fallbackAttribute = try reader.index()
            leftBehind = try reader.index()
            let rollbackProfile = try reader.index()
            let rollbackLeftBehind = try reader.index()
            let rollbackAssociation = try reader.index()
            let rollbackCounter = try reader.uint32()
            try reader.skip(4)
            let transaction = try reader.optional(most: 16)
            if let profile = rollbackProfile, let association = rollbackAssociation {
                rollback = Rollback(
                    profile: profile, leftBehind: rollbackLeftBehind, association: association, counter: rollbackCounter,
                    transaction: transaction)
            }
            nextSequenceNumber = try reader.uint32()
            nextToken = try reader.uint32()
            for index in 0..<EUICCState.mostProfiles {
                let nickname = try reader.text(most: EUICCState.longestNickname)
                if index < count { nicknames[index] = nickname }
            }
            defaultAddress = try reader.text(most: EUICCState.longestAddress)
            let notificationCount = Int(try reader.byte())
            for index in 0..<EUICCState.mostNotifications {
                let number = try reader.uint32()
                let event = try reader.byte()
                let profile = Int(try reader.byte())
                guard index < notificationCount else { continue }
                guard let event = PendingNotification.Event(rawValue: event) else { return nil }
                notifications.append(PendingNotification(sequenceNumber: number, event: event, profile: profile))
            }
            let associationCount = Int(try reader.byte())
            for index in 0..<EUICCState.mostAssociations {
                var part = try reader.reader(EUICCState.associationSize)
                guard index < associationCount else { continue }
                guard let association = try part.association() else { return nil }
                associations.append(association)
            }
            let resultCount = Int(try reader.byte())
            for index in 0..<EUICCState.mostResults {
                let number = try reader.uint32()
                let length = Int(try reader.uint16())
                let value = try reader.slice(PackageResult.longest)
                guard index < resultCount else { continue }
                results.append(PackageResult(sequenceNumber: number, bytes: Array(value.prefix(length))))
            }
        } catch {
            return nil
        }
        // What is out of range, contradicts itself, or stands in an unused place is not what was written.
        guard isSound, encoded == bytes else { return nil }
    }

    /// Whether the parts agree with each other.
    var isSound: Bool {
        func exists(_ index: Int?) -> Bool { index.map { $0 >= 0 && $0 < profileCount } ?? true }
        guard exists(enabled), exists(fallbackAttribute), exists(leftBehind) else { return false }
        if let leftBehind, leftBehind == enabled || fallbackAttribute != enabled { return false }
        if let rollback {
            guard exists(rollback.profile), exists(rollback.leftBehind), associations.indices.contains(rollback.association) else {
                return false
            }
        }
        for notification in notifications where !exists(notification.profile) { return false }
        for (index, association) in associations.enumerated() {
            guard !association.identifier.isEmpty else { return false }
            for other in associations[..<index] where other.identifier == association.identifier { return false }
        }
        return true
    }
}

extension ByteWriter {
    fileprivate mutating func zeros(_ count: Int) {
        for _ in 0..<max(0, count) { byte(0) }
    }

    fileprivate mutating func padded(_ bytes: [UInt8], to size: Int) {
        append(bytes.prefix(size))
        zeros(size - bytes.count)
    }

    fileprivate mutating func index(_ value: Int?) { byte(value.map { UInt8(truncatingIfNeeded: $0) } ?? 0xFF) }

    fileprivate mutating func text(_ bytes: [UInt8], most: Int) {
        byte(UInt8(min(bytes.count, most)))
        padded(bytes, to: most)
    }

    /// One byte for whether it is there, one or two for its length, then as much room as the longest needs.
    fileprivate mutating func optional(_ bytes: [UInt8]?, most: Int) {
        byte(bytes == nil ? 0 : 1)
        uint(UInt64(min(bytes?.count ?? 0, most)), size: most > 0xFF ? 2 : 1)
        padded(bytes ?? [], to: most)
    }

    fileprivate mutating func association(_ association: EIMAssociation) {
        optional(association.identifier, most: EIMAssociation.longestName)
        optional(association.address, most: EIMAssociation.longestName)
        byte(association.identifierType ?? 0)
        uint32(association.counter)
        byte(association.token == nil ? 0 : 1)
        uint32(association.token ?? 0)
        byte(association.key.curve.rawValue)
        padded(association.key.point, to: PublicKey.pointSize)
        optional(association.transportKey, most: EIMAssociation.longestTransportKey)
        optional(association.protocols, most: EIMAssociation.longestProtocols)
        optional(association.issuer, most: EIMAssociation.longestIssuer)
        byte(association.indirectDownload ? 1 : 0)
    }
}

extension ByteReader {
    fileprivate mutating func index() throws(Truncation) -> Int? {
        let value = try byte()
        return value == 0xFF ? nil : Int(value)
    }

    fileprivate mutating func text(most: Int) throws(Truncation) -> [UInt8] {
        let length = Int(try byte())
        return Array(try slice(most).prefix(length))
    }

    fileprivate mutating func optional(most: Int) throws(Truncation) -> [UInt8]? {
        let present = try byte()
        let length = Int(truncatingIfNeeded: try uint(most > 0xFF ? 2 : 1))
        let value = try slice(most)
        return present == 0 ? nil : Array(value.prefix(length))
    }

    fileprivate mutating func association() throws(Truncation) -> EIMAssociation? {
        let identifier = try optional(most: EIMAssociation.longestName)
        let address = try optional(most: EIMAssociation.longestName)
        let type = try byte()
        let counter = try uint32()
        let hasToken = try byte()
        let token = try uint32()
        let curve = try byte()
        let point = try slice(PublicKey.pointSize)
        let transportKey = try optional(most: EIMAssociation.longestTransportKey)
        let protocols = try optional(most: EIMAssociation.longestProtocols)
        let issuer = try optional(most: EIMAssociation.longestIssuer)
        let indirect = try byte()
        guard let identifier, let curve = PublicKey.Curve(rawValue: curve), let key = PublicKey(curve: curve, point: Array(point))
        else { return nil }
        return EIMAssociation(
            identifier: identifier, address: address, identifierType: type == 0 ? nil : type, counter: counter,
            token: hasToken == 0 ? nil : token, key: key, transportKey: transportKey, protocols: protocols, issuer: issuer,
            indirectDownload: indirect != 0)
    }
}
