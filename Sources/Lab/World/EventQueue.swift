/// What is still to happen, in order of time, and of arrival where times are equal: a binary heap.
struct EventQueue<Event> {
    private struct Entry {
        var moment: Moment
        var sequence: UInt64
        var event: Event

        static func precedes(_ left: Entry, _ right: Entry) -> Bool {
            left.moment == right.moment ? left.sequence < right.sequence : left.moment < right.moment
        }
    }

    private var heap: [Entry] = []
    private var sequence: UInt64 = 0

    var count: Int { heap.count }

    /// When the next event is due, or nil when none is.
    var next: Moment? { heap.first?.moment }

    mutating func insert(_ event: Event, at moment: Moment) {
        sequence += 1
        heap.append(Entry(moment: moment, sequence: sequence, event: event))
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard Entry.precedes(heap[child], heap[parent]) else { break }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    /// Takes out the next event.
    mutating func removeFirst() -> (moment: Moment, event: Event)? {
        guard let first = heap.first else { return nil }
        let last = heap.removeLast()
        guard !heap.isEmpty else { return (first.moment, first.event) }
        heap[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && Entry.precedes(heap[child], heap[least]) {
                least = child
            }
            guard least != parent else { break }
            heap.swapAt(parent, least)
            parent = least
        }
        return (first.moment, first.event)
    }
}
