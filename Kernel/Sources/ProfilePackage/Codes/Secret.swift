/// Bytes that nobody may read on a screen or in a log: a key, a PIN. Whatever prints it, prints its length alone.
public struct Secret: Hashable, Sendable {
    public let bytes: [UInt8]

    public init(_ bytes: [UInt8]) { self.bytes = bytes }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "(\(bytes.count) secret bytes)" }
    public var debugDescription: String { description }
    // Without this, dump() and the debugger would show the bytes.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
