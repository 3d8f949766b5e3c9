import Cipher

/// The functions of any ``AuthenticationAlgorithm``, ready for use.
public enum Authenticator<C: BlockCipher>: Sendable {
    case milenage(Milenage<C>)
    case tuak(Tuak)
    case xor(XORTest)

    /// Expands the key of an algorithm that needs it expanded.
    public init(_ algorithm: AuthenticationAlgorithm) {
        switch algorithm {
        case .milenage(let key, let constant): self = .milenage(Milenage(key: key, operatorConstant: constant))
        case .tuak(let tuak): self = .tuak(tuak)
        case .xor(let test): self = .xor(test)
        }
    }

    /// The vector for a challenge, as an authentication centre makes it; see ``AuthenticationFunctions/vector(random:sequence:management:)``.
    public func vector(random: Block, sequence: UInt64, management: UInt16) -> AuthenticationVector {
        switch self {
        case .milenage(let functions): functions.vector(random: random, sequence: sequence, management: management)
        case .tuak(let functions): functions.vector(random: random, sequence: sequence, management: management)
        case .xor(let functions): functions.vector(random: random, sequence: sequence, management: management)
        }
    }

    /// The SQN that a card reports in AUTS; see ``AuthenticationFunctions/resynchronise(_:random:)``.
    public func resynchronise(_ auts: [UInt8], random: Block) -> UInt64? {
        switch self {
        case .milenage(let functions): functions.resynchronise(auts, random: random)
        case .tuak(let functions): functions.resynchronise(auts, random: random)
        case .xor(let functions): functions.resynchronise(auts, random: random)
        }
    }
}

extension Authenticator {
    /// The functions of the profile at this place of an image.
    init(_ bytes: [UInt8], layout: ProfileLayout) {
        // The layout was refused if this were nil; keys of zero let no challenge of an operator through.
        self.init(
            AuthenticationAlgorithm(encodedIn: bytes, at: layout.algorithm)
                ?? .milenage(key: .zero, operatorConstant: .zero))
    }
}
