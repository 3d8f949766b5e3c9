import Cipher

/// TUAK, the second example algorithm set for authentication and key generation, made of Keccak (3GPP TS 35.231).
///
/// A value holds one subscription's key and the sizes that its operator chose; nothing is expanded beforehand.
public struct Tuak: Equatable, Sendable {
    /// The subscriber key K.
    public enum Key: Equatable, Sendable {
        case bits128(Block)
        case bits256(WideBlock)
    }

    /// How long MAC-A and MAC-S are. A network of TS 33.102 knows 64 bits only.
    public enum CodeSize: UInt8, Sendable, CaseIterable {
        case bits64 = 0
        case bits128
        case bits256

        /// In bytes.
        public var size: Int { 8 << Int(rawValue) }
    }

    /// How long RES is. A network of TS 33.102 knows 32 to 128 bits.
    public enum ResponseSize: UInt8, Sendable, CaseIterable {
        case bits32 = 0
        case bits64
        case bits128
        case bits256

        /// In bytes.
        public var size: Int { 4 << Int(rawValue) }
    }

    /// How long CK or IK is. A network of TS 33.102 knows 128 bits only.
    public enum KeySize: UInt8, Sendable, CaseIterable {
        case bits128 = 0
        case bits256

        /// In bytes.
        public var size: Int { 16 << Int(rawValue) }
    }

    /// The sizes of what comes out.
    public struct Sizes: Equatable, Sendable {
        public var code: CodeSize
        public var response: ResponseSize
        public var cipherKey: KeySize
        public var integrityKey: KeySize

        /// Without arguments the sizes of MILENAGE, which every network takes.
        public init(
            code: CodeSize = .bits64, response: ResponseSize = .bits64, cipherKey: KeySize = .bits128,
            integrityKey: KeySize = .bits128
        ) {
            self.code = code
            self.response = response
            self.cipherKey = cipherKey
            self.integrityKey = integrityKey
        }
    }

    /// The subscriber key K.
    public let key: Key
    /// TOPc, derived from K and the operator's TOP.
    public let operatorConstant: WideBlock
    public let sizes: Sizes
    /// How often the permutation is applied, 1 to 255 (TS 35.231, clause 7.2). The operator chooses; TOPc depends on it.
    public let iterations: UInt8

    /// - Parameters:
    ///   - key: the subscriber key K.
    ///   - operatorConstant: TOPc, see ``operatorConstant(key:variant:iterations:)``.
    ///   - sizes: as the operator chose them.
    ///   - iterations: of the permutation; zero counts as one.
    public init(key: Key, operatorConstant: WideBlock, sizes: Sizes = Sizes(), iterations: UInt8 = 1) {
        self.key = key
        self.operatorConstant = operatorConstant
        self.sizes = sizes
        self.iterations = max(1, iterations)
    }

    /// TOPc of a key and the operator's TOP. The permutation is iterated for it just as for the functions.
    public static func operatorConstant(key: Key, variant: WideBlock, iterations: UInt8 = 1) -> WideBlock {
        let output = permuted(
            constant: variant, instance: 0, random: .zero, sequence: 0, management: 0, key: key, iterations: max(1, iterations))
        return wide(output, at: 0)
    }

    /// Which function it is, in bits 0 and 1 of INSTANCE, counted from the most significant one.
    private enum Function: UInt8 {
        case code = 0x00
        case resynchronisationCode = 0x80
        case answer = 0x40
        case resynchronisationKey = 0xC0
    }

    /// The permutation of one input.
    ///
    /// The standard puts its fields into the state bit by bit from the last bit of each on. A lane's lowest bit being its first, every
    /// field lands as the big-endian numbers of its eight-byte parts, last part first.
    private static func permuted(
        constant: WideBlock, instance: UInt8, random: Block, sequence: UInt64, management: UInt16, key: Key, iterations: UInt8
    ) -> Keccak.State {
        var state = Keccak.State(repeating: 0)
        state[0] = constant.low.low
        state[1] = constant.low.high
        state[2] = constant.high.low
        state[3] = constant.high.high
        // ALGONAME, "TUAK1.0" in ASCII, and INSTANCE, whose last bit is set for a long key.
        let name: UInt64 = 0x5455_414B_312E_3000 | UInt64(instance)
        state[5] = random.low
        state[6] = random.high
        state[7] = sequence << 16 | UInt64(management)
        switch key {
        case .bits128(let block):
            state[4] = name
            state[8] = block.low
            state[9] = block.high
        case .bits256(let wide):
            state[4] = name | 1
            state[8] = wide.low.low
            state[9] = wide.low.high
            state[10] = wide.high.low
            state[11] = wide.high.high
        }
        // Padding: bits 768 to 772 and bit 1087.
        state[12] = 0x1F
        state[16] = 1 << 63
        for _ in 0..<iterations { Keccak.permute(&state) }
        return state
    }

