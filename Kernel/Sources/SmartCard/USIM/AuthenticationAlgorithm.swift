import Cipher

/// How a subscription authenticates: the algorithm with the key material that belongs to it.
public enum AuthenticationAlgorithm: Equatable, Sendable {
    /// MILENAGE (TS 35.206) with K and OPc. Its constants are those of the standard, and RES has 64 bits.
    case milenage(key: Block, operatorConstant: Block)
    /// TUAK (TS 35.231).
    case tuak(Tuak)
    /// The test algorithm (TS 34.108, clause 8.1.2): never for a live subscription.
    case xor(XORTest)

    /// The algorithms, numbered as eUICC profile packages and card images number them.
    public enum Identifier: UInt8, Sendable, CaseIterable {
        case milenage = 1
        case tuak = 2
        case xor = 3
    }

    public var identifier: Identifier {
        switch self {
        case .milenage: .milenage
        case .tuak: .tuak
        case .xor: .xor
        }
    }
}

/// Why parameters are not those of an authentication algorithm.
public enum AuthenticationAlgorithmError: Error, Equatable, Sendable {
    /// Neither 1 (MILENAGE), 2 (TUAK) nor 3 (test algorithm).
    case unknownAlgorithm(came: UInt8)
    /// The options name a size that the algorithm does not have.
    case options(came: UInt8)
    /// K does not have so many bytes; for TUAK 16 or 32, else 16.
    case keyLength(came: Int)
    /// OPc does not have 16 bytes, or TOPc not 32.
    case operatorConstantLength(expected: Int, came: Int)
    /// TUAK with no iteration at all.
    case noIteration
}

extension AuthenticationAlgorithm {
    /// The algorithm that a profile package's AlgoParameter describes (TCA eUICC Profile Package, PE-AKAParameter).
    ///
    /// - Parameters:
    ///   - identifier: algorithmID.
    ///   - options: algorithmOptions. Bits 1 to 3: RES of 32, 64, 128 or 256 bits; bits 4 to 6: MAC of 64, 128 or 256 bits; bit 7: CK
    ///     and IK of 256 bits. MILENAGE has none of these options and ignores them; of the test algorithm only RES counts.
    ///   - key: K.
    ///   - operatorConstant: OPc or TOPc; the test algorithm ignores it.
    ///   - iterations: numberOfKeccak; only TUAK regards it.
    public init(
        identifier: UInt8, options: UInt8, key: [UInt8], operatorConstant: [UInt8], iterations: UInt8 = 1
    ) throws(AuthenticationAlgorithmError) {
        switch Identifier(rawValue: identifier) {
        case nil: throw .unknownAlgorithm(came: identifier)
        case .milenage:
            guard let key = Block(exactly: key) else { throw .keyLength(came: key.count) }
            guard let constant = Block(exactly: operatorConstant) else {
                throw .operatorConstantLength(expected: Block.size, came: operatorConstant.count)
            }
            self = .milenage(key: key, operatorConstant: constant)
        case .tuak:
            guard options & 0x80 == 0, let response = Tuak.ResponseSize(rawValue: options & 7),
                let code = Tuak.CodeSize(rawValue: options >> 3 & 7)
            else { throw .options(came: options) }
            guard iterations > 0 else { throw .noIteration }
            guard let constant = WideBlock(exactly: operatorConstant) else {
                throw .operatorConstantLength(expected: WideBlock.size, came: operatorConstant.count)
            }
            let long: Tuak.KeySize = options & 0x40 == 0 ? .bits128 : .bits256
            self = .tuak(
                Tuak(
                    key: try AuthenticationAlgorithm.tuakKey(key), operatorConstant: constant,
                    sizes: Tuak.Sizes(code: code, response: response, cipherKey: long, integrityKey: long), iterations: iterations))
        case .xor:
            guard let response = XORTest.ResponseSize(rawValue: options & 7) else { throw .options(came: options) }
            guard let key = Block(exactly: key) else { throw .keyLength(came: key.count) }
            self = .xor(XORTest(key: key, responseSize: response))
        }
    }

    private static func tuakKey(_ bytes: [UInt8]) throws(AuthenticationAlgorithmError) -> Tuak.Key {
        if let short = Block(exactly: bytes) { return .bits128(short) }
        if let long = WideBlock(exactly: bytes) { return .bits256(long) }
        throw .keyLength(came: bytes.count)
    }
}
