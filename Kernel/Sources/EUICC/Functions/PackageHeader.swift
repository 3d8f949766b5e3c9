import Wire

/// What the answer to a package repeats of it.
struct PackageHeader {
    var association: EIMAssociation
    var counter: UInt32
    var transaction: [UInt8]?

    /// The longest transaction identifier in bytes.
    static let longestTransaction = 16

    /// eimId, counterValue and eimTransactionId.
    func write(to writer: inout ByteWriter) {
        writer.ber(0x80, association.identifier)
        writer.derInteger(0x81, counter)
        if let transaction { writer.ber(0x82, transaction) }
    }

    /// What is signed together with a package or its result, so that neither fits another association of the same eIM.
    var signedToken: [UInt8] { PackageHeader.signedToken(association.token) }

    static func signedToken(_ token: UInt32?) -> [UInt8] { ByteWriter.written { $0.derInteger(0x84, token ?? 0) } }
}

/// EuiccPackageSigned (GSMA SGP.32, 2.11.1.1).
struct SignedPackage {
    var identifier: [UInt8]
    var eid: ArraySlice<UInt8>
    var counter: Int64
    var transaction: [UInt8]?
    /// psmoList (A0) or ecoList (A1).
    var list: DERObject

    init(_ object: DERObject) throws(CommandError) {
        let parts = try object.children()
        identifier = try parts.one(0x80, in: object.tag).text(most: EIMAssociation.longestName)
        eid = try parts.one(0x5A, in: object.tag).value
        counter = try parts.one(0x81, in: object.tag).integer()
        if let transaction = parts.first(0x82) {
            guard (1...PackageHeader.longestTransaction).contains(transaction.value.count) else { throw transaction.refusal() }
            self.transaction = Array(transaction.value)
        }
        guard let list = parts.first(0xA0) ?? parts.first(0xA1) else { throw .missing(tag: 0xA0, in: object.tag) }
        self.list = list
    }
}
