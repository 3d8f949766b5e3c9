import Cipher
import Foundation
import Measure
import SmartCard

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// MILENAGE with nothing around it, ours and libosmocore's in turn.
enum MilenageVectors {
    private typealias PeerMilenage = @convention(c) (UnsafePointer<UInt8>, UnsafePointer<UInt8>, UInt64) -> UInt64
    private typealias PeerVectors = @convention(c) (UnsafePointer<UInt8>, UnsafePointer<UInt8>, UInt64) -> Int32

    private static let count = 100_000

    static func measure(peer: String?) throws {
        let key = TestCard.key.bytes
        let operatorConstant = TestCard.operatorConstant.bytes
        let expected = ours(keyedOnce: false)
        guard ours(keyedOnce: true) == expected else { throw BenchmarkFailure("the two ways to use it differ") }

        guard let peer, let library = dlopen(peer, RTLD_NOW), let milenage = dlsym(library, "peer_milenage"),
            let vectors = dlsym(library, "peer_vectors")
        else {
            for keyedOnce in [false, true] { rate(keyedOnce: keyedOnce).publish() }
            Figure(
                "milenage", "libosmocore", unit: "", values: [],
                note: "not installed: libosmocore-dev, or a C compiler, was not found, so there is no comparison"
            ).publish()
            return
        }
        let peerMilenage = unsafeBitCast(milenage, to: PeerMilenage.self)
        let peerVectors = unsafeBitCast(vectors, to: PeerVectors.self)
        guard peerMilenage(key, operatorConstant, UInt64(count)) == expected else {
            throw BenchmarkFailure("libosmocore gives other MACs, responses or keys than we do")
        }

        // In turn, so that a busy moment strikes both; each pair gives one ratio.
        var figures: [[Double]] = [[], [], [], []]
        for run in 0..<11 {
            let rates = [
                once { _ = ours(keyedOnce: false) }, once { _ = ours(keyedOnce: true) },
                once { _ = peerMilenage(key, operatorConstant, UInt64(count)) },
                once { _ = peerVectors(key, operatorConstant, UInt64(count)) },
            ]
            if run >= 2 { for (index, rate) in rates.enumerated() { figures[index].append(rate) } }
        }
        let names = [
            "ours, f1 to f5, key set up for each challenge", "ours, f1 to f5, key set up once, as on a card",
            "libosmocore, milenage_f1 + milenage_f2345", "libosmocore, osmo_auth_gen_vec (adds a GSM triplet)",
        ]
        for (name, values) in zip(names, figures) { Figure("milenage", name, unit: "challenges/s", values: values).publish() }
        let ratios = zip(figures[0], figures[2]).map { $0 / $1 }
        Figure(
            "milenage", "ours through libosmocore's", unit: "x", values: ratios,
            note: "both set the key up for each challenge; the same \(count) challenges gave the same MACs, RES, CK and IK"
        ).publish()
        Figure(
            "milenage", "ours, key set up once, through libosmocore's", unit: "x",
            values: zip(figures[1], figures[2]).map { $0 / $1 }
        ).publish()
    }

    private static func rate(keyedOnce: Bool) -> Figure {
        measureRate(
            "milenage", "ours, f1 to f5, key set up \(keyedOnce ? "once, as on a card" : "for each challenge")",
            unit: "challenges/s"
        ) {
            _ = ours(keyedOnce: keyedOnce)
            return count
        }
    }

    private static func once(_ body: () -> Void) -> Double {
        let start = Stopwatch.nanoseconds
        body()
        return Double(count) / Double(Stopwatch.nanoseconds - start) * 1e9
    }

    /// MAC, RES, CK and IK of every challenge, all in one sum.
    @inline(never)
    private static func ours(keyedOnce: Bool) -> UInt64 {
        var sum: UInt64 = 0
        let kept = Milenage<TableAES>(key: opaque(TestCard.key), operatorConstant: TestCard.operatorConstant)
        for index in 0..<UInt64(count) {
            let milenage =
                keyedOnce ? kept : Milenage<TableAES>(key: opaque(TestCard.key), operatorConstant: TestCard.operatorConstant)
            let challenge = milenage.challenge(Block(high: 0, low: index))
            let codes = milenage.codes(challenge, sequence: 0, management: 0x8000)
            let response = milenage.response(challenge)
            sum ^= codes.authentication ^ response.response
            sum ^= response.cipherKey.high ^ response.cipherKey.low ^ response.integrityKey.high ^ response.integrityKey.low
        }
        return sum
    }
}
