/// A counter of wrong tries: its highest value, and what is left. Both 0 to 15.
public struct TryCounter: Equatable, Sendable {
    public let maximum: UInt8
    public let left: UInt8

    /// From the byte in which a package has both (maxNumOfAttemps-retryNumLeft).
    init(_ byte: UInt8) {
        maximum = byte >> 4
        left = byte & 0xF
    }
}

/// A PIN or administrative code (PINConfiguration).
public struct PINCode: Equatable, Sendable {
    /// The key reference (ETSI TS 102 221, 9.5.1): 01 to 08 PIN, 0A to 0E and 8A to 8E ADM, 81 to 88 second PIN.
    public let reference: UInt8
    /// Eight bytes, filled up with FF.
    public let value: Secret
    /// The PUK that unblocks it; nil if none does.
    public let unblocking: UInt8?
    /// Bit 1: enabled. Bit 2: can be changed. Bit 3: can be disabled and enabled.
    public let attributes: UInt8
    public let tries: TryCounter

    /// Whether it must be presented, when the card comes into use.
    public var isEnabled: Bool { attributes & 1 != 0 }
    /// Whether CHANGE PIN is allowed.
    public var isChangeable: Bool { attributes & 2 != 0 }
    /// Whether DISABLE PIN and ENABLE PIN are allowed.
    public var canBeDisabled: Bool { attributes & 4 != 0 }
}

/// The PINs of a directory (PE-PINCodes).
public enum PINCodes: Equatable, Sendable {
    /// Its own.
    case own([PINCode])
    /// Those of another directory.
    case shared(with: FilePath)
}

/// The PINs that belong to one directory.
public struct DirectoryPINs: Equatable, Sendable {
    public let directory: FilePath
    public let codes: PINCodes
}

/// A code that unblocks PINs (PUKConfiguration).
public struct PUKCode: Equatable, Sendable {
    /// 01 to 08 and 81 to 88; the number by which a ``PINCode`` names it.
    public let reference: UInt8
    /// Eight bytes.
    public let value: Secret
    public let tries: TryCounter
}

/// All codes of a package.
public struct PackageCodes: Equatable, Sendable {
    public internal(set) var pins: [DirectoryPINs] = []
    public internal(set) var puks: [PUKCode] = []
}
