import ArgumentParser
import Cipher
import Foundation
import Lab
import Resilience
import SmartCard
import Wire

/// Gives a profile other keys and codes.
struct CardProvision: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "provision", abstract: "Give a profile of a card other keys, sequence numbers or codes: for test benches.",
        discussion: """
            Keys are read from a file, or from standard input with -, so that they stand in no process list: lines of NAME=HEX with the
            names K, OPC, TOPC. Codes are lines too: PIN, PIN2, ADM, in digits (ADM also as 16 hexadecimal digits after hex:).

              holdfast card provision --image card.hfc --slot primary --secrets keys.txt --algorithm milenage
              printf 'K=%s\\nTOPC=%s\\n' $K $TOPC | holdfast card provision --image card.hfc --slot backup --secrets - \\
                  --algorithm tuak --res-length 16 --iterations 1
              holdfast card provision --image card.hfc --slot primary --sqn 000000000020 --pin off
            """)

    enum Algorithm: String, ExpressibleByArgument, CaseIterable {
        case milenage
        case tuak
        case xor
    }

    @OptionGroup var options: CardOptions

    @Option(help: "primary or backup.")
    var slot: Slot

    @Option(help: "A file with keys and codes, or - for standard input.")
    var secrets: String?

    @Option(help: "milenage, tuak or xor; needs K, and OPC or TOPC, among the secrets.")
    var algorithm: Algorithm?

    @Option(help: "Bytes of RES: 8 for milenage; 4, 8, 16 or 32 for tuak; 4, 8 or 16 for xor.")
    var resLength = 8

    @Option(help: "How often TUAK runs Keccak, 1 to 255.")
    var iterations: UInt8 = 1

    @Option(help: "Twelve hexadecimal digits: the SQN up to which every challenge counts as used.")
    var sqn: String?

    enum Switch: String, ExpressibleByArgument, CaseIterable {
        case on
        case off
    }

    @Option(help: "Whether PIN 1 must be verified.")
    var pin: Switch?

    func run() throws {
        var file = try options.existing()
        var image = try CardImage(try file.contents())
        let given = try secrets.map(read) ?? [:]
        if let algorithm { try image.provision(slot, algorithm: try make(algorithm, of: given)) }
        if let sqn {
            guard sqn.count == 12, let number = UInt64(sqn, radix: 16) else {
                throw ValidationError("--sqn takes twelve hexadecimal digits, such as 000000000020.")
            }
            try image.provision(slot, sequence: number)
        }
        for (name, reference) in [("PIN", UInt8(0x01)), ("PIN2", 0x81), ("ADM", 0x0A)] {
            guard let text = given[name] else { continue }
            let code =
                text.hasPrefix("hex:") ? AccessCodes.Code(try bytes(String(text.dropFirst(4)), name)) : AccessCodes.Code(text)
            guard let code else { throw ValidationError("\(name) takes four to eight digits, or hex: and 16 hexadecimal digits.") }
            try image.provision(slot, code: reference, code)
        }
        if let pin { try image.provision(slot, code: 0x01, isEnabled: pin == .on) }
        try file.replace(image.encoded)
        note("The \(slot.name) profile was provisioned.")
    }

    private func make(_ algorithm: Algorithm, of given: [String: String]) throws -> AuthenticationAlgorithm {
        guard let key = try given["K"].map({ try bytes($0, "K") }) else { throw ValidationError("The secrets have no line K=.") }
        let name = algorithm == .tuak ? "TOPC" : "OPC"
        let constant = try given[name].map { try bytes($0, name) } ?? []
        if constant.isEmpty, algorithm != .xor { throw ValidationError("The secrets have no line \(name)=.") }
        let identifier: AuthenticationAlgorithm.Identifier
        let sizes: [Int: UInt8]
        switch algorithm {
        case .milenage: (identifier, sizes) = (.milenage, [8: 0])
        case .tuak: (identifier, sizes) = (.tuak, [4: 0, 8: 1, 16: 2, 32: 3])
        case .xor: (identifier, sizes) = (.xor, [4: 0, 8: 1, 16: 2])
        }
        guard let size = sizes[resLength] else {
            throw ValidationError("--res-length \(resLength) is none of \(algorithm.rawValue)'s: \(sizes.keys.sorted()).")
        }
        // The options' other bits stay zero: a MAC of 64 bits, which is what TS 33.102 has in AUTN, and CK and IK of 128 bits.
        do {
            return try AuthenticationAlgorithm(
                identifier: identifier.rawValue, options: size, key: key, operatorConstant: constant, iterations: iterations)
        } catch {
            throw ValidationError("These keys are none of \(algorithm.rawValue)'s: \(error).")
        }
    }

    /// Lines NAME=VALUE; empty ones and those that begin with # are skipped.
    private func read(_ path: String) throws -> [String: String] {
        let text = try GivenFile.text(path, most: 16_384, what: "the file with the secrets")
        var found: [String: String] = [:]
        for (number, line) in text.split(whereSeparator: \.isNewline).enumerated() where !line.hasPrefix("#") {
            let parts = line.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard parts.count == 2, ["K", "OPC", "TOPC", "PIN", "PIN2", "ADM"].contains(parts[0].uppercased()) else {
                throw ValidationError("Line \(number + 1) of the secrets is not NAME=VALUE with K, OPC, TOPC, PIN, PIN2 or ADM.")
            }
            found[parts[0].uppercased()] = parts[1]
        }
        return found
    }

    private func bytes(_ text: String, _ name: String) throws -> [UInt8] {
        do { return try Hex.bytes(text) } catch { throw ValidationError("\(name) is not hexadecimal: \(error).") }
    }
}
