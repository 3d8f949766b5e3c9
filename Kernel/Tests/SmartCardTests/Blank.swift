import Cipher
import Resilience
import SmartCard
import Wire

/// A profile of few files, for what the profiles that we write ourselves do not have.
enum Blank {
    /// Records of its EF.ARR: reading and updating always; reading always and updating with PIN 1; both with PIN 1; both with the
    /// universal PIN.
    static let rules = [
        "8001039000", "80010190008001 02A406830101950108".replacingSpaces, "800103A406830101950108", "800103A406830111950108",
    ]

    /// 2F30 holds data objects and is everybody's, 2F31 is updated with PIN 1, 2F32 is a link to 2F30. 2F33 is ruled by record 3 while
    /// the PIN is on and by record 4 while it is off, 2F34 by record 3 and by none.
    static func contents(objects: [UInt8] = [], maximumSize: Int = 600) throws -> ProfileContents {
        struct NoCode: Error {}
        func code(_ reference: UInt8, _ digits: String, isEnabled: Bool = true) throws -> ProfileContents.Code {
            guard let value = AccessCodes.Code(digits) else { throw NoCode() }
            return ProfileContents.Code(reference: reference, isEnabled: isEnabled, tries: 3, mostTries: 3, value: value)
        }
        let records = rules.flatMap { hex($0) + [UInt8](repeating: 0xFF, count: 24 - $0.count / 2) }
        typealias File = ProfileContents.File
        var contents = ProfileContents(
            files: [
                File(0x3F00, in: 0, .masterFile, ruleFile: 0x2F06, ruleRecord: 1),
                File(0x2F06, in: 0, .linearFixed(records, recordLength: 24), shortIdentifier: 6, ruleFile: 0x2F06, ruleRecord: 1),
                File(
                    0x2F30, in: 0, .berTLV(objects, maximumSize: maximumSize), shortIdentifier: 5, ruleFile: 0x2F06, ruleRecord: 1),
                File(0x2F31, in: 0, .berTLV([0x80, 0x00], maximumSize: 10), ruleFile: 0x2F06, ruleRecord: 2),
                File(0x2F32, in: 0, .link(2), ruleFile: 0x2F06, ruleRecord: 1),
                File(0x2F33, in: 0, .transparent([0x33]), ruleFile: 0x2F06, ruleRecord: 3, disabledRuleRecord: 4),
                File(0x2F34, in: 0, .transparent([0x34]), ruleFile: 0x2F06, ruleRecord: 3, disabledRuleRecord: File.noRule),
                File(0x2F35, in: 0, .transparent([0x35]), ruleFile: 0x2F06, ruleRecord: 3),
            ], codes: [try code(0x01, "1234"), try code(0x11, "9876")],
            algorithm: .milenage(key: Workbench.key, operatorConstant: Workbench.operatorConstant))
        contents.addCardDirectory()
        return contents
    }

    static func card(objects: [UInt8] = [], maximumSize: Int = 600) throws -> TestCard {
        let image = try Workbench.personalisation().image()
        var card = try TestCard(
            image: image.replacing(.primary, with: contents(objects: objects, maximumSize: maximumSize)))
        _ = card.reset()
        return card
    }
}

extension String {
    var replacingSpaces: String { String(filter { $0 != " " }) }
}
