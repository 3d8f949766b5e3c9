/// A file while it is read: what the package says of it, beside what the template says.
struct FileDraft {
    /// Where the package has it, with its name.
    let node: Node
    var control = FileControl()
    /// What is written into the new file.
    var chunks: [FileChunk] = []
    var row: Template.Row?

    /// What the file is.
    func kind(isLink: Bool) throws(PackageError) -> PackageFile.Kind {
        var sort: Template.Row.Kind
        if let byte = control.descriptor.first {
            // ETSI TS 102 221, 11.1.1.4.3. The file type "internal EF" is a working EF to whoever loads it.
            switch byte & 0xBF {
            case 0x38: sort = control.application != nil ? .application : .dedicated
            case 0x39: sort = .berTLV
            case 0x01, 0x09: sort = .transparent
            case 0x02, 0x0A: sort = .linearFixed
            case 0x06, 0x0E: sort = .cyclic
            default: throw node.error(.value(of: "fileDescriptor", value: Int(byte)))
            }
            if let row, [.masterFile, .dedicated, .application].contains(row.kind) {
                guard sort == .dedicated || sort == .application else {
                    throw node.error(.value(of: "fileDescriptor", value: Int(byte)))
                }
                sort = row.kind
            }
        } else if let row {
            sort = row.kind
        } else {
            throw node.error(.missing("fileDescriptor"))
        }
        // What a template says of sizes holds for the sort of file that it names only.
        let row = row?.kind == sort ? row : nil
        switch sort {
        case .masterFile: return .masterFile
        case .dedicated: return .dedicated
        case .application: return .application
        case .transparent: return .transparent
        case .linearFixed, .cyclic:
            let length = try recordLength(row)
            let records = try records(of: length, row, isLink: isLink)
            return sort == .cyclic
                ? .cyclic(recordLength: length, records: records) : .linearFixed(recordLength: length, records: records)
        case .berTLV:
            return .berTLV(reserved: control.size ?? 0, maximum: control.maximumSize ?? control.size)
        }
    }

    private func recordLength(_ row: Template.Row?) throws(PackageError) -> Int {
        // Byte 1 is the descriptor, byte 2 its coding; then comes the length in one or two bytes (TS 102 221, 11.1.1.4.3), and in some
        // packages the number of records, which follows from the size.
        let descriptor = control.descriptor
        let length: Int
        switch descriptor.count {
        case 0...2:
            guard let size = row?.size else { throw node.error(.missing("the record length in fileDescriptor")) }
            length = size
        case 3: length = Int(descriptor[2])
        default: length = Int(descriptor[2]) << 8 | Int(descriptor[3])
        }
        guard length > 0 else { throw node.error(.value(of: "the record length in fileDescriptor", value: 0)) }
        guard length <= PackageLimit.recordLength.maximum else { throw node.error(.limit(.recordLength, value: length)) }
        return length
    }

    private func records(of length: Int, _ row: Template.Row?, isLink: Bool) throws(PackageError) -> Int {
        guard let size = control.size else {
            if let records = row?.records { return records }
            guard isLink else { throw node.error(.missing("efFileSize")) }
            return 0
        }
        guard size % length == 0 else { throw node.error(.value(of: "efFileSize, for records of \(length) bytes,", value: size)) }
        guard size / length <= PackageLimit.records.maximum else { throw node.error(.limit(.records, value: size / length)) }
        return size / length
    }

    /// What is in a file of this kind.
    ///
    /// - Parameter blank: the byte that a new file holds where nothing says otherwise (ETSI TS 102 222, 6.3.2.2.2: FF).
    func content(of kind: PackageFile.Kind, blank: UInt8) throws(PackageError) -> [UInt8] {
        let pattern = control.fill ?? row?.fill ?? .fill([blank])
        var content: [UInt8]
        switch kind {
        case .masterFile, .dedicated, .application:
            guard chunks.isEmpty else { throw node.error(.order("a directory has no content")) }
            return []
        case .transparent:
            guard let size = control.size ?? (row?.kind == .transparent ? row?.size : nil) else {
                throw node.error(.missing("efFileSize"))
            }
            content = pattern.expanded(to: size)
        case .linearFixed(let length, let records), .cyclic(let length, let records):
            let record = pattern.expanded(to: length)
            content = []
            content.reserveCapacity(length * records)
            for _ in 0..<records { content += record }
        case .berTLV:
            return try joined()
        }
        var place = 0
        for chunk in chunks {
            place += chunk.offset
            let end = place + chunk.bytes.count
            guard end <= content.count else { throw chunk.node.error(.overflow(size: content.count, end: end)) }
            content.replaceSubrange(place..<end, with: chunk.bytes)
            place = end
        }
        return content
    }

    /// Data objects one after the other: a BER-TLV file has no places to leave out.
    private func joined() throws(PackageError) -> [UInt8] {
        var content: [UInt8] = []
        for chunk in chunks {
            guard chunk.offset == 0 else { throw chunk.node.error(.order("a BER-TLV file has no offsets")) }
            content += chunk.bytes
        }
        let maximum = control.maximumSize ?? control.size ?? PackageLimit.fileSize.maximum
        guard content.count <= maximum else { throw node.error(.overflow(size: maximum, end: content.count)) }
        return content
    }
}
