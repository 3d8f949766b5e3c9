import Regulation
import Wire

/// Reads the fields of one record, and remembers what is wrong with them.
struct FieldParser {
    let record: InventoryRecord
    var issues: IssueList
    var failed = false

    mutating func fault(_ field: InventoryField, _ problem: String, _ remedy: String) {
        failed = true
        issues.add(record.place, field, problem, remedy)
    }

    private mutating func required(_ field: InventoryField) -> String? {
        if let text = record[field] { return text }
        fault(field, "no value", "Fill it in")
        return nil
    }

    mutating func name(_ field: InventoryField) -> String? {
        guard let text = required(field) else { return nil }
        return checked(text, field)
    }

    mutating func optionalName(_ field: InventoryField) -> String? {
        guard let text = record[field] else { return nil }
        return checked(text, field)
    }

    private mutating func checked(_ text: String, _ field: InventoryField) -> String? {
        guard text.utf8.count <= ImportLimit.nameBytes else {
            fault(field, "\(text.utf8.count) bytes, expected at most \(ImportLimit.nameBytes)", "Shorten it")
            return nil
        }
        let hidden = text.unicodeScalars.contains {
            $0.properties.generalCategory == .control || $0.properties.generalCategory == .format
        }
        guard !hidden else {
            fault(field, "a character that cannot be seen, in \(text.quoted)", "Remove it")
            return nil
        }
        guard text.first?.isWhitespace != true, text.last?.isWhitespace != true else {
            fault(field, "a space before or after \(text.quoted)", "Remove it")
            return nil
        }
        return text
    }

    mutating func tags() -> [String] {
        guard let text = record[.tags] else { return [] }
        let words = text.split(separator: " ").map { String($0) }
        guard words.count <= ImportLimit.tags else {
            fault(.tags, "\(words.count) tags, expected at most \(ImportLimit.tags)", "Leave some out")
            return []
        }
        for word in words where checked(word, .tags) == nil { return [] }
        return Set(words).sorted()
    }

    mutating func technologies() -> [RadioTechnology] {
        guard let text = record[.technologies] else { return [] }
        var found: [RadioTechnology] = []
        for word in text.split(separator: " ") {
            guard let technology = RadioTechnology(rawValue: String(word)) else {
                let known = RadioTechnology.allCases.map(\.rawValue).joined(separator: ", ")
                fault(
                    .technologies, "expected words of \(known), got \(String(word).quoted)",
                    "Use these words with a space between, or leave the field empty")
                return []
            }
            found.append(technology)
        }
        return found.inOrder
    }

    mutating func apn(_ field: InventoryField) -> APN? {
        guard let text = record[field] else { return nil }
        do throws(APN.Problem) { return try APN(text) } catch {
            fault(field, "\(error)", "Write it as the operator names it, such as iot.example, or leave the field empty")
            return nil
        }
    }

    mutating func number(_ field: InventoryField, _ range: ClosedRange<UInt64>) -> UInt64? {
        guard let text = required(field) else { return nil }
        return parse(text, field, range)
    }

    mutating func optionalNumber(_ field: InventoryField, _ range: ClosedRange<UInt64>) -> UInt64? {
        guard let text = record[field] else { return nil }
        return parse(text, field, range)
    }

    private mutating func parse(_ text: String, _ field: InventoryField, _ range: ClosedRange<UInt64>) -> UInt64? {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let value = UInt64(text), range.contains(value) else {
            fault(
                field, "expected a whole number from \(range.lowerBound) to \(range.upperBound), got \(text.quoted)",
                "Write it in decimal digits")
            return nil
        }
        return value
    }

    mutating func preset() -> Preset {
        guard let text = record[.preset] else { return .standard }
        if let preset = Preset(rawValue: text) { return preset }
        fault(.preset, "expected one of alarm, standard, frugal, got \(text.quoted)", "Use one of the three, or leave it empty")
        return .standard
    }

    mutating func secret() -> CardSecret? {
        guard let text = record[.secret] else {
            if record[.salt] != nil {
                fault(.secret, "a salt without a secret", "Give both, or neither to keep what the estate has")
            }
            return nil
        }
        // What came is never quoted here.
        guard text.utf8.count == 2 * CardSecret.size, let secret = try? Hex.bytes(text), secret.count == CardSecret.size else {
            fault(.secret, "expected \(2 * CardSecret.size) hexadecimal digits", "Give the card's OSCORE master secret")
            return nil
        }
        guard let salt = try? Hex.bytes(record[.salt] ?? ""), salt.count <= CardSecret.saltLimit else {
            fault(.salt, "expected up to \(2 * CardSecret.saltLimit) hexadecimal digits", "Give the card's OSCORE master salt")
            return nil
        }
        return CardSecret(masterSecret: secret, masterSalt: salt)
    }

    mutating func profile(
        _ iccid: InventoryField, _ imsi: InventoryField, _ plmn: InventoryField, _ name: InventoryField
    ) -> InventoryProfile? {
        let iccidText = required(iccid)
        let imsiText = required(imsi)
        let plmnText = required(plmn)
        let operatorName = optionalName(name)
        guard let iccidText, let imsiText, let plmnText else { return nil }
        var number: ICCID?
        var subscription: IMSI?
        var network: PLMN?
        do { number = try ICCID(iccidText) } catch { fault(iccid, "\(error)", "Write the ICCID's 18 to 20 digits") }
        do { subscription = try IMSI(imsiText) } catch { fault(imsi, "\(error)", "Write the IMSI's 6 to 15 digits") }
        do { network = try PLMN(plmnText) } catch { fault(plmn, "\(error)", "Write the PLMN as 234-15 or 23415") }
        if let number, number.digits.count == 19, !number.hasValidCheckDigit {
            fault(iccid, "the check digit of \(iccidText.quoted) does not fit", "Look for a mistyped digit")
            return nil
        }
        guard let number, let subscription, let network else { return nil }
        return InventoryProfile(iccid: number, imsi: subscription, plmn: network, operatorName: operatorName)
    }
}
