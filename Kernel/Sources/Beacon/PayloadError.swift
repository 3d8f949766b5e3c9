import Wire

/// What is wrong with the map inside a heartbeat or an answer.
public enum PayloadError: Error, Equatable, Sendable {
    /// It is no CBOR of the subset that is read, or has an item of another kind than its key asks for.
    case cbor(CBORError)
    /// A key that must be there is not.
    case missing(key: UInt64)
    /// A value that its key may not have; `offset` counts from the start of the payload's array.
    case value(key: UInt64, value: UInt64, offset: Int)
    /// The heartbeat names another card than the one whose keys sealed it.
    case otherCard(CardNumber)
}