    private func permuted(_ function: Function, sizes: UInt8, random: Block, sequence: UInt64, management: UInt16) -> Keccak.State {
        Tuak.permuted(
            constant: operatorConstant, instance: function.rawValue | sizes, random: random, sequence: sequence,
            management: management, key: key, iterations: iterations)
    }

    /// 256 bits of output from a lane on.
    private static func wide(_ state: Keccak.State, at lane: Int) -> WideBlock {
        WideBlock(high: Block(high: state[lane + 3], low: state[lane + 2]), low: Block(high: state[lane + 1], low: state[lane]))
    }

    /// The last `size` bytes of the 256 bits of output from a lane on.
    private static func parameter(_ state: Keccak.State, at lane: Int, size: Int) -> AuthenticationParameter {
        switch size {
        case 4: AuthenticationParameter(firstHalfOf: state[lane] << 32)
        case 8: AuthenticationParameter(state[lane])
        case 16: AuthenticationParameter(Block(high: state[lane + 1], low: state[lane]))
        default: AuthenticationParameter(wide(state, at: lane))
        }
    }

    private func code(_ function: Function, _ random: Block, sequence: UInt64, management: UInt16) -> AuthenticationParameter {
        let output = permuted(
            function, sizes: UInt8(sizes.code.size), random: random, sequence: sequence & 0xFFFF_FFFF_FFFF, management: management)
        return Tuak.parameter(output, at: 0, size: sizes.code.size)
    }
}

extension Tuak: AuthenticationFunctions {
    /// The challenge and what f2 to f5 make of it: one permutation gives all four.
    public struct Opening: Sendable {
        let random: Block
        let answer: AuthenticationAnswer
        let anonymityKey: UInt64
    }

    public var codeSize: Int { sizes.code.size }

    /// f2, f3, f4 and f5.
    public func open(_ random: Block) -> Opening {
        // INSTANCE names the size of RES in bits 2 to 4 (none is set for 32 bits), a long CK in bit 5 and a long IK in bit 6.
        let response = sizes.response == .bits32 ? 0 : UInt8(sizes.response.size)
        let keys: UInt8 = (sizes.cipherKey == .bits256 ? 4 : 0) | (sizes.integrityKey == .bits256 ? 2 : 0)
        let output = permuted(.answer, sizes: response | keys, random: random, sequence: 0, management: 0)
        let answer = AuthenticationAnswer(
            response: Tuak.parameter(output, at: 0, size: sizes.response.size),
            cipherKey: Tuak.parameter(output, at: 4, size: sizes.cipherKey.size),
            integrityKey: Tuak.parameter(output, at: 8, size: sizes.integrityKey.size))
        return Opening(random: random, answer: answer, anonymityKey: output[12] & 0xFFFF_FFFF_FFFF)
    }

    public func answer(_ opening: Opening) -> AuthenticationAnswer { opening.answer }

    public func anonymityKey(_ opening: Opening) -> UInt64 { opening.anonymityKey }

    public func resynchronisationKey(_ opening: Opening) -> UInt64 {
        permuted(.resynchronisationKey, sizes: 0, random: opening.random, sequence: 0, management: 0)[12] & 0xFFFF_FFFF_FFFF
    }

    public func code(_ opening: Opening, sequence: UInt64, management: UInt16) -> AuthenticationParameter {
        code(.code, opening.random, sequence: sequence, management: management)
    }

    public func resynchronisationCode(_ opening: Opening, sequence: UInt64, management: UInt16) -> AuthenticationParameter {
        code(.resynchronisationCode, opening.random, sequence: sequence, management: management)
    }
}
