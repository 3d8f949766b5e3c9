import TestSupport
import Testing
import Wire

@testable import EUICC

@Suite("Profile states")
struct StateTests {
    /// The rules of the state machine, written a second time and in another way: what each operation must answer.
    private struct Model {
        var enabled = 0
        var attribute: Int? = 1
        var left: Int?
        var undo: (profile: Int, left: Int?)?

        mutating func expect(_ operation: Operation) -> UInt8 {
            switch operation {
            case .enable(let profile), .enableByEIM(let profile, _):
                if case .enableByEIM = operation { undo = nil }
                if profile == enabled { return 2 }
                let before = (enabled, left)
                (enabled, left, undo) = (profile, nil, nil)
                if case .enableByEIM(_, true) = operation { undo = before }
                return 0
            case .disable(let profile):
                return profile == enabled ? 3 : 2
            case .fallback:
                guard let attribute else { return 6 }
                if attribute == enabled { return 2 }
                (left, enabled, undo) = (enabled, attribute, nil)
                return 0
            case .comeBack:
                if attribute == nil { return 6 }
                guard let home = left else { return 7 }
                (enabled, left, undo) = (home, nil, nil)
                return 0
            case .set(let profile):
                undo = nil
                if profile == attribute { return 0 }
                if left != nil { return 3 }
                attribute = profile
                return 0
            case .unset:
                undo = nil
                if attribute == nil { return 2 }
                if left != nil { return 3 }
                attribute = nil
                return 0
            case .rollBack:
                guard let undo else { return 1 }
                (enabled, left) = (undo.profile, undo.profile == attribute ? undo.left : nil)
                self.undo = nil
                return 0
            case .delete(let profile):
                undo = nil
                return profile == enabled ? 2 : profile == left ? 21 : 3
            }
        }
    }

    private enum Operation {
        case enable(Int), enableByEIM(Int, rollback: Bool), disable(Int), fallback, comeBack, set(Int), unset, rollBack, delete(Int)

        static let all: [Operation] = [
            .enable(0), .enable(1), .enableByEIM(0, rollback: true), .enableByEIM(1, rollback: true), .disable(0), .fallback,
            .comeBack,
            .set(0), .set(1), .unset, .rollBack, .delete(0),
        ]
    }

    /// Performs an operation through its command; gives the code in the answer.
    private static func perform(_ operation: Operation, on bench: inout Bench, _ eim: inout TestEIM, _ iccids: [[UInt8]]) -> UInt8?
    {
        func named(_ profile: Int) -> [UInt8] { [0x5A, 10] + iccids[profile] }
        func device(_ tag: UInt8, _ profile: Int) -> [UInt8] { [0xBF, tag, 17, 0xA0, 12] + named(profile) + [0x81, 1, 0xFF] }
        let command: [UInt8]
        switch operation {
        case .enable(let profile): command = device(0x31, profile)
        case .disable(let profile): command = device(0x32, profile)
        case .fallback: command = [0xBF, 0x5D, 3, 0x80, 1, 0xFF]
        case .comeBack: command = [0xBF, 0x5E, 3, 0x80, 1, 0xFF]
        case .rollBack: command = [0xBF, 0x58, 3, 0x80, 1, 0xFF]
        case .enableByEIM(let profile, let rollback):
            command = eim.package([0xA3, rollback ? 14 : 12] + named(profile) + (rollback ? [5, 0] : []))
        case .set(let profile): command = eim.package([0xA8, 12] + named(profile))
        case .unset: command = eim.package([0xA9, 0])
        case .delete(let profile): command = eim.package([0xA5, 12] + named(profile))
        }
        guard case .data(let answer) = bench.send(command) else { return nil }
        if case .rollBack = operation { return answer.firstIndex(of: 0x02).map { answer[$0 + 2] } }
        guard answer[1] == 0x51 else { return answer.last }
        // The last result stands right before the signature of 64 bytes and its tag and length.
        return answer[answer.count - 68]
    }

