/// The card's side of the proactive protocol (TS 102 223, clause 6.2): what waits to be fetched, and the one command that is open.
struct ProactiveSession: Sendable {
    /// What the terminal can do; nil before TERMINAL PROFILE, when the card must not speak.
    private(set) var profile: TerminalProfile?
    private var queue: [ProactiveCommand] = []
    /// The first of the queue in its coded form, once the terminal was told of it.
    private var offered: [UInt8] = []
    private(set) var open: ProactiveCommand?
    private var number: UInt8 = 0
    /// Management over the air has the one channel that the card uses at a time.
    var isChannelLent = false
    /// A beacon waits for that channel.
    var isChannelWanted = false

    /// The most commands that wait. The applet keeps at most one of each kind waiting, so it cannot be reached.
    static let longestQueue = 16

    mutating func begin(_ profile: TerminalProfile) {
        self = ProactiveSession()
        self.profile = profile
    }

    /// Queues a command, in the place of a waiting one of the same type, or else last.
    mutating func push(_ command: ProactiveCommand) {
        if let index = queue.firstIndex(where: { $0.type == command.type }) {
            if index == 0 { offered.removeAll(keepingCapacity: true) }
            queue[index] = command
        } else if queue.count < ProactiveSession.longestQueue {
            queue.append(command)
        }
    }

    /// Queues a command before all others.
    mutating func pushFirst(_ command: ProactiveCommand) {
        offered.removeAll(keepingCapacity: true)
        queue.removeAll { $0.type == command.type }
        queue.insert(command, at: 0)
    }

    /// Takes back what waits and is not open yet.
    mutating func withdraw(where isUnwanted: (ProactiveCommand) -> Bool) {
        guard queue.contains(where: isUnwanted) else { return }
        offered.removeAll(keepingCapacity: true)
        queue.removeAll(where: isUnwanted)
    }

    /// Whether a command is open or waits.
    func has(_ matches: (ProactiveCommand) -> Bool) -> Bool {
        if let open, matches(open) { return true }
        return queue.contains(where: matches)
    }

    /// The length of the command that the terminal may fetch now.
    mutating func waiting() -> Int? {
        guard open == nil, let first = queue.first else { return nil }
        if offered.isEmpty {
            // 1 to 254, a new one each time.
            number = number % 254 + 1
            offered = first.encoded(number: number)
        }
        return offered.count
    }

    /// Hands the waiting command over: it is open until the terminal answers it.
    mutating func fetch(into response: inout [UInt8]) {
        response.append(contentsOf: offered)
        offered.removeAll(keepingCapacity: true)
        open = queue.removeFirst()
    }

    /// Closes the open command. Returns it, and whether the answer was for it.
    mutating func close(_ response: TerminalResponse?) -> (command: ProactiveCommand, isAnswered: Bool)? {
        guard let command = open else { return nil }
        open = nil
        return (command, response?.number == number && response?.command == command.type.command)
    }
}
