import Cipher

// How an image holds an algorithm: its number at the place that ``ProfileLayout`` names, and the rest at fixed distances from there.
extension AuthenticationAlgorithm {
    /// From the algorithm's number: options, the number of iterations, K and OPc or TOPc.
    private enum Place {
        static let options = 3
        static let iterations = 4
        static let key = 5
        static let operatorConstant = 37
    }

    /// The options of TUAK: RES in bits 1 and 2, MAC in bits 3 and 4, then one bit each for a long CK, IK and K.
    private enum Options {
        static let longCipherKey: UInt8 = 0x10
        static let longIntegrityKey: UInt8 = 0x20
        static let longKey: UInt8 = 0x40
    }

    /// Reads what ``encode(into:at:)`` wrote; nil for anything that it does not write.
    init?(encodedIn bytes: [UInt8], at place: Int) {
        let options = bytes.byte(at: place + Place.options)
        let iterations = bytes.byte(at: place + Place.iterations)
        let key = WideBlock(bytes, at: place + Place.key)
        let constant = WideBlock(bytes, at: place + Place.operatorConstant)
        switch Identifier(rawValue: bytes.byte(at: place)) {
        case nil: return nil
        case .milenage:
            guard options == 0, iterations == 0, key.low == .zero, constant.low == .zero else { return nil }
            self = .milenage(key: key.high, operatorConstant: constant.high)
        case .tuak:
            guard options & 0x80 == 0, iterations > 0, let response = Tuak.ResponseSize(rawValue: options & 3),
                let code = Tuak.CodeSize(rawValue: options >> 2 & 3), options & Options.longKey != 0 || key.low == .zero
            else { return nil }
            let sizes = Tuak.Sizes(
                code: code, response: response, cipherKey: options & Options.longCipherKey == 0 ? .bits128 : .bits256,
                integrityKey: options & Options.longIntegrityKey == 0 ? .bits128 : .bits256)
            self = .tuak(
                Tuak(
                    key: options & Options.longKey == 0 ? .bits128(key.high) : .bits256(key), operatorConstant: constant,
                    sizes: sizes, iterations: iterations))
        case .xor:
            guard iterations == 0, key.low == .zero, constant == WideBlock(high: .zero, low: .zero),
                let response = XORTest.ResponseSize(rawValue: options)
            else { return nil }
            self = .xor(XORTest(key: key.high, responseSize: response))
        }
    }

    /// Writes the algorithm to its places in a profile's header, which are zero until then.
    func encode(into bytes: inout [UInt8], at place: Int) {
        bytes.set(UInt64(identifier.rawValue), at: place, size: 1)
        var options: UInt8 = 0
        switch self {
        case .milenage(let key, let constant):
            bytes.set(key, at: place + Place.key)
            bytes.set(constant, at: place + Place.operatorConstant)
        case .tuak(let tuak):
            options = tuak.sizes.response.rawValue | tuak.sizes.code.rawValue << 2
            if tuak.sizes.cipherKey == .bits256 { options |= Options.longCipherKey }
            if tuak.sizes.integrityKey == .bits256 { options |= Options.longIntegrityKey }
            bytes.set(UInt64(tuak.iterations), at: place + Place.iterations, size: 1)
            switch tuak.key {
            case .bits128(let key): bytes.set(key, at: place + Place.key)
            case .bits256(let key):
                options |= Options.longKey
                bytes.set(key, at: place + Place.key)
            }
            bytes.set(tuak.operatorConstant, at: place + Place.operatorConstant)
        case .xor(let test):
            options = test.responseSize.rawValue
            bytes.set(test.key, at: place + Place.key)
        }
        bytes.set(UInt64(options), at: place + Place.options, size: 1)
    }
}

extension [UInt8] {
    fileprivate mutating func set(_ block: Block, at offset: Int) {
        set(block.high, at: offset, size: 8)
        set(block.low, at: offset + 8, size: 8)
    }

    fileprivate mutating func set(_ wide: WideBlock, at offset: Int) {
        set(wide.high, at: offset)
        set(wide.low, at: offset + Block.size)
    }
}
