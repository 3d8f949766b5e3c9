import Cipher
import EUICC
import Resilience
import SecuredPackets
import SmartCard
import Wire

/// Cards that take secured packets with the keys of ``RemoteSender``.
enum RemoteBench {
    static let narrow = RemoteSender(
        version: 3, ciphering: hex("300102030405060708090a0b0c0d0e0f"), integrity: hex("301102030405060708090a0b0c0d0e0f"))

    static func keys() -> RemoteManagementKeys {
        func keySet(_ sender: RemoteSender, _ rights: RemoteRights) -> RemoteManagementKeys.KeySet {
            RemoteManagementKeys.KeySet(
                version: sender.version, ciphering: Block(sender.ciphering), integrity: Block(sender.integrity), rights: rights)
        }
        return RemoteManagementKeys(
            keySets: [keySet(RemoteSender(), .administrator), keySet(narrow, .pin)],
            applications: [
                .init(RemoteManagementKeys.files, .files(nil)), .init(ToolkitApplicationReference(0xB00012), .files(.primary)),
                .init(ToolkitApplicationReference(0xB00013), .files(.backup)), .init(RemoteManagementKeys.policy, .policy),
            ])
    }

    static func image(isPINEnabled: Bool = false) throws -> CardImage {
        var personalisation = try Workbench.personalisation(isPINEnabled: isPINEnabled)
        personalisation.remoteManagement = keys()
        personalisation.policyKey = PolicyUpdateTests.key
        return try personalisation.image()
    }

    static func card(isPINEnabled: Bool = false) throws -> TestCard {
        var card = try TestCard(image: image(isPINEnabled: isPINEnabled))
        _ = card.reset()
        return card
    }

    /// The same as an eUICC.
    static func euicc() throws -> TestCard {
        var personalisation = try Workbench.personalisation()
        personalisation.remoteManagement = keys()
        personalisation.policyKey = PolicyUpdateTests.key
        personalisation.euicc = EUICCIdentity(
            eid: try EID(DomainTests.eid), notificationAddresses: ["alpha.example", "beta.example"])
        var card = try TestCard(image: personalisation.image())
        _ = card.reset()
        return card
    }

    /// EF.SPN as a script writes it.
    static func name(_ text: String) -> String {
        let bytes = [0x00] + Array(text.utf8)
        return "00A40004026F46" + "00D60000" + Hex.text([UInt8(bytes.count)] + bytes)
    }

    static func name(of card: inout TestCard) -> String {
        card.selectApplication()
        let bytes = card.read("7FFF6F46", count: 17).data.dropFirst().prefix { $0 != 0xFF }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A card with a counter, 2F40, that everybody may increase, two files beside it, and an EF.ICCID that everybody may write.
    static func counting() throws -> CardImage {
        let rule = hex("80010390008401329000")
        typealias File = ProfileContents.File
        var contents = try Blank.contents()
        contents.files = [
            File(0x3F00, in: 0, .masterFile, ruleFile: 0x2F06, ruleRecord: 1),
            File(0x2F06, in: 0, .linearFixed(rule, recordLength: rule.count), ruleFile: 0x2F06, ruleRecord: 1),
            File(0x2F40, in: 0, .cyclic([UInt8](repeating: 0, count: 9), recordLength: 3), ruleFile: 0x2F06, ruleRecord: 1),
            File(0x2F41, in: 0, .transparent([UInt8](repeating: 0, count: 120)), ruleFile: 0x2F06, ruleRecord: 1),
            File(0x2F42, in: 0, .linearFixed([UInt8](repeating: 0, count: 40), recordLength: 20), ruleFile: 0x2F06, ruleRecord: 1),
            File(
                0x2FE2, in: 0, .transparent(try Workbench.subscription(.primary).iccid.coded), ruleFile: 0x2F06, ruleRecord: 1),
            File(0x2F43, in: 0, .transparent([UInt8](repeating: 0, count: 20_000)), ruleFile: 0x2F06, ruleRecord: 1),
        ]
        var personalisation = try Workbench.personalisation()
        personalisation.remoteManagement = RemoteBench.keys()
        personalisation.euicc = EUICCIdentity(eid: try EID(DomainTests.eid))
        return try personalisation.image().replacing(.primary, with: contents)
    }

    /// Increases 2F40 twice and changes the files beside it, in two messages.
    static let script = hex(
        "00A4000C022F40" + "8032000003000001" + "00A4000C022F41" + "00D6000064" + String(repeating: "A5", count: 100)
            + "00A4000C022F42" + "00DC020414" + String(repeating: "5A", count: 20) + "00A4000C022F40" + "8032000003000001"
            + "00C0000006")
}
