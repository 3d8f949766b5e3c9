import Wire

/// What is wrong with the bytes of an ES10 command. Offsets count from the start of the command.
public enum CommandError: Error, Equatable, Sendable {
    /// A data object ends too early, or has no valid tag or length.
    case coding(TLVError)
    /// More than `DERObject.most` data objects in one list.
    case tooManyObjects(offset: Int)
    /// Nothing, or more than one data object, where one command was expected.
    case notOneObject(offset: Int)
    /// A mandatory data object is not there.
    case missing(tag: UInt32, in: UInt32)
    /// The value of this data object is not one that the standard allows.
    case value(tag: UInt32, offset: Int)
}
