import NIOCore

/// The datagrams that wait while the batch before them is made durable: bounded in number and in time.
struct BeaconQueue: Sendable {
    struct Waiting: Sendable {
        var peer: SocketAddress
        var bytes: [UInt8]
        var arrived: NIODeadline
    }

    /// Datagrams that may wait; more are refused, so that the oldest keep their place.
    let limit: Int
    /// Datagrams in one batch.
    let batchLimit: Int
    /// How long one may wait. After it the card has given up on this one and sent another: the oldest are dropped unanswered.
    let patience: TimeAmount

    private(set) var waiting: [Waiting] = []
    private var head = 0
    /// Datagrams that waited too long.
    private(set) var expired = 0

    init(limit: Int, batchLimit: Int, patience: TimeAmount) {
        self.limit = limit
        self.batchLimit = batchLimit
        self.patience = patience
    }

    var count: Int { waiting.count - head }

    /// - Returns: what found no room.
    mutating func offer(_ arrivals: [Waiting]) -> ArraySlice<Waiting> {
        let room = max(0, limit - count)
        waiting.append(contentsOf: arrivals.prefix(room))
        return arrivals.dropFirst(room)
    }

    /// The oldest that are still worth an answer.
    mutating func batch(at now: NIODeadline) -> ArraySlice<Waiting> {
        while head < waiting.count, now - waiting[head].arrived > patience {
            head += 1
            expired += 1
        }
        let batch = waiting[head..<min(head + batchLimit, waiting.count)]
        head += batch.count
        if head == waiting.count {
            waiting = []
            head = 0
        } else if head >= limit {
            waiting.removeFirst(head)
            head = 0
        }
        return batch
    }
}
