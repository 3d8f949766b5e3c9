import Beacon
import CAllocations
import Cipher
import Foundation
import Measure
import Resilience
import SmartCard
import Wire

/// Commands through a card in this process: bytes in, bytes out, as a terminal would send them.
enum CardCommands {
    static func measure(folder: String) throws {
        try reading()
        try authenticating(folder: folder)
    }

    // MARK: Reading

    private static func reading() throws {
        var card = try TestCard.inProcess()
        try expect(card.transmit(hex("00A4040C07A0000000871002")), "SELECT ADF.USIM")
        try expect(card.transmit(hex("00A4000C026F07")), "SELECT EF.IMSI")
        let read = hex("00B0000009")
        try expect(card.transmit(read), "READ BINARY")
        let status = hex("80F2000C")
        let select = hex("00A40004026F07")
        guard let length = card.transmit(select).last else { throw BenchmarkFailure("SELECT is not answered") }
        let getResponse = [0x00, 0xC0, 0x00, 0x00, length]
        try expect(card.transmit(getResponse), "GET RESPONSE")

        try repeated("READ BINARY (EF.IMSI, 9 bytes)", [read], times: 200_000, goal: 400_000, in: &card)
        try intoBuffer("READ BINARY (EF.IMSI, 9 bytes), answer in the host's memory", read, goal: 400_000, in: &card)
        try expect(card.transmit(hex("00A4000C026FB7")), "SELECT EF.ECC")
        try intoBuffer("READ RECORD (EF.ECC, 4 bytes), answer in the host's memory", hex("00B2010404"), goal: nil, in: &card)
        try repeated("STATUS", [status], times: 400_000, goal: nil, in: &card)
        try repeated("SELECT + GET RESPONSE + READ BINARY", [select, getResponse, read], times: 100_000, goal: nil, in: &card)
    }

    private static func repeated<Memory: NonVolatileMemory>(
        _ name: String, _ commands: [[UInt8]], times: Int, goal: Double?, in card: inout Card<TableAES, Memory>
    ) throws {
        let before = allocations_so_far()
        for _ in 0..<1_000 { for command in commands { _ = card.transmit(command) } }
        let allocations = Double(allocations_so_far() - before) / Double(1_000 * commands.count)
        let unit = commands.count == 1 ? "APDU/s" : "sequences/s"
        let figure = try measureRate(
            "card", name, unit: unit, goal: goal, note: "\(allocations.legible) allocations per APDU"
        ) {
            for _ in 0..<times {
                for command in commands {
                    let response = card.transmit(command)
                    guard response.count >= 2, response[response.count - 2] != 0x6A else {
                        throw BenchmarkFailure("\(name) failed")
                    }
                }
            }
            return times
        }
        figure.publish()
    }

    /// Commands and answers in memory that the host keeps: reading must take none besides.
    private static func intoBuffer<Memory: NonVolatileMemory>(
        _ name: String, _ command: [UInt8], goal: Double?, in card: inout Card<TableAES, Memory>
    ) throws {
        var response: [UInt8] = []
        card.transmit(command.span, into: &response)
        let before = allocations_so_far()
        for _ in 0..<1_000 { card.transmit(command.span, into: &response) }
        let allocations = allocations_so_far() - before
        guard allocations == 0 else { throw BenchmarkFailure("\(name): \(allocations) allocations in 1,000 commands") }
        let figure = try measureRate("card", name, unit: "APDU/s", goal: goal, note: "0 allocations per APDU") {
            for _ in 0..<200_000 {
                card.transmit(command.span, into: &response)
                guard response.count > 2, response[response.count - 2] == 0x90 else { throw BenchmarkFailure("\(name) failed") }
            }
            return 200_000
        }
        figure.publish()
    }

    // MARK: Authenticating

    private static func authenticating(folder: String) throws {
        var centre = Centre()
        var card = try TestCard.inProcess()
        try expect(card.transmit(hex("00A4040C07A0000000871002")), "SELECT ADF.USIM")
        try authenticate(
            "AUTHENTICATE + GET RESPONSE, memory in RAM", count: 20_000, runs: 9, goal: 150_000, &centre, &card, note: nil)

        let path = folder + "/card.bench"
        let memory = try PlainFile.create(try TestCard.image().encoded, path: path, room: 1 << 20)
        defer { unlink(path) }
        var durable = try Card<TableAES, PlainFile>(memory: memory)
        _ = durable.reset()
        try expect(durable.transmit(hex("00A4040C07A0000000871002")), "SELECT ADF.USIM")
        try authenticate(
            "AUTHENTICATE + GET RESPONSE, SQN durable before the answer", count: 1_000, runs: 7, goal: nil, &centre, &durable,
            note: "a file with room for the record, then fdatasync")
        try bareAppends(folder: folder, size: durable.memory.lastSize)
    }

