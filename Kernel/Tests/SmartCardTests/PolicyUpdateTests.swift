import Beacon
import Cipher
import Resilience
import Testing
import Wire

@testable import SmartCard

/// Policy documents, as a card takes them in answers to beacons.
@Suite("Policy documents")
struct PolicyUpdateTests {
    static let key = Block(hex("c0c1c2c3c4c5c6c7c8c9cacbcccdcecf"))

    static func parameters(version: UInt32, _ edit: (inout Parameters) -> Void = { _ in }) -> Parameters {
        var parameters = Parameters.standard
        parameters.version = version
        parameters.heartbeat = .minutes(20)
        edit(&parameters)
        return parameters
    }

    static func document(
        _ parameters: Parameters, card: UInt64 = Workbench.cardNumber, key: Block = PolicyUpdateTests.key
    ) throws -> [UInt8] {
        let number = try #require(CardNumber(card))
        return PolicyDocument(card: number, parameters: parameters).signed(with: key, using: TableAES.self)
    }

    static func terminal(
        _ parameters: Parameters = .standard, hasBackup: Bool = true, key: Block? = PolicyUpdateTests.key
    ) throws -> Terminal {
        let image = try Workbench.personalisation(parameters: parameters, hasBackup: hasBackup, policyKey: key).image()
        let terminal = Terminal(try TestCard(image: image))
        terminal.boot()
        terminal.run(for: 60_000)
        #expect(terminal.heartbeats.count == 1)
        return terminal
    }

    /// Gives the card a document by another way than a beacon.
    static func adopt(_ document: [UInt8], _ terminal: Terminal) -> PolicyOutcome? {
        var card = terminal.card
        var session = ProactiveSession()
        defer { terminal.card = card }
        return card.applet.adopt(document, &session, &card.store)
    }

    /// Has the responders hand a document out until the card has said something about it.
    func offer(_ document: [UInt8], to terminal: Terminal) {
        terminal.hint.policyDocument = document
        let heard = terminal.heartbeats.count
        #expect(terminal.run(atMost: 3_600_000) { $0.heartbeats.count > heard })
        terminal.run(for: 1_000)
        terminal.hint.policyDocument = nil
    }

