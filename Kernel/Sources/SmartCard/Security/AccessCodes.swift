/// The PINs of a card, as it is personalised: both profiles get the same.
public struct AccessCodes: Equatable, Sendable {
    /// A PIN or unblock value of four to eight digits (TS 102 221, clause 9.5.1), padded with FF.
    public struct Code: Equatable, Sendable {
        let bytes: [UInt8]

        /// Nil for anything but four to eight ASCII digits.
        public init?(_ text: String) {
            var bytes = [UInt8](text.utf8)
            guard bytes.count >= 4, bytes.count <= PIN.valueSize, bytes.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
            while bytes.count < PIN.valueSize { bytes.append(0xFF) }
            self.bytes = bytes
        }

        /// Nil for anything but eight bytes: an administrative code may have any.
        public init?(_ bytes: [UInt8]) {
            guard bytes.count == PIN.valueSize else { return nil }
            self.bytes = bytes
        }
    }

    /// The application's PIN, reference 01.
    public var pin: Code
    /// Whether it must be verified. IoT cards usually come with it off.
    public var isPINEnabled: Bool
    public var unblockPIN: Code
    /// The second PIN, reference 81.
    public var secondPIN: Code
    public var unblockSecondPIN: Code
    /// ADM1, reference 0A. It has no unblock value.
    public var administrative: Code
    /// The universal PIN, reference 11, by which DISABLE PIN may replace the application's; nil for a card without one.
    public var universalPIN: Code?
    /// Nil: nothing unblocks the universal PIN.
    public var unblockUniversalPIN: Code?

    /// Wrong tries before a PIN is blocked.
    static let tries: UInt8 = 3
    /// Wrong tries before an unblock value or an administrative code is blocked.
    static let unblockTries: UInt8 = 10

    public init(
        pin: Code, isPINEnabled: Bool, unblockPIN: Code, secondPIN: Code, unblockSecondPIN: Code, administrative: Code,
        universalPIN: Code? = nil, unblockUniversalPIN: Code? = nil
    ) {
        self.pin = pin
        self.isPINEnabled = isPINEnabled
        self.unblockPIN = unblockPIN
        self.secondPIN = secondPIN
        self.unblockSecondPIN = unblockSecondPIN
        self.administrative = administrative
        self.universalPIN = universalPIN
        self.unblockUniversalPIN = unblockUniversalPIN
    }

    func encode(into bytes: inout [UInt8]) {
        let never = [UInt8](repeating: 0xFF, count: PIN.valueSize)
        AccessCodes.encode(0x01, isEnabled: isPINEnabled, tries: AccessCodes.tries, pin, unblockPIN.bytes, into: &bytes)
        AccessCodes.encode(0x81, isEnabled: true, tries: AccessCodes.tries, secondPIN, unblockSecondPIN.bytes, into: &bytes)
        AccessCodes.encode(
            0x0A, isEnabled: true, tries: AccessCodes.unblockTries, administrative, never, unblockTries: 0, into: &bytes)
        if let universalPIN {
            AccessCodes.encode(
                PIN.universal, isEnabled: true, tries: AccessCodes.tries, universalPIN, unblockUniversalPIN?.bytes ?? never,
                unblockTries: unblockUniversalPIN == nil ? 0 : AccessCodes.unblockTries, into: &bytes)
        }
    }

    /// How many PINs ``encode(into:)`` writes.
    var count: Int { universalPIN == nil ? 3 : 4 }

    private static func encode(
        _ reference: UInt8, isEnabled: Bool, tries: UInt8, _ code: Code, _ unblock: [UInt8], unblockTries: UInt8 = unblockTries,
        into bytes: inout [UInt8]
    ) {
        bytes.append(contentsOf: [reference, isEnabled ? 1 : 0, tries, tries, unblockTries, unblockTries, 0, 0])
        bytes.append(contentsOf: code.bytes)
        bytes.append(contentsOf: unblock)
    }
}
