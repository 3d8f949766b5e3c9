/// The parameters of a query or of a form, read strictly and within limits.
struct Query: Sendable {
    /// Parameters in one query or form.
    static let parameterLimit = 32
    /// Bytes of one value after decoding.
    static let valueLimit = 256

    private var values: [String: String] = [:]

    /// No parameter at all.
    init() {}

    /// - Parameter text: what follows the "?", or a form's body.
    init(_ text: some StringProtocol) throws(Problem) {
        var count = 0
        for pair in text.split(separator: "&") {
            count += 1
            if count > Self.parameterLimit {
                throw .badRequest("The query has more than \(Self.parameterLimit) parameters; send fewer.")
            }
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decode(parts[0], plusIsSpace: true),
                let value = PercentEncoding.decode(parts.count > 1 ? parts[1] : "", plusIsSpace: true)
            else {
                throw .badRequest(
                    "The parameter \(Problem.quoted(parts[0])) has a broken percent-escape or is not UTF-8; encode it anew.")
            }
            if value.utf8.count > Self.valueLimit {
                throw .badRequest(
                    "The parameter \(Problem.quoted(name)) has \(value.utf8.count) bytes; \(Self.valueLimit) is the limit.")
            }
            if value.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
                throw .badRequest("The parameter \(Problem.quoted(name)) holds a control character; leave it out.")
            }
            if values.updateValue(value, forKey: name) != nil {
                throw .badRequest("The parameter \(Problem.quoted(name)) is there twice; send it once.")
            }
        }
    }

    /// Refuses a name that the address does not know: a misspelt filter must not look like "no filter".
    func allow(only known: [String]) throws(Problem) {
        for name in values.keys.sorted() where !known.contains(name) {
            let names = known.isEmpty ? "none" : known.joined(separator: ", ")
            throw .badRequest("The parameter \(Problem.quoted(name)) is not known here; known: \(names).")
        }
    }

    /// The value as sent; nil when it is absent or empty, as a form sends what was not filled in.
    func text(_ name: String) -> String? {
        guard let value = values[name], !value.isEmpty else { return nil }
        return value
    }

    /// A whole number in a range.
    func integer<Number: FixedWidthInteger & Sendable>(_ name: String, in range: ClosedRange<Number>) throws(Problem) -> Number? {
        guard let text = text(name) else { return nil }
        guard let number = Number(text), range.contains(number) else {
            throw .badRequest(
                "The parameter \(Problem.quoted(name)) must be a whole number from \(range.lowerBound) to \(range.upperBound); "
                    + "came \(Problem.quoted(text))."
            )
        }
        return number
    }

    /// One of the raw values of an enumeration.
    func choice<Choice: RawRepresentable<String> & CaseIterable>(_ name: String, of type: Choice.Type = Choice.self) throws(Problem)
        -> Choice?
    {
        guard let text = text(name) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let choices = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw .badRequest(
                "The parameter \(Problem.quoted(name)) must be one of \(choices); came \(Problem.quoted(text))."
            )
        }
        return choice
    }
}
