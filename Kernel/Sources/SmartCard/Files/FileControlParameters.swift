/// The answer to SELECT and STATUS: what a file is (TS 102 221, clause 11.1.1.3), with the data objects in the standard's order.
struct FileControlParameters {
    /// Writes the template of a file.
    static func write(_ file: Int, of files: FileSystem, security: SecurityStatus, image: [UInt8], into response: inout [UInt8]) {
        let node = files.nodes[file]
        response.append(0x62)
        response.append(0)
        let start = response.count
        switch node.kind {
        case .mf, .df, .adf, .transparent, .berTLV, .internal: append(0x82, node.kind.descriptor, 0x21, to: &response)
        case .linearFixed, .cyclic:
            response.append(0x82)
            response.append(5)
            response.append(node.kind.descriptor)
            response.append(0x21)
            response.append(UInt64(node.recordLength), size: 2)
            response.append(UInt8(truncatingIfNeeded: node.records))
        }
        append(0x83, UInt8(truncatingIfNeeded: node.identifier >> 8), UInt8(truncatingIfNeeded: node.identifier), to: &response)
        if node.kind == .adf {
            response.append(0x84)
            response.append(UInt8(truncatingIfNeeded: node.size))
            response.append(contentsOf: image[node.range])
        }
        if node.kind == .mf {
            // UICC characteristics: clock stop allowed, no preferred level; supply voltage as in the ATR (clause 11.1.1.4.6.1).
            response.append(contentsOf: [0xA5, 0x03, 0x80, 0x01, 0x71])
        }
        if node.kind == .berTLV {
            // Objects are coded as DER says; room is set aside for as much as the file may hold (clauses 11.1.1.4.6.5 to 11.1.1.4.6.7).
            let room = DataObjects.capacity(of: node)
            response.append(contentsOf: [0xA5, 0x0B, 0x84, 0x01, 0x01, 0x85, 0x02])
            response.append(UInt64(room), size: 2)
            response.append(contentsOf: [0x86, 0x02])
            response.append(UInt64(room), size: 2)
        }
        response.append(contentsOf: [0x8A, 0x01, node.lifeCycle])
        writeRule(of: node, into: &response)
        if node.kind.isDirectory {
            security.writeTemplate(into: &response)
        } else {
            // Of a BER-TLV structure EF, what its objects take; with what the structure takes besides, it is the total size.
            let size = node.kind == .berTLV ? DataObjects(node, in: image).range.count : node.size
            append(0x80, UInt8(truncatingIfNeeded: size >> 8), UInt8(truncatingIfNeeded: size), to: &response)
            if node.kind == .berTLV {
                append(0x81, UInt8(truncatingIfNeeded: node.size >> 8), UInt8(truncatingIfNeeded: node.size), to: &response)
            }
            if node.shortIdentifier == 0 {
                // An absent object would make the identifier's low five bits the short identifier.
                response.append(0x88)
                response.append(0)
            } else {
                response.append(contentsOf: [0x88, 0x01, node.shortIdentifier << 3])
            }
        }
        response[start - 1] = UInt8(truncatingIfNeeded: response.count - start)
    }

    /// The reference to EF.ARR: a record that holds always, or one for each security environment that has one (clause 11.1.1.4.7.3).
    private static func writeRule(of node: FileNode, into response: inout [UInt8]) {
        response.append(0x8B)
        let place = response.count
        response.append(3)
        response.append(UInt64(node.ruleFile), size: 2)
        if node.disabledRecord == 0 {
            response.append(node.ruleRecord)
            return
        }
        if node.ruleRecord != FileNode.noRecord { response.append(contentsOf: [0x01, node.ruleRecord]) }
        if node.disabledRecord != FileNode.noRecord { response.append(contentsOf: [0x00, node.disabledRecord]) }
        response[place] = UInt8(truncatingIfNeeded: response.count - place - 1)
    }

    private static func append(_ tag: UInt8, _ first: UInt8, _ second: UInt8, to response: inout [UInt8]) {
        response.append(tag)
        response.append(2)
        response.append(first)
        response.append(second)
    }
}