    private static func authenticate<Memory: NonVolatileMemory>(
        _ name: String, count: Int, runs: Int, goal: Double?, _ centre: inout Centre, _ card: inout Card<TableAES, Memory>,
        note: String?
    ) throws {
        let getResponse = hex("00C000002C")
        let counted = try centre.challenges(200)
        let before = allocations_so_far()
        for challenge in counted {
            _ = card.transmit(challenge.command)
            _ = card.transmit(getResponse)
        }
        let allocations = "\((Double(allocations_so_far() - before) / Double(2 * counted.count)).legible) allocations per APDU"
        let figure = try measureRate(
            "card", name, unit: "sequences/s", goal: goal, note: [note, allocations].compactMap { $0 }.joined(separator: "; "),
            runs: runs
        ) { _ in
            try centre.challenges(count)
        } body: { challenges in
            for challenge in challenges {
                guard card.transmit(challenge.command) == [0x61, 0x2C] else { throw BenchmarkFailure("AUTHENTICATE was refused") }
                let answer = card.transmit(getResponse)
                guard answer.count == 46, answer[0] == 0xDB, Block(answer, at: 2).high == challenge.response else {
                    throw BenchmarkFailure("RES is wrong")
                }
            }
            return challenges.count
        }
        figure.publish()
    }

    /// What the disk itself gives: as many bytes appended and made durable, with no card.
    private static func bareAppends(folder: String, size: Int) throws {
        let path = folder + "/append.bench"
        defer { unlink(path) }
        let record = [UInt8](repeating: 0x5A, count: size)
        for (file, room) in [("a file that grows", 0), ("a file with room", 1 << 20)] {
            var file = (name: file, memory: try PlainFile.create([0], path: path, room: room))
            try measureRate("card", "bare append of \(size) bytes + fdatasync, \(file.name)", unit: "appends/s", runs: 7) {
                for _ in 0..<1_000 { try file.memory.append(record) }
                return 1_000
            }.publish()
        }
    }

    private static func expect(_ response: [UInt8], _ name: String) throws {
        guard response.suffix(2) == [0x90, 0x00] else { throw BenchmarkFailure("\(name) was answered \(Hex.text(response))") }
    }
}

func hex(_ text: String) -> [UInt8] { (try? Hex.bytes(text)) ?? [] }

/// An authentication centre for the test card's subscription (TS 33.102, 6.3.2): makes commands, and knows the answers.
struct Centre {
    struct Challenge {
        var command: [UInt8]
        /// RES.
        var response: UInt64
    }

    private let milenage = Milenage<TableAES>(key: TestCard.key, operatorConstant: TestCard.operatorConstant)
    private var sequence: UInt64 = 0
    private var draws = Draws(seed: 35_208)

    /// The next challenges, each with a sequence number of its own.
    mutating func challenges(_ count: Int) throws -> [Challenge] {
        (0..<count).map { _ in
            sequence += 1
            let number = sequence << 5 | sequence & 31
            let random = Block(high: draws.next(), low: draws.next())
            let challenge = milenage.challenge(random)
            let expected = milenage.response(challenge)
            let codes = milenage.codes(challenge, sequence: number, management: 0x8000)
            var command = hex("008800812210")
            command += random.bytes
            command.append(0x10)
            append(number ^ expected.anonymityKey, size: 6, to: &command)
            append(0x8000, size: 2, to: &command)
            append(codes.authentication, size: 8, to: &command)
            return Challenge(command: command, response: expected.response)
        }
    }

    private func append(_ number: UInt64, size: Int, to bytes: inout [UInt8]) {
        for index in 0..<size { bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(8 * (size - 1 - index)))) }
    }
}

/// A card of the test identity, keys of 3GPP TS 35.208, test set 1.
enum TestCard {
    static let key = Block(high: 0x465B_5CE8_B199_B49F, low: 0xAA5F_0A2E_E238_A6BC)
    static let operatorConstant = Block(high: 0xCD63_CB71_954A_9F4E, low: 0x48A5_994E_37A0_2BAF)

    static func inProcess() throws -> Card<TableAES, InProcessMemory> {
        var card = try Card<TableAES, InProcessMemory>(image: try image())
        _ = card.reset()
        return card
    }

    static func image() throws -> CardImage {
        guard let number = CardNumber(1), let pin = AccessCodes.Code("0000"), let unblock = AccessCodes.Code("12345678"),
            let administrative = AccessCodes.Code("88888888")
        else { throw BenchmarkFailure("the test card's codes") }
        func subscription(_ iccid: String, _ imsi: String) throws -> Subscription {
            Subscription(
                iccid: try ICCID(iccid), imsi: try IMSI(imsi), networkCodeDigits: 2, key: key, operatorConstant: operatorConstant)
        }
        return try Personalisation(
            card: number, primary: try subscription("8999700000000000013", "999700000000001"),
            backup: try subscription("8999710000000000011", "999710000000001"),
            codes: AccessCodes(
                pin: pin, isPINEnabled: false, unblockPIN: unblock, secondPIN: pin, unblockSecondPIN: unblock,
                administrative: administrative),
            parameters: .standard, responders: []
        ).image()
    }
}
