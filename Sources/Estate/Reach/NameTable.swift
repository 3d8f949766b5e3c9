import Storage

/// Texts that many devices share, as small dense numbers. Numbers are given in order, kept in the store and never reused.
struct NameTable {
    enum Kind: Int, CaseIterable {
        case product = 0
        case firmware = 1
        case country = 2
        case area = 3
        /// At most 64: the live table has a bit for each.
        case tag = 4
    }

    let kind: Kind
    private(set) var texts: [String] = []
    private var numbers: [String: UInt16] = [:]

    init(_ kind: Kind) {
        self.kind = kind
        // The live table takes area 0 for "not known".
        if kind == .area { texts = [""] }
    }

    /// How many texts there may be.
    var limit: Int { kind == .tag ? 64 : ImportLimit.distinctNames }

    subscript(number: UInt16) -> String { Int(number) < texts.count ? texts[Int(number)] : "?" }

    func number(of text: String) -> UInt16? { numbers[text] }

    /// The text's number, a new one if need be; nil when there is no room for another text.
    mutating func add(_ text: String) -> UInt16? {
        if let number = numbers[text] { return number }
        guard texts.count < limit else { return nil }
        let number = UInt16(texts.count)
        texts.append(text)
        numbers[text] = number
        return number
    }

    /// Reads what ``write(after:_:)`` wrote.
    mutating func load(_ connection: Connection) throws {
        try connection.each("SELECT id, text FROM name WHERE kind = ? ORDER BY id", [.integer(of: kind.rawValue)]) { row in
            guard row.int(0) == texts.count, add(row.text(1)) != nil else {
                throw EstateError.contradiction(
                    detail: "the \(kind) \"\(row.text(1))\" has number \(row.int(0)), expected \(texts.count)")
            }
        }
    }

    /// Writes the texts from this number on.
    func write(from first: Int, _ connection: Connection) throws {
        for number in first..<max(first, texts.count) {
            try connection.execute(
                "INSERT INTO name (kind, id, text) VALUES (?, ?, ?)",
                [.integer(of: kind.rawValue), .integer(of: number), .text(texts[number])])
        }
    }
}

/// Every table of shared texts.
struct Names {
    var products = NameTable(.product)
    var firmware = NameTable(.firmware)
    var countries = NameTable(.country)
    var areas = NameTable(.area)
    var tags = NameTable(.tag)

    mutating func load(_ connection: Connection) throws {
        try products.load(connection)
        try firmware.load(connection)
        try countries.load(connection)
        try areas.load(connection)
        try tags.load(connection)
    }

    /// Writes what `self` has and `before` had not.
    func write(since before: Names, _ connection: Connection) throws {
        try products.write(from: before.products.texts.count, connection)
        try firmware.write(from: before.firmware.texts.count, connection)
        try countries.write(from: before.countries.texts.count, connection)
        try areas.write(from: before.areas.texts.count, connection)
        try tags.write(from: before.tags.texts.count, connection)
    }

    /// The tags that a set of bits stands for, in alphabetical order.
    func tags(of bits: UInt64) -> [String] {
        var result: [String] = []
        var rest = bits
        while rest != 0 {
            result.append(tags[UInt16(rest.trailingZeroBitCount)])
            rest &= rest - 1
        }
        return result.sorted()
    }
}
