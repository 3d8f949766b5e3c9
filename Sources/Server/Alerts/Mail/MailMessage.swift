import Estate
import Foundation

/// A plain text as a message of RFC 5322: printable ASCII throughout, whatever characters are in it, so that any server takes it.
struct MailMessage: Sendable {
    var from: MailAddress
    var to: [MailAddress]
    var subject: String
    var body: String
    var at: UTCInstant
    /// The same at each attempt: a mailbox that gets it twice can tell.
    var identifier: String

    var encoded: [UInt8] {
        var lines = [
            "From: <\(from.text)>", "To: " + to.map { "<\($0.text)>" }.joined(separator: ",\r\n "),
            "Subject: \(Self.words(subject))",
            "Date: \(Self.date(at))", "Message-ID: <\(identifier)@\(from.domain)>", "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: quoted-printable",
            // RFC 3834: no out-of-office answers, please.
            "Auto-Submitted: auto-generated", "",
        ]
        lines += Self.quotedPrintable(body)
        return Array((lines.joined(separator: "\r\n") + "\r\n").utf8)
    }

    /// Unstructured text in a field: as it is when short and printable ASCII, otherwise as encoded words (RFC 2047, 2 and 4.1): each
    /// at most 75 characters, never cut inside a character, none of which can end the line.
    static func words(_ text: String) -> String {
        let isPlain =
            text.utf8.count <= 66 && text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains("=?")
            && !text.hasPrefix(" ") && !text.hasSuffix(" ")
        if isPlain { return text }
        var words: [String] = []
        var part: [UInt8] = []
        func close() { words.append("=?UTF-8?B?\(Data(part).base64EncodedString())?=") }
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            // 39 bytes are 52 characters of base64, 64 with the frame: "Subject: " fits before it in 76.
            if part.count + bytes.count > 39 {
                close()
                part = []
            }
            part += bytes
        }
        close()
        return words.joined(separator: "\r\n ")
    }

    /// "Mon, 02 Mar 2026 11:59:00 +0000" (RFC 5322, 3.3).
    static func date(_ instant: UTCInstant) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents(
            [.weekday, .day, .month, .year, .hour, .minute, .second],
            from: Date(timeIntervalSince1970: Double(instant.milliseconds) / 1_000))
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let weekday = days[(((parts.weekday ?? 1) - 1) % 7 + 7) % 7]
        let month = months[(((parts.month ?? 1) - 1) % 12 + 12) % 12]
        func two(_ value: Int?) -> String { (value ?? 0) < 10 ? "0\(value ?? 0)" : "\(value ?? 0)" }
        let time = "\(two(parts.hour)):\(two(parts.minute)):\(two(parts.second))"
        return "\(weekday), \(two(parts.day)) \(month) \(parts.year ?? 1970) \(time) +0000"
    }

    /// Lines of at most 76 characters (RFC 2045, 6.7).
    static func quotedPrintable(_ text: String) -> [String] {
        // By bytes: CR LF is one character to a String, and a lone CR must not get out either.
        let lines = Array(text.utf8).filter { $0 != UInt8(ascii: "\r") }.split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return lines.flatMap { line -> [String] in
            var result: [String] = []
            var current = ""
            for (index, byte) in line.enumerated() {
                let isLast = index == line.count - 1
                let piece =
                    switch byte {
                    case 0x20, 0x09: isLast ? escaped(byte) : String(decoding: [byte], as: UTF8.self)
                    case UInt8(ascii: "="): escaped(byte)
                    case 0x21...0x7E: String(decoding: [byte], as: UTF8.self)
                    default: escaped(byte)
                    }
                if current.utf8.count + piece.utf8.count > (isLast ? 76 : 75) {
                    result.append(current + "=")
                    current = ""
                }
                current += piece
            }
            return result + [current]
        }
    }

    private static func escaped(_ byte: UInt8) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        return String(decoding: [UInt8(ascii: "="), digits[Int(byte >> 4)], digits[Int(byte & 15)]], as: UTF8.self)
    }
}
