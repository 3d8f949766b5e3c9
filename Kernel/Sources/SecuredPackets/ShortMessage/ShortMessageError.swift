import Wire

/// What is wrong with a short message.
public enum ShortMessageError: Error, Equatable, Sendable {
    /// The message ends too early.
    case truncated(Truncation)
    /// The message type (bits 1 and 2 of the first byte) is not SMS-DELIVER, 0.
    case messageType(UInt8)
    /// The address says more than twenty digits.
    case addressLength(digits: UInt8)
    /// The user data length says another number of bytes than there are, or more than 140.
    case userDataLength(says: Int, has: Int)
    /// The user data header is longer than the user data, or one of its elements longer than the header.
    case header(offset: Int)
    /// A message has more parts than are put together here.
    case parts(total: Int, limit: Int)
    /// The packet does not fit into 255 messages.
    case tooLong(length: Int, limit: Int)
}