    /// All sequences of five operations: twelve to the power of five.
    @Test("every sequence of operations keeps the rules, and every state can be written and read")
    func everySequence() throws {
        var bench = try Bench()
        let eim = TestEIM(eid: bench.euicc.configuration.eid.bytes)
        _ = bench.send(eim.association)
        let iccids = bench.euicc.configuration.profiles.map(\.iccid.coded)
        var steps = 0
        var faults = 0

        func explore(_ bench: Bench, _ eim: TestEIM, _ model: Model, depth: Int, path: [Operation]) {
            guard depth > 0 else { return }
            for operation in Operation.all {
                var (bench, eim, model) = (bench, eim, model)
                let expected = model.expect(operation)
                let answered = StateTests.perform(operation, on: &bench, &eim, iccids)
                let state = bench.state
                steps += 1
                let agrees =
                    answered == expected && state.enabled == model.enabled && state.fallbackAttribute == model.attribute
                    && state.leftBehind == model.left && (state.rollback == nil) == (model.undo == nil)
                // `send` takes every state over through its encoding; that nothing was lost shows in the agreement above and here.
                let sound = state.isSound && (state.leftBehind == nil || state.fallbackAttribute == state.enabled)
                if !agrees || !sound {
                    faults += 1
                    if faults < 5 {
                        Issue.record("\(path + [operation]): answered \(answered ?? 255), expected \(expected), \(model), \(state)")
                    }
                    continue
                }
                explore(bench, eim, model, depth: depth - 1, path: path + [operation])
            }
        }
        explore(bench, eim, Model(), depth: 5, path: [])
        #expect(faults == 0)
        #expect(steps == 12 + 144 + 1728 + 20736 + 248_832)
    }

    @Test("has a fixed size, and reads back nothing but what was written")
    func coding() throws {
        // Cards keep this many bytes for it; another layout needs another version.
        #expect(EUICCState.encodedSize == 4604)
        #expect(EUICCState(profileCount: 2).encoded.count == EUICCState.encodedSize)
        var bench = try Bench()
        for step in ES10Vectors.steps {
            let before = bench.state
            let outcome = bench.euicc.handle(try Hex.bytes(step.command), catBusy: false) { Bench.challenge }
            if let state = outcome.state {
                #expect(state.encoded.count == EUICCState.encodedSize)
                #expect(EUICCState(state.encoded) == state, "\(step.name)")
                #expect(state != before)
                bench.euicc.commit(state)
            }
        }
        let good = bench.state.encoded
        #expect(EUICCState([]) == nil)
        #expect(EUICCState(Array(good.dropLast())) == nil)
        #expect(EUICCState(good + [0]) == nil)
        var seed = Seed.fresh()
        for _ in 0..<20_000 {
            var bytes = good
            for _ in 0...seed.below(4) {
                bytes[seed.below(seed.below(2) == 0 ? 64 : bytes.count)] = UInt8(truncatingIfNeeded: seed.next())
            }
            if let state = EUICCState(bytes) { #expect(state.encoded == bytes && state.isSound) }
        }
    }

    @Test("states that contradict themselves are refused")
    func nonsense() {
        var state = EUICCState(profileCount: 2, fallbackAttribute: 1)
        state.leftBehind = 0
        #expect(EUICCState(state.encoded) == nil)
        state.enabled = 1
        #expect(EUICCState(state.encoded) == state)
        state.fallbackAttribute = nil
        #expect(EUICCState(state.encoded) == nil)
        state = EUICCState(profileCount: 2)
        state.enabled = 3
        #expect(EUICCState(state.encoded) == nil)
    }

    @Test("the check digits of an EID are checked")
    func eid() throws {
        // The EID of the test certificates of GSMA SGP.26.
        #expect(try EID("89049032123451234512345678901235").bytes.first == 0x89)
        #expect(throws: EID.Problem.checkDigits(remainder: 2)) {
            var bytes = try Hex.bytes(ES10Vectors.eid)
            bytes[15] += 1
            _ = try EID(bytes[...])
        }
        #expect(throws: EID.Problem.length(31)) { try EID("8904903200400888260000000000011") }
        #expect(throws: EID.Problem.digit(offset: 2)) { try EID("89A49032004008882600000000000118") }
    }
}
