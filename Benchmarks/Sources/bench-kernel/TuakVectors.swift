import Cipher
import Foundation
import Measure
import SmartCard
import Wire

/// TUAK with nothing around it, ours and others' in turn.
enum TuakVectors {
    private static let count = 20_000
    // 3GPP TS 35.232 does not matter here, both sides get the same; K and TOPc are any.
    private static let key = TestCard.key
    private static let constant = WideBlock(
        high: Block(high: 0x5555_5555_5555_5555, low: 0x0123_4567_89AB_CDEF),
        low: Block(high: 0xFEDC_BA98_7654_3210, low: 0xAAAA_AAAA_AAAA_AAAA))

    /// - Parameters:
    ///   - script: Benchmarks/Peers/tuak.py.
    ///   - python: that has the peers, if any.
    static func measure(python: String?, script: String) throws {
        let expected = ours()
        var peers: [TuakPeer] = []
        for name in ["cryptomobile", "shake"] {
            guard let python, let peer = try TuakPeer(python: python, script: script, name: name) else { continue }
            guard try peer.run(key: key, constant: constant, count: count).sum == expected else {
                throw BenchmarkFailure("\(peer.title) gives other MACs, responses or keys than we do")
            }
            peers.append(peer)
        }

        // In turn, so that a busy moment strikes all; each round gives one ratio for each peer.
        var own: [Double] = []
        var theirs = [[Double]](repeating: [], count: peers.count)
        for run in 0..<11 {
            let start = Stopwatch.nanoseconds
            // As many as take a while.
            for _ in 0..<10 { _ = opaque(ours()) }
            let rate = Double(10 * count) / Double(Stopwatch.nanoseconds - start) * 1e9
            let others = try peers.map { try $0.run(key: key, constant: constant, count: count).rate }
            guard run >= 2 else { continue }
            own.append(rate)
            for (index, other) in others.enumerated() { theirs[index].append(other) }
        }
        Figure("tuak", "ours, f1 to f5", unit: "challenges/s", values: own).publish()
        for (peer, rates) in zip(peers, theirs) {
            Figure("tuak", peer.title, unit: "challenges/s", values: rates).publish()
            Figure(
                "tuak", "ours through \(peer.title)'s", unit: "x", values: zip(own, rates).map { $0 / $1 },
                note:
                    "the same \(count) challenges gave the same MACs, RES, CK and IK; what Python costs around the peer's C is in it"
            ).publish()
        }
        if peers.isEmpty {
            Figure(
                "tuak", "a peer", unit: "", values: [],
                note:
                    "not installed: neither CryptoMobile nor pycryptodomex was found (Scripts/peers tuak), so there is no comparison"
            ).publish()
        }
    }

    /// MAC, RES, CK and IK of every challenge, all in one sum.
    @inline(never)
    private static func ours() -> UInt64 {
        var sum: UInt64 = 0
        let tuak = Tuak(key: .bits128(opaque(key)), operatorConstant: constant)
        for index in 0..<UInt64(count) {
            let opening = tuak.open(Block(high: 0, low: index))
            sum ^= folded(tuak.code(opening, sequence: 0, management: 0x8000))
            let answer = tuak.answer(opening)
            sum ^= folded(answer.response) ^ folded(answer.cipherKey) ^ folded(answer.integrityKey)
        }
        return sum
    }

    /// Its 32 bytes of room, the ones after its size being zero, as four numbers in one; the memory itself, which asks for none.
    private static func folded(_ parameter: AuthenticationParameter) -> UInt64 {
        withUnsafeBytes(of: parameter) { room in
            room.load(as: UInt64.self) ^ room.load(fromByteOffset: 8, as: UInt64.self)
                ^ room.load(fromByteOffset: 16, as: UInt64.self) ^ room.load(fromByteOffset: 24, as: UInt64.self)
        }
    }
}

/// A process with somebody else's TUAK.
final class TuakPeer {
    private let process = Process()
    private let requests = Pipe()
    private let answers = Pipe()
    private(set) var title = ""

    /// Nil when it is not installed.
    init?(python: String, script: String, name: String) throws {
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = [script, name]
        process.standardInput = requests
        process.standardOutput = answers
        process.standardError = FileHandle.nullDevice
        try process.run()
        let words = line().split(separator: " ")
        guard words.count == 3, words[0] == "ready" else {
            process.waitUntilExit()
            return nil
        }
        title = "\(words[1]) \(words[2])" + (name == "shake" ? ", TUAK on its SHAKE256" : "")
    }

    deinit { try? requests.fileHandleForWriting.close() }

    func run(key: Block, constant: WideBlock, count: Int) throws -> (rate: Double, sum: UInt64) {
        let text = "\(Hex.text(key.bytes)) \(Hex.text(constant.high.bytes + constant.low.bytes)) \(count)\n"
        try requests.fileHandleForWriting.write(contentsOf: Data(text.utf8))
        let words = line().split(separator: " ")
        guard words.count == 2, let time = Double(words[0]), time > 0, let sum = UInt64(words[1]) else {
            throw BenchmarkFailure("\(title) ended")
        }
        return (Double(count) / time * 1e9, sum)
    }

    private func line() -> String {
        var bytes: [UInt8] = []
        while let byte = try? answers.fileHandleForReading.read(upToCount: 1)?.first, byte != UInt8(ascii: "\n") {
            bytes.append(byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
