/// Posts a request and reads the status of the answer (RFC 9112, 4); whatever follows the status is not read.
struct WebhookExchange: Conversation {
    /// Bytes that may come before the final status: interim answers (1xx) are all that can.
    static let limit = 16_384

    let request: [UInt8]
    let isSecure: Bool
    private var buffer: [UInt8] = []
    private var isDone = false

    let patience: Int64 = 10

    init(request: [UInt8], isSecure: Bool) {
        self.request = request
        self.isSecure = isSecure
    }

    mutating func opened(as literal: String) -> [ConversationStep<Int>] { isSecure ? [.secure] : [.send(request)] }
    mutating func secured() -> [ConversationStep<Int>] { [.send(request)] }
    mutating func ended() -> [ConversationStep<Int>] { fail("closed the connection without an answer") }

    mutating func received(_ bytes: [UInt8]) -> [ConversationStep<Int>] {
        guard !isDone else { return [] }
        guard buffer.count + bytes.count <= Self.limit || buffer.isEmpty else { return fail("sends a head that is too long") }
        buffer += bytes.prefix(Self.limit)
        // Without a new line end there is nothing new to see, however small the pieces are.
        guard bytes.contains(UInt8(ascii: "\n")) else {
            return buffer.count >= Self.limit ? fail("sends a head that is too long") : []
        }
        while let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
            guard let status = Self.status(of: buffer[..<end]) else { return fail("does not answer in HTTP/1.1") }
            guard (100...199).contains(status) else { return finish(status) }
            // 101 would be another protocol, which nobody asked for.
            guard status != 101 else { return finish(status) }
            guard let next = Self.end(of: buffer) else { break }
            buffer.removeFirst(next)
        }
        return buffer.count >= Self.limit ? fail("sends a head that is too long") : []
    }

    private mutating func finish(_ status: Int) -> [ConversationStep<Int>] {
        switch status {
        case 200...299:
            isDone = true
            return [.end(.success(status))]
        case 300...399: return fail("answered \(status): redirects are not followed, give the address itself")
        default: return fail("answered \(status)")
        }
    }

    private mutating func fail(_ text: String) -> [ConversationStep<Int>] {
        guard !isDone else { return [] }
        isDone = true
        return [.end(.failure(AlertFailure("the webhook \(text)")))]
    }

    /// The status of "HTTP/1.1 204 No Content"; nil for anything else.
    private static func status(of line: ArraySlice<UInt8>) -> Int? {
        let bytes = Array(line)
        guard bytes.count >= 12, bytes.starts(with: Array("HTTP/1.".utf8)), bytes[8] == UInt8(ascii: " ") else { return nil }
        var status = 0
        for digit in bytes[9..<12] {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            status = status * 10 + Int(digit - UInt8(ascii: "0"))
        }
        guard bytes.count == 12 || bytes[12] == UInt8(ascii: " ") || bytes[12] == UInt8(ascii: "\r") else { return nil }
        return (100...599).contains(status) ? status : nil
    }

    /// How many bytes a head has, its empty line too; nil when it is not complete.
    private static func end(of bytes: [UInt8]) -> Int? {
        var lineStart = 0
        for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
            let line = bytes[lineStart..<index]
            if line.isEmpty || line.elementsEqual([UInt8(ascii: "\r")]) { return index + 1 }
            lineStart = index + 1
        }
        return nil
    }
}
