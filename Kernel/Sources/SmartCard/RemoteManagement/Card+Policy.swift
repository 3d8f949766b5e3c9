extension Card {
    /// Parameters of the switching policy came over the air.
    ///
    /// - Parameter document: the secured data of the packet, which is authentic and newer than all before it.
    /// - Returns: `ok` when they are adopted. Everything that is staged and committed here becomes durable with the packet's counter, in
    ///   one step, or is undone.
    mutating func receivePolicy(_ document: ArraySlice<UInt8>) -> StatusWord {
        .functionNotSupported
    }
}
