import Crypto
import Evidence
import Foundation
import Storage
import Wire

extension LedgerDraft {
    /// A change of the record.
    ///
    /// A value that is too large for an entry stands in it by its digest: SHA-256 over the JSON that the store keeps.
    init(_ kind: String, _ authorship: Authorship, subject: String, _ values: [String: any Encodable]) throws {
        var body: [String: CanonicalValue] = [:]
        for (key, value) in values { body[key] = try CanonicalValue(encoding: value) }
        if try CanonicalValue.object(body).encoded().count > LedgerLimits.body {
            for (key, value) in values {
                let text = try StoredJSON.text(value)
                body[key] = ["sha256": .string(Hex.text(Array(SHA256.hash(data: Data(text.utf8)))))]
            }
        }
        self.init(
            kind: kind, author: Self.cut(authorship.author, to: LedgerLimits.author),
            subject: Self.cut(subject, to: LedgerLimits.subject),
            reason: Self.cut(authorship.reason, to: LedgerLimits.reason), body: body)
    }

    /// Something that happened to devices or networks, as it is told to people too.
    init?(_ event: Event, device: String?, operator carrier: OperatorRef?) {
        guard event.kind.isEvidence else { return nil }
        var body: [String: CanonicalValue] = ["text": .string(event.text)]
        if let detail = event.detail, !detail.isEmpty { body["detail"] = .string(detail) }
        if let carrier { body["operator"] = .string(carrier.plmn) }
        if let outage = event.outage { body["outage"] = .integer(outage) }
        let subject = device ?? carrier?.name ?? "estate"
        self.init(
            kind: event.kind.rawValue, author: Authorship.estate.author, subject: Self.cut(subject, to: LedgerLimits.subject),
            body: body)
    }

    /// The text, cut at a character so that it has at most so many bytes.
    static func cut(_ text: String, to bytes: Int) -> String {
        guard text.utf8.count > bytes else { return text }
        var cut = ""
        var count = 0
        for character in text {
            let size = character.utf8.count
            guard count + size <= bytes - 3 else { break }
            cut.append(character)
            count += size
        }
        return cut + "…"
    }
}

extension CanonicalValue {
    /// Any value that encodes without fractions.
    init(encoding value: any Encodable) throws {
        self = try JSONDecoder().decode(CanonicalValue.self, from: Data(try StoredJSON.text(value).utf8))
    }
}

extension EventKind {
    /// Whether the ledger keeps it.
    var isEvidence: Bool {
        switch self {
        case .firstHeard, .moved, .silent, .heardAgain, .outageBegan, .outageWidened, .outageRecovering, .outageRelapsed,
            .outageEnded,
            .resumed, .rehearsal, .policy:
            true
        // Goes in with who imported it.
        case .imported: false
        }
    }
}

extension LedgerDraft {
    /// Whether the estate noted it by itself. No person and no token can bear its name.
    var isByEstate: Bool { author == Authorship.estate.author }
}

extension EstateService {
    /// Adds what events are evidence of to the entries; gives the names of their devices.
    func describe(_ events: [Event], _ drafts: inout [LedgerDraft], _ connection: Connection) throws -> [UInt32: String] {
        guard !events.isEmpty else { return [:] }
        let names = try Self.deviceNames(of: events, connection)
        let operators = live.withLock { $0.operators }
        drafts += events.compactMap { event in
            LedgerDraft(
                event, device: event.device.flatMap { names[$0] },
                operator: event.operator.flatMap { Int($0) < operators.count ? operators[Int($0)] : nil })
        }
        return names
    }
}
