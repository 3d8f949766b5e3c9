/// Commands and answers in the order in which one card gets them. They were made with asn1tools, a general DER encoder, from the types of
/// RSPDefinitions and SGP32Definitions as Wireshark carries them (GSMA SGP.22 and SGP.32), so that tags and forms do not come from the
/// code under test. Signatures are those of `TestSignatures`.
enum ES10Vectors {
    typealias Step = (name: String, command: String, answer: String)

    static let eid = "89049032004008882600000000000173"
    static let fileControlInformation = "6f258410a0000005591010ffffffff8900000100a5049f6501ffe0058203020500e10480020640"
    /// One card's life: each group goes on where the one before it ended.
    static let steps = configuration + profiles + switches + eIMs + packages + operations
}
