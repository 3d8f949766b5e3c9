/// What is wrong with a CBOR item, and where (an offset from the start of the whole array).
public enum CBORError: Error, Equatable, Sendable {
    /// The item goes on past the end.
    case truncated(Truncation)
    /// An item of another kind was expected.
    case kind(expected: CBORKind, came: CBORKind, offset: Int)
    /// The initial byte is reserved (additional information 28 to 30), or starts an item that this subset leaves out: a tag, a float, a
    /// simple value other than false, true and null, or an item of indefinite length.
    case unsupported(byte: UInt8, offset: Int)
    /// A number is not in its shortest form (RFC 8949, 4.2.1).
    case notShortest(offset: Int)
    /// A number, a length or a count is larger than is allowed here.
    case tooLarge(value: UInt64, limit: UInt64, offset: Int)
    /// A text is not UTF-8.
    case notUTF8(offset: Int)
    /// A map's key does not come after the one before it in the order of their bytes (RFC 8949, 4.2.1): out of order, or there twice.
    case keyOrder(offset: Int)
    /// Arrays and maps lie deeper in one another than is allowed.
    case tooDeep(limit: Int, offset: Int)
    /// Bytes follow the item.
    case trailing(bytes: Int, offset: Int)
}

/// The kinds of items that this subset of CBOR has.
public enum CBORKind: UInt8, Equatable, Sendable {
    case uint, nint, bytes, text, array, map, bool, null
}
