/// What a command wants to do with an elementary file, as a bit of the access mode byte (TS 102 221, clause 9.2.2; ISO/IEC 7816-4,
/// table 17).
enum AccessMode: UInt8, Sendable {
    case read = 0x01
    case update = 0x02
    case activate = 0x08
    case deactivate = 0x10
    /// INCREASE has no bit: a rule names its instruction.
    case increase = 0x00

    /// The instruction by which a rule may name this besides (tag 84).
    var instruction: Instruction? {
        switch self {
        case .increase: .increase
        case .activate: .activateFile
        case .deactivate: .deactivateFile
        case .read, .update: nil
        }
    }
}

/// A rule in the expanded format, one record of EF.ARR (TS 102 221, clause 9.2.4): access mode objects, each followed by the
/// condition under which it is allowed. What cannot be read or is not known allows nothing.
enum AccessRule {
    /// How deep OR and AND templates may be nested.
    static let deepest = 4

    /// Whether the rule in `range` of the image allows this mode now.
    static func allows(_ mode: AccessMode, by range: Range<Int>, in image: [UInt8], security: SecurityStatus) -> Bool {
        var position = range.lowerBound
        while let accessMode = element(at: &position, until: range.upperBound, in: image) {
            guard let condition = element(at: &position, until: range.upperBound, in: image) else { return false }
            if names(accessMode, mode, in: image), holds(condition, in: image, security: security, depth: 0) { return true }
        }
        return false
    }

    /// The access condition as a SIM has it (TS 51.011, clause 9.3): 0 always, 1 CHV1, 2 CHV2, 4 an administrator, 15 never. What a
    /// SIM cannot say is said as never.
    static func level(of mode: AccessMode, by range: Range<Int>, in image: [UInt8]) -> UInt8 {
        var position = range.lowerBound
        var lowest: UInt8 = 0x0F
        while let accessMode = element(at: &position, until: range.upperBound, in: image) {
            guard let condition = element(at: &position, until: range.upperBound, in: image) else { break }
            if names(accessMode, mode, in: image) { lowest = min(lowest, level(of: condition, in: image)) }
        }
        return lowest
    }

    private static func level(of condition: Element, in image: [UInt8]) -> UInt8 {
        var position = condition.value.lowerBound
        switch condition.tag {
        case 0x90: return 0x00
        case 0xA4:
            while let object = element(at: &position, until: condition.value.upperBound, in: image) {
                guard object.tag == 0x83, object.value.count == 1 else { continue }
                switch image[object.value.lowerBound] {
                case 0x01: return 0x01
                case 0x81: return 0x02
                case 0x0A...0x0E: return 0x04
                default: return 0x0F
                }
            }
            return 0x0F
        default: return 0x0F
        }
    }

    /// Whether an access mode object is about this: by a bit of the access mode byte (tag 80), or by an instruction (tag 84).
    private static func names(_ object: Element, _ mode: AccessMode, in image: [UInt8]) -> Bool {
        switch object.tag {
        case 0x80:
            guard object.value.count == 1 else { return false }
            let bits = image[object.value.lowerBound]
            return bits & 0x80 == 0 && bits & mode.rawValue != 0
        case 0x84:
            guard let instruction = mode.instruction else { return false }
            return image[object.value].contains(instruction.rawValue)
        default: return false
        }
    }

    private struct Element {
        var tag: UInt8
        var value: Range<Int>
    }

    private static func element(at position: inout Int, until end: Int, in image: [UInt8]) -> Element? {
        // FF and 00 pad the record.
        guard end - position >= 2, image[position] != 0xFF, image[position] != 0x00 else { return nil }
        let tag = image[position]
        var length = Int(image[position + 1])
        position += 2
        if length == 0x81 {
            guard position < end else { return nil }
            length = Int(image[position])
            position += 1
        } else if length > 0x7F {
            return nil
        }
        guard length <= end - position else { return nil }
        defer { position += length }
        return Element(tag: tag, value: position..<position + length)
    }

    private static func holds(_ condition: Element, in image: [UInt8], security: SecurityStatus, depth: Int) -> Bool {
        guard depth < deepest else { return false }
        var position = condition.value.lowerBound
        let end = condition.value.upperBound
        switch condition.tag {
        case 0x90: return condition.value.isEmpty
        case 0xA4:
            var reference: UInt8?
            var isUserAuthentication = false
            while let object = element(at: &position, until: end, in: image) {
                guard object.value.count == 1 else { return false }
                let value = image[object.value.lowerBound]
                if object.tag == 0x83 { reference = value }
                if object.tag == 0x95 { isUserAuthentication = value == 0x08 }
            }
            guard let reference, isUserAuthentication else { return false }
            return security.isSatisfied(reference)
        case 0xA0:
            while let object = element(at: &position, until: end, in: image) {
                if holds(object, in: image, security: security, depth: depth + 1) { return true }
            }
            return false
        case 0xAF:
            guard !condition.value.isEmpty else { return false }
            while let object = element(at: &position, until: end, in: image) {
                if !holds(object, in: image, security: security, depth: depth + 1) { return false }
            }
            return position == end
        default: return false
        }
    }
}