    @Test("a document is what its format says, and its signature AES-CMAC over it (RFC 4493)")
    func format() throws {
        let parameters = Self.parameters(version: 7)
        let bytes = try Self.document(parameters)
        #expect(bytes.count == 114 && PolicyDocument.size == 114)
        #expect(bytes.prefix(6) == [1, 0x01, 0x02, 0x03, 0x04, 0x05])
        #expect(Array(bytes[6..<98]) == parameters.encoded)
        #expect(Array(bytes[98...]) == CMAC<TableAES>(key: Self.key).tag(Array(bytes[..<98])).bytes)
        #expect(try PolicyDocument(bytes, key: Self.key, using: TableAES.self).parameters == parameters)
        for offset in bytes.indices {
            for bit in 0..<8 {
                var damaged = bytes
                damaged[offset] ^= 1 << UInt8(bit)
                #expect(throws: PolicyDocumentError.notAuthentic) {
                    try PolicyDocument(damaged, key: Self.key, using: TableAES.self)
                }
            }
        }
        for length in 0..<bytes.count {
            #expect(throws: PolicyDocumentError.wrongLength(expected: 114, came: length)) {
                try PolicyDocument(Array(bytes.prefix(length)), key: Self.key, using: TableAES.self)
            }
        }
        // Authentic, and no document all the same.
        var other = Array(bytes[..<98])
        other[0] = 2
        #expect(throws: PolicyDocumentError.unknownFormat(expected: 1, came: 2)) {
            try PolicyDocument(other + CMAC<TableAES>(key: Self.key).tag(other).bytes, key: Self.key, using: TableAES.self)
        }
        other[0] = 1
        other[6 + 2] = 1
        #expect(throws: PolicyDocumentError.parameters) {
            try PolicyDocument(other + CMAC<TableAES>(key: Self.key).tag(other).bytes, key: Self.key, using: TableAES.self)
        }
    }

    @Test("is followed at once, told as on trial in the next beacon, and confirmed by its answer")
    func adoption() throws {
        let terminal = try Self.terminal()
        let moves = terminal.card.policyMemory.moves
        offer(try Self.document(Self.parameters(version: 2)), to: terminal)
        #expect(terminal.card.policyOutcome == PolicyOutcome(version: 2, .onTrial))
        #expect(terminal.card.policyParameters == Self.parameters(version: 2))
        let adopted = terminal.now
        #expect(terminal.run(atMost: 3_600_000) { $0.heartbeats.last?.heartbeat.outcome != nil })
        // At the new pace: 20 minutes and a tenth.
        #expect(terminal.now - adopted > 17 * 60_000)
        #expect(terminal.heartbeats.last?.heartbeat.outcome == PolicyOutcome(version: 2, .onTrial))
        #expect(terminal.heartbeats.last?.heartbeat.policy == 2)
        terminal.run(for: 1_000)
        #expect(terminal.card.policyOutcome == PolicyOutcome(version: 2, .confirmed))
        // Told once, and no more once it was heard.
        terminal.run(for: 2 * 3_600_000)
        let told = terminal.heartbeats.map(\.heartbeat).compactMap(\.outcome)
        #expect(told == [PolicyOutcome(version: 2, .onTrial), PolicyOutcome(version: 2, .confirmed)])
        #expect(terminal.card.policyMemory.moves == moves)
        // It lasts.
        try terminal.cutPower()
        terminal.boot()
        terminal.run(for: 3 * 3_600_000)
        #expect(terminal.card.policyParameters.version == 2 && terminal.heartbeats.last?.heartbeat.policy == 2)
        #expect(terminal.violations.isEmpty, "\(terminal.violations)")
    }

    @Test("a policy that loses contact is rolled back after the stated time, told, and the card moves", arguments: [true, false])
    func rollback(isNever: Bool) throws {
        let terminal = try Self.terminal()
        // Never moving; or by registration alone, and that after weeks.
        let lost = Self.parameters(version: 2) { parameters in
            parameters.movement = isNever ? .never : .registration
            parameters.registrationGrace = .hours(1_000)
            parameters.attachBudget = .hours(1_000)
        }
        offer(try Self.document(lost), to: terminal)
        #expect(terminal.card.policyOutcome?.result == .onTrial)
        let adopted = terminal.now
        terminal.change(.primary) { $0.passesData = false }
        #expect(terminal.run(atMost: 7 * 3_600_000) { $0.card.policyOutcome?.result == .rolledBack })
        #expect((5 * 3_600_000...6 * 3_600_000 + 120_000).contains(terminal.now - adopted))
        #expect(terminal.slot == .primary && terminal.card.policyParameters == .standard)
        #expect(terminal.run(atMost: 600_000) { $0.heartbeats.last?.heartbeat.profile == .backup })
        let heartbeat = try #require(terminal.heartbeats.last?.heartbeat)
        #expect(heartbeat.outcome == PolicyOutcome(version: 2, .rolledBack) && heartbeat.policy == 1)
        // What failed does not come back by itself.
        offer(try Self.document(lost), to: terminal)
        #expect(terminal.card.policyOutcome == PolicyOutcome(version: 2, .refusedOld))
        #expect(terminal.violations.isEmpty, "\(terminal.violations)")
    }

    @Test("where power does not last, so many power-ons end the trial; the card's own moves are none")
    func powerOns() throws {
        let terminal = try Self.terminal()
        offer(try Self.document(Self.parameters(version: 2) { $0.movement = .never }), to: terminal)
        terminal.change(.primary) { $0.passesData = false }
        for _ in 0..<PolicyTrial.mostPowerOns {
            try terminal.cutPower()
            terminal.boot()
            terminal.run(for: 120_000)
            #expect(terminal.card.policyOutcome?.result == .onTrial && terminal.card.policyParameters.movement == .never)
        }
        try terminal.cutPower()
        terminal.boot()
        #expect(terminal.card.policyOutcome?.result == .rolledBack && terminal.card.policyParameters == .standard)
        #expect(terminal.run(atMost: 900_000) { $0.heartbeats.last?.heartbeat.profile == .backup })
        #expect(terminal.heartbeats.last?.heartbeat.outcome == PolicyOutcome(version: 2, .rolledBack))
        #expect(terminal.violations.isEmpty, "\(terminal.violations)")
    }

    @Test("the time of a trial goes on over power cuts, but for what was not written")
    func timeOverPowerCuts() throws {
        let terminal = try Self.terminal()
        offer(try Self.document(Self.parameters(version: 2) { $0.movement = .never }), to: terminal)
        terminal.change(.primary) { $0.passesData = false }
        let adopted = terminal.now
        while terminal.card.policyOutcome?.result == .onTrial, terminal.now - adopted < 20 * 3_600_000 {
            terminal.run(for: 100 * 60_000)
            guard terminal.card.policyOutcome?.result == .onTrial else { break }
            try terminal.cutPower()
            terminal.boot()
        }
        #expect(terminal.card.policyOutcome?.result == .rolledBack)
        // 100 minutes with power count for 60 at the least.
        #expect(terminal.now - adopted <= 10 * 3_600_000 + 600_000)
    }

    @Test("a card that moves while its new policy is on trial, and is answered there, has confirmed it")
    func moves() throws {
        let terminal = try Self.terminal()
        offer(try Self.document(Self.parameters(version: 2)), to: terminal)
        terminal.change(.primary) { $0.passesData = false }
        #expect(terminal.run(atMost: 3_600_000) { $0.heartbeats.last?.heartbeat.profile == .backup })
        terminal.run(for: 1_000)
        #expect(terminal.card.policyOutcome == PolicyOutcome(version: 2, .confirmed))
        #expect(terminal.card.policyMemory.lastMove == .dataPathDead)
    }

    @Test("an answer to a beacon from before the adoption confirms nothing")
    func earlierBeacon() throws {
        let terminal = try Self.terminal()
        terminal.change(.primary) { $0.latency = 9_000 }
        offer(try Self.document(Self.parameters(version: 2)), to: terminal)
        #expect(terminal.run(atMost: 60_000) { $0.card.policyOutcome != nil })
        terminal.run(for: 10 * 60_000)
        #expect(terminal.card.policyOutcome?.result == .onTrial)
    }

    @Test("old versions, wrong signatures, other cards' documents, repetitions and rubbish are refused and told")
    func refusals() throws {
        let terminal = try Self.terminal()
        offer(try Self.document(Self.parameters(version: 5)), to: terminal)
        terminal.run(for: 3_600_000)
        #expect(terminal.card.policyOutcome == PolicyOutcome(version: 5, .confirmed))
        let good = try Self.document(Self.parameters(version: 9))
        var forged = good
        forged[20] ^= 1
        let cases: [([UInt8], UInt32, PolicyOutcome.Result)] = [
            (try Self.document(Self.parameters(version: 4)), 4, .refusedOld),
            // Again, after it was confirmed.
            (try Self.document(Self.parameters(version: 5)), 5, .refusedOld),
            (forged, 9, .refusedSignature),
            (try Self.document(Self.parameters(version: 9), key: Workbench.key), 9, .refusedSignature),
            (try Self.document(Self.parameters(version: 9), card: Workbench.cardNumber + 1), 9, .refusedContent),
            ([], 0, .refusedContent), ([1, 2, 3], 0, .refusedContent), (good + [0], 0, .refusedContent),
            // It could never be confirmed.
            (try Self.document(Self.parameters(version: 9) { $0.heartbeat = .hours(4) }), 9, .refusedContent),
            (try Self.document(Self.parameters(version: 9) { $0.misses = 1 }), 9, .refusedContent),
        ]
        let appends = terminal.card.memory.appends
        for (document, version, result) in cases {
            offer(document, to: terminal)
            #expect(terminal.card.policyOutcome == PolicyOutcome(version: version, result))
            #expect(terminal.card.policyParameters == Self.parameters(version: 5))
            let heard = terminal.heartbeats.count
            #expect(terminal.run(atMost: 3_600_000) { $0.heartbeats.count > heard })
            #expect(terminal.heartbeats.last?.heartbeat.outcome == PolicyOutcome(version: version, result))
            terminal.run(for: 1_000)
        }
        // Refusing costs no write; what was written was for sequence numbers.
        #expect(terminal.card.memory.appends - appends <= 2)
        offer(good, to: terminal)
        #expect(terminal.card.policyOutcome == PolicyOutcome(version: 9, .onTrial))
        #expect(terminal.violations.isEmpty, "\(terminal.violations)")
    }

    @Test(
        "a document on trial that comes again changes nothing; the next version replaces it, and what is gone back to is what was confirmed"
    )
    func successor() throws {
        let terminal = try Self.terminal()
        let second = try Self.document(Self.parameters(version: 2) { $0.movement = .never })
        terminal.hint.policyDocument = second
        #expect(terminal.run(atMost: 3_600_000) { $0.card.policyOutcome != nil })
        #expect(Self.adopt(second, terminal) == PolicyOutcome(version: 2, .onTrial))
        let third = try Self.document(Self.parameters(version: 3) { $0.movement = .never })
        #expect(Self.adopt(third, terminal) == PolicyOutcome(version: 3, .onTrial))
        #expect(Self.adopt(second, terminal) == PolicyOutcome(version: 2, .refusedOld))
        #expect(terminal.card.policyOutcome == PolicyOutcome(version: 3, .onTrial))
        terminal.hint.policyDocument = nil
        terminal.change(.primary) { $0.passesData = false }
        terminal.run(for: 7 * 3_600_000)
        #expect(terminal.card.policyOutcome == PolicyOutcome(version: 3, .rolledBack))
        #expect(terminal.card.policyParameters == .standard)
    }

    @Test("a card without a policy key takes nothing, one with one profile nothing that moves")
    func notForEverybody() throws {
        let document = try Self.document(Self.parameters(version: 2))
        let plain = try Self.terminal(key: nil)
        offer(document, to: plain)
        #expect(plain.card.policyOutcome == nil && plain.card.policyParameters == .standard)
        #expect(plain.run(atMost: 3_600_000) { $0.heartbeats.count > 2 })
        #expect(plain.heartbeats.last?.heartbeat.outcome == nil)
        let single = try Self.terminal(Parameters.standard.withoutMoving(), hasBackup: false)
        offer(document, to: single)
        #expect(single.card.policyOutcome == PolicyOutcome(version: 2, .refusedContent))
        offer(try Self.document(Self.parameters(version: 2).withoutMoving()), to: single)
        #expect(single.card.policyOutcome == PolicyOutcome(version: 2, .onTrial))
    }

    @Test("parameters too fast for a timer, and back")
    func tempo() throws {
        let terminal = try Self.terminal()
        offer(
            try Self.document(
                Self.parameters(version: 2) {
                    $0.heartbeat = .milliseconds(500)
                    $0.jitter = 0
                }), to: terminal)
        terminal.run(for: 5_000)
        let heard = terminal.heartbeats.count
        terminal.run(for: 10_000)
        #expect((15...21).contains(terminal.heartbeats.count - heard))
        offer(try Self.document(Self.parameters(version: 3)), to: terminal)
        terminal.run(for: 3_600_000)
        #expect(terminal.card.policyOutcome == PolicyOutcome(version: 3, .confirmed))
        #expect(terminal.violations.isEmpty, "\(terminal.violations)")
    }

    @Test("another profile in a slot leaves policy updates as they are")
    func replacing() throws {
        let terminal = try Self.terminal()
        offer(try Self.document(Self.parameters(version: 2)), to: terminal)
        let image = try terminal.card.image.replacing(.backup, with: Blank.contents())
        let card = try TestCard(image: image)
        #expect(card.policyOutcome == PolicyOutcome(version: 2, .onTrial) && card.policyParameters.version == 2)
    }
}
