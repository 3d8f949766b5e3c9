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
    /// Of those that found no room, how many are told so between two batches; the others are dropped.
    let refusalLimit: Int
    /// How long one may wait. After it the card has given up on this one and sent another: the oldest are dropped unanswered.
    let patience: TimeAmount

    private var waiting: [Waiting] = []
    private var head = 0
    private var refused: [Waiting] = []
    /// Datagrams that found no room.
    private(set) var shed = 0
    /// Datagrams that waited too long.
    private(set) var expired = 0

    init(limit: Int, batchLimit: Int, refusalLimit: Int, patience: TimeAmount) {
        self.limit = limit
        self.batchLimit = batchLimit
        self.refusalLimit = refusalLimit
        self.patience = patience
    }

    var count: Int { waiting.count - head }

    mutating func offer(_ arrivals: [Waiting]) {
        let room = max(0, limit - count)
        waiting.append(contentsOf: arrivals.prefix(room))
        let rest = arrivals.dropFirst(room)
        shed += rest.count
        refused.append(contentsOf: rest.prefix(max(0, refusalLimit - refused.count)))
    }

    /// Those that are to be told to come back later.
    mutating func refusals() -> [Waiting] {
        defer { refused = [] }
        return refused
    }

    /// The oldest that are still worth an answer.
    mutating func batch(at now: NIODeadline) -> [Waiting] {
        while head < waiting.count, now - waiting[head].arrived > patience {
            head += 1
            expired += 1
        }
        // Not a slice: it would keep the queue shared, and the next arrival would copy the whole of it.
        let batch = Array(waiting[head..<min(head + batchLimit, waiting.count)])
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
