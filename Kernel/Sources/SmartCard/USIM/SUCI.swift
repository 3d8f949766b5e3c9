import Cipher
import Wire

/// The subscription concealed identifier, made in the card (3GPP TS 33.501, clause 6.12.2 and annex C; TS 31.102, clause 7.5).
///
/// The network is told who subscribes without anybody on the air learning it: what follows the home network's code in the IMSI is
/// encrypted to the home network's public key, anew each time.
public struct SUCI: Equatable, Sendable {
    /// The value: type and format, home network, routing indicator, scheme, key identifier, scheme output, as the 5GS mobile identity
    /// has them from octet 4 on (TS 24.501, clause 9.11.3.4).
    public let value: [UInt8]

    /// The data object that GET IDENTITY answers, tag A1.
    public var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.ber(0xA1, value)
        return writer.bytes
    }

    /// The protection schemes (TS 33.501, annex C.1).
    private enum Scheme: UInt8 {
        case null = 0
        case profileA = 1
        case profileB = 2

        var curve: ConcealmentCurve? {
            switch self {
            case .null: nil
            case .profileA: .curve25519
            case .profileB: .secp256r1
            }
        }
    }

    /// A scheme with the key that it takes, and none for the null scheme.
    private struct Choice {
        var scheme: Scheme
        var key: SUCICalculationInformation.PublicKey?
    }

    /// Why no identifier can be made. It is never sent in clear instead, unless the home network wants it so.
    public enum Problem: Error, Equatable, Sendable {
        /// The IMSI ends where the subscriber's part should begin.
        case noSubscriber
        /// The home network wants schemes, and not one of them is known and has a key of the right size.
        case noUsableScheme
        /// The home network's key is not valid, or the host has no random number.
        case noAgreement
        /// The host's cryptography gave something of the wrong size.
        case cryptography
    }

    /// Conceals an IMSI.
    ///
    /// The first scheme of the list that the card knows and that has its key is taken. A home network that has provisioned no scheme
    /// or no key at all gets the null scheme, as TS 33.501, clause 6.12.2 has it.
    ///
    /// - Parameters:
    ///   - imsi: the identifier.
    ///   - networkCodeDigits: how many digits the network's code has in it, 2 or 3.
    ///   - routingIndicator: of the home network.
    ///   - information: EF.SUCI_Calc_Info.
    ///   - cryptography: the host's.
    ///   - cipher: AES-128.
    public init<C: BlockCipher, Cryptography: ConcealmentCryptography>(
        concealing imsi: IMSI, networkCodeDigits: Int, routingIndicator: RoutingIndicator, information: SUCICalculationInformation,
        using cryptography: inout Cryptography, cipher: C.Type
    ) throws(Problem) {
        let networkDigits = 3 + networkCodeDigits
        guard let home = imsi.plmn(mncDigits: networkCodeDigits), imsi.digits.count > networkDigits else { throw .noSubscriber }
        var subscriber = Digits()
        for index in networkDigits..<imsi.digits.count { _ = subscriber.append(imsi.digits[index]) }
        let plain = BCD.swapped(subscriber, size: (subscriber.count + 1) / 2)
        let choice = try SUCI.choose(information)
        // Type of identity "SUCI", format "IMSI".
        var value: [UInt8] = [0x01]
        value.append(contentsOf: home.bytes)
        value.append(contentsOf: routingIndicator.bytes)
        value.append(choice.scheme.rawValue)
        value.append(choice.key?.identifier ?? 0)
        if let curve = choice.scheme.curve, let key = choice.key {
            value.append(
                contentsOf: try SUCI.conceal(plain, on: curve, for: key.bytes, using: &cryptography, cipher: cipher))
        } else {
            value.append(contentsOf: plain)
        }
        self.value = value
    }

    private static func choose(_ information: SUCICalculationInformation) throws(Problem) -> Choice {
        if information.schemes.isEmpty || information.keys.isEmpty { return Choice(scheme: .null, key: nil) }
        for entry in information.schemes {
            guard let scheme = Scheme(rawValue: entry.identifier) else { continue }
            guard let curve = scheme.curve else { return Choice(scheme: .null, key: nil) }
            let index = Int(entry.keyIndex) - 1
            guard information.keys.indices.contains(index), curve.takes(keySize: information.keys[index].bytes.count) else {
                continue
            }
            return Choice(scheme: scheme, key: information.keys[index])
        }
        throw .noUsableScheme
    }

    /// How many bytes of the MAC go to the network.
    private static let codeSize = 8

    /// The scheme output of profile A or B: ephemeral public key, ciphertext, MAC (TS 33.501, annex C.3.2 and C.3.4).
    static func conceal<C: BlockCipher, Cryptography: ConcealmentCryptography>(
        _ plain: [UInt8], on curve: ConcealmentCurve, for publicKey: [UInt8], using cryptography: inout Cryptography, cipher: C.Type
    ) throws(Problem) -> [UInt8] {
        guard let agreement = cryptography.agree(on: curve, with: publicKey) else { throw .noAgreement }
        guard agreement.ephemeralKey.count == curve.ephemeralKeySize, agreement.secret.count == 32 else { throw .cryptography }
        // A key of low order makes a secret of zeros, which everybody knows (RFC 7748, clause 6.1).
        guard agreement.secret.contains(where: { $0 != 0 }) else { throw .noAgreement }
        // ANSI X9.63 (SEC 1, clause 3.6.1): 16 bytes of encryption key, 16 of initial counter block, 32 of MAC key.
        var keys: [UInt8] = []
        for counter: UInt8 in 1...2 {
            keys += cryptography.sha256(agreement.secret + [0, 0, 0, counter] + agreement.ephemeralKey)
        }
        guard keys.count == 64 else { throw .cryptography }
        let concealed = SUCI.encrypt(plain, counter: Block(keys, at: 16), with: C(key: Block(keys, at: 0)))
        let code = cryptography.hmacSHA256(key: Array(keys[32...]), message: concealed)
        guard code.count == 32 else { throw .cryptography }
        return agreement.ephemeralKey + concealed + code[..<codeSize]
    }

    /// AES in counter mode (NIST SP 800-38A, clause 6.5), the whole block being the counter.
    private static func encrypt<C: BlockCipher>(_ plain: [UInt8], counter: Block, with cipher: C) -> [UInt8] {
        var counter = counter
        var stream = Block.zero
        var output: [UInt8] = []
        output.reserveCapacity(plain.count)
        for (index, byte) in plain.enumerated() {
            if index % Block.size == 0 {
                stream = cipher.encrypt(counter)
                counter.low &+= 1
                if counter.low == 0 { counter.high &+= 1 }
            }
            output.append(byte ^ stream[index % Block.size])
        }
        return output
    }
}
