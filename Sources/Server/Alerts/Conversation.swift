/// One side of a conversation over a stream, decided without a socket: bytes go in, steps come out.
protocol Conversation: Sendable {
    /// What it ends with when all went well.
    associatedtype Outcome: Sendable

    /// Seconds that the peer has now to say something.
    var patience: Int64 { get }

    /// The stream is open.
    /// - Parameter literal: our address as SMTP writes it (RFC 5321, 4.1.3): "[192.0.2.1]".
    mutating func opened(as literal: String) -> [ConversationStep<Outcome>]
    /// The stream goes through TLS from here on, as ``ConversationStep/secure`` asked.
    mutating func secured() -> [ConversationStep<Outcome>]
    mutating func received(_ bytes: [UInt8]) -> [ConversationStep<Outcome>]
    /// The peer has closed.
    mutating func ended() -> [ConversationStep<Outcome>]
}

/// What to do next.
enum ConversationStep<Outcome: Sendable>: Sendable {
    case send([UInt8])
    /// Nothing that arrived before may count after it.
    case secure
    /// Nothing follows. What was sent before still goes out.
    case end(Result<Outcome, AlertFailure>)
}

/// Why an alert did not go out by one way: a sentence for people and logs, which never has a secret in it.
public struct AlertFailure: Error, Equatable, Sendable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}

/// A text from outside as it may stand in a log: printable ASCII, not long.
enum Quoted {
    static func text(_ text: some StringProtocol, limit: Int = 200) -> String {
        bytes(text.utf8, limit: limit)
    }

    static func bytes(_ bytes: some Sequence<UInt8>, limit: Int = 200) -> String {
        String(decoding: bytes.prefix(limit).map { (0x20...0x7E).contains($0) ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
    }
}
