import EUICC

/// What one logical channel has selected (TS 102 221, clauses 8.4 and 8.7).
struct LogicalChannel: Sendable {
    /// How many channels there are, the basic one included. The ATR says the same.
    static let most = 20

    var isOpen = false
    /// The current directory.
    var directory = FileSystem.masterFile
    /// The current elementary file. Naming another one, or the same one again, ends the transfer of a data object.
    var file: Int? { didSet { transfer = nil } }
    /// The current record, 0 while there is none.
    var record = 0
    /// The data object that is being carried over in blocks, which is also the current tag pointer (clause 11.3.0).
    var transfer: DataTransfer?
    /// The application whose session runs on the channel.
    var application: Int?
    /// The ISD-R is selected, which is no file.
    var isDomainSelected = false
    /// The blocks of a STORE DATA command that is not whole yet.
    var blocks = StoreData()

    mutating func select(directory: Int, application: Int?) {
        self.directory = directory
        self.application = application
        file = nil
        record = 0
        leaveDomain()
    }

    mutating func leaveDomain() {
        isDomainSelected = false
        blocks.reset()
    }
}
