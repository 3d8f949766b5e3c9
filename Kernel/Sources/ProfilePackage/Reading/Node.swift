import Wire

/// A data object in its place in the package, with the name of what it is for errors.
struct Node {
    /// The whole package.
    let bytes: [UInt8]
    let tag: UInt32
    /// Where its tag starts.
    let offset: Int
    /// Where its value lies.
    let range: Range<Int>
    /// The element, and the field in it.
    var name: String

    var isConstructed: Bool {
        let first = tag > 0xFFFF ? tag >> 16 : tag > 0xFF ? tag >> 8 : tag
        return first & 0x20 != 0
    }

    /// The number of a context-specific tag; nil for other tags.
    var number: Int? {
        switch tag {
        case 0x80...0xBF: tag & 0x1F == 0x1F ? nil : Int(tag & 0x1F)
        case 0x9F00...0x9F7F, 0xBF00...0xBF7F: Int(tag & 0x7F)
        case 0x9F_8000...0x9F_FFFF, 0xBF_8000...0xBF_FFFF: Int(tag >> 8 & 0x7F) << 7 | Int(tag & 0x7F)
        default: nil
        }
    }

    func error(_ problem: PackageError.Problem) -> PackageError {
        PackageError(element: name, offset: offset, problem: problem)
    }

    /// What it is made of.
    func children() throws(PackageError) -> [Node] {
        guard isConstructed else { throw error(.primitive) }
        return try Node.all(in: bytes, range, name: name)
    }

    /// All data objects in a part of the package.
    static func all(in bytes: [UInt8], _ range: Range<Int>, name: String) throws(PackageError) -> [Node] {
        var reader = ByteReader(bytes, in: range)
        var nodes: [Node] = []
        while !reader.isAtEnd {
            let offset = reader.offset
            do throws(TLVError) {
                guard let object = try reader.berTLV() else { break }
                nodes.append(Node(bytes: bytes, tag: object.tag, offset: offset, range: object.range, name: name))
            } catch {
                throw PackageError(element: name, offset: offset, problem: .coding(error))
            }
        }
        return nodes
    }

    /// Goes through everything in it, so that what nobody reads is sound and bounded too.
    func walk() throws(PackageError) {
        // The ends of the data objects that are open.
        var ends = [range.upperBound]
        var reader = ByteReader(bytes, in: range)
        while let end = ends.last {
            let offset = reader.offset
            guard offset < end else {
                ends.removeLast()
                continue
            }
            do throws(TLVError) {
                guard let object = try reader.berTLV() else { return }
                guard object.range.upperBound <= end else {
                    let left = max(0, end - object.range.lowerBound)
                    throw .truncated(Truncation(needed: object.range.count, left: left, offset: object.range.lowerBound))
                }
                guard object.isConstructed else { continue }
                ends.append(object.range.upperBound)
                reader = ByteReader(bytes, in: object.range.lowerBound..<range.upperBound)
            } catch {
                throw PackageError(element: name, offset: offset, problem: .coding(error))
            }
            guard ends.count <= PackageLimit.nesting.maximum else {
                throw PackageError(element: name, offset: offset, problem: .limit(.nesting, value: ends.count))
            }
        }
    }

    /// The fields of a SEQUENCE.
    func fields() throws(PackageError) -> Fields { Fields(of: self, nodes: try children()) }

    /// The value of an OCTET STRING.
    func octets(_ field: String, _ allowed: ClosedRange<Int>) throws(PackageError) -> [UInt8] {
        guard allowed.contains(range.count) else { throw error(.length(of: field, bytes: range.count, allowed: allowed)) }
        return Array(bytes[range])
    }

    /// The value of an OCTET STRING of one byte.
    func octet(_ field: String) throws(PackageError) -> UInt8 { try octets(field, 1...1)[0] }

    /// The value of an OCTET STRING that is a big-endian number.
    func number(_ field: String, _ allowed: ClosedRange<Int>) throws(PackageError) -> UInt64 {
        try octets(field, allowed).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// The value of an INTEGER that is not negative.
    func integer(_ field: String, upTo maximum: Int) throws(PackageError) -> Int {
        let bytes = try octets(field, 1...5)
        guard bytes[0] & 0x80 == 0 else { throw error(.value(of: field, value: Int(bytes[0]) - 256)) }
        let value = bytes.reduce(0) { $0 << 8 | Int($1) }
        guard value <= maximum else { throw error(.value(of: field, value: value)) }
        return value
    }

    /// The value of an OBJECT IDENTIFIER.
    func objectIdentifier(_ field: String) throws(PackageError) -> TemplateIdentifier {
        var arcs: [UInt32] = []
        var arc: UInt32 = 0
        var isOpen = false
        for byte in try octets(field, 1...32) {
            // Four bytes of seven bits are more than any number that is in use.
            guard arc < 1 << 21 else { throw error(.value(of: field, value: Int(arc))) }
            arc = arc << 7 | UInt32(byte & 0x7F)
            isOpen = byte & 0x80 != 0
            if isOpen { continue }
            if arcs.isEmpty {
                let first = min(arc / 40, 2)
                arcs = [first, arc - 40 * first]
            } else {
                arcs.append(arc)
            }
            arc = 0
        }
        guard !isOpen else { throw error(.value(of: field, value: Int(arc))) }
        return TemplateIdentifier(arcs)
    }

    /// Text in UTF-8.
    func text(_ field: String, _ allowed: ClosedRange<Int>) throws(PackageError) -> String {
        String(decoding: try octets(field, allowed), as: UTF8.self)
    }
}

/// The fields of a SEQUENCE with automatic tags. Fields that are not asked for are left alone: later versions may add some.
struct Fields {
    let parent: Node
    let nodes: [Node]

    init(of parent: Node, nodes: [Node]) {
        self.parent = parent
        self.nodes = nodes
    }

    /// The field with this tag, if it is there.
    subscript(tag: UInt32) -> Node? { nodes.first { $0.tag == tag } }

    /// The field with this tag.
    func required(_ tag: UInt32, _ field: String) throws(PackageError) -> Node {
        guard let node = self[tag] else { throw parent.error(.missing(field)) }
        return node
    }
}
