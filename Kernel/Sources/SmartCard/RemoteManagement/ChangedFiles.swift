import Wire

/// What a REFRESH tells of changed files (TS 102 223, clauses 6.4.7 and 6.6.13).
struct ChangedFiles: Equatable, Sendable {
    /// Command qualifiers (TS 102 223, clause 8.6).
    enum Mode: UInt8, Equatable, Sendable {
        /// NAA initialisation and full file change notification.
        case all = 0x00
        /// File change notification.
        case listed = 0x01
        /// NAA initialisation and file change notification.
        case listedAndInitialised = 0x02
    }

    var mode: Mode
    /// The file list (clause 8.18): full paths from 3F00 on, two bytes for each directory and file; 7FFF stands for the application.
    var paths: [[UInt8]] = []
    /// The application that 7FFF stands for; empty for the USIM, which needs no mention.
    var application: [UInt8] = []

    /// The longest file list, so that the command has at most 256 bytes.
    static let longestList = 200

    func write(to body: inout ByteWriter) {
        if !paths.isEmpty {
            body.comprehension(0x12, [UInt8(truncatingIfNeeded: paths.count)] + paths.flatMap { $0 })
        }
        if !application.isEmpty { body.comprehension(0x2F, required: false, application) }
    }
}

/// What the terminal has not been told yet: files of the profile that it sees, changed behind its back.
struct ChangeNotice: Sendable {
    /// Indices of the files.
    var files: [Int] = []
    /// How often the terminal was busy.
    var refusals = 0

    /// How often it may be.
    static let mostRefusals = 4
}
