import Foundation
import Measure

/// Turns the lines that the benchmarks wrote into docs/measurements.md.
@main
enum BenchReport {
    struct Section {
        var name: String
        var title: String
        var text: String
    }

    static let sections = [
        Section(
            name: "policy", title: "The switching policy, on one core",
            text: """
                The events of a card's life are recorded once: months with location changes, authentications, lost datagrams, and faults of every kind, \
                to each of which the policy had answered. The recording is then replayed to a new policy, and the time of the replay is taken. \
                *everyday* is the preset `standard` with a fault about every 20 days; *trouble* is `alarm` with one about every 9 hours.
                """),
        Section(
            name: "card", title: "The card",
            text: """
                Command APDUs in, response APDUs out, in one process and on one core, with the portable AES. AUTHENTICATE is a challenge of an authentication \
                centre with a new sequence number each time, and RES is compared. Durable means that SQN was appended to a file and fdatasync had returned \
                before the answer left; the bare append beside it is what the disk gives without any card, to a file that grows and to one that has room. Allocations are counted by a malloc \
                of the benchmark's own. *Product file* is the encrypted file of `holdfast card --image`. For comparison, measured on the \
                same kind of machine: onomondo-uicc in process gives 61,000 READ BINARY/s and 957 AUTHENTICATE + GET RESPONSE /s, with its files on disk.
                """),
        Section(
            name: "milenage", title: "MILENAGE with nothing around it",
            text: """
                Ours is Swift with the portable table AES; libosmocore's is C, Debian's package, called in the same process and in turn with ours. Both \
                get the same challenges and must give the same MACs, responses and keys. The ratio is taken in each pair of runs.
                """),
        Section(
            name: "tuak", title: "TUAK with nothing around it",
            text: """
                Ours is Swift, Keccak included, and on one core. CryptoMobile is what the trade uses in Python, with its Keccak in C; it is not on PyPI. \
                pycryptodomex is, and one iteration of TUAK is its SHAKE256 (in C) of 96 bytes. Both run in processes of their own and in turn with \
                ours, get the same challenges, and must give the same MACs, responses and keys. The ratio is taken in each round.
                """),
        Section(
            name: "device", title: "In a device: flash and RAM",
            text: """
                The kernel as Embedded Swift for size, linked by `Scripts/embedded` as a firmware links it: what nobody calls is dropped, and what the board \
                brings (a heap, `memcpy` and its like, the compiler's arithmetic) is not counted. The heap is that of the same card \
                on this computer, whose pointers are twice as long; the stack is not measured.
                """),
        Section(
            name: "pcsc", title: "Through PC/SC",
            text: """
                `holdfast card` in Debian's virtual reader (`vsmartcard-vpcd`), asked through `pcscd` by a PC/SC program: pcscd and two processes' \
                switches are in every figure. The card's memory is in RAM unless said otherwise. For comparison, on the same kind of machine: \
                onomondo-uicc gives 4,270 STATUS/s, 2,730 READ BINARY/s and 800 AUTHENTICATE/s there, once TCP_QUICKACK is set as we do too.
                """),
        Section(
            name: "beacon", title: "The beacon's codec",
            text: "CoAP, OSCORE and CBOR for one heartbeat and its answer, with the portable AES, on one core, without a socket."),
        Section(
            name: "beacons", title: "Beacons answered by a server, durably",
            text: """
                The server is `holdfast serve` as it is shipped, with an imported inventory, on its own database file. The load generator is a process of \
                its own on the same machine: it holds the keys of every card, seals every beacon, sends it over UDP on loopback, and opens and checks every \
                answer. A beacon is answered after the transaction with what it changes is on disk (SQLite, WAL, synchronous=FULL). Open loop: beacons are \
                due at random moments, so many a second on average, and a latency counts from when the beacon was due. Closed loop: so many are without \
                answer at a time, which finds the capacity.
                """),
        Section(
            name: "record", title: "A case about a million units",
            text: """
                The case names every product of an estate of a million devices. Opening it freezes how each unit stands, in one transaction with the case \
                and the ledger's entries; the comparison reads the frozen units back and looks each of them up.
                """),
        Section(
            name: "ledger", title: "The ledger",
            text: """
                Entries of about 220 bytes go into a file on disk in transactions of 10,000 (SQLite, WAL, synchronous=FULL). A proof is made for random \
                entries, each by a new reader. Verification reads every entry back, hashes it, and checks every tile and every signed head.
                """),
        Section(
            name: "pack", title: "A pack of evidence over a year",
            text: """
                An estate lives a year in a few minutes: 100,000 units of one product are heard from once a month by sealed beacons, the estate looks at \
                the clock each hour, and every month 2,000 units go to their backup for a day. Then `holdfast evidence build` is run as a user runs it, \
                from its start to its end, and `holdfast evidence verify` on what it made. WeasyPrint makes the PDF where it is installed.
                """),
        Section(
            name: "memory", title: "Memory at a million devices",
            text: """
                A million devices are imported; `holdfast serve` is started on that database and on an empty one. What is shown is the difference of what \
                the kernel says is resident, through a million, and beside it the sum of the tables' own sizes.
                """),
        Section(
            name: "table", title: "The reachability table",
            text: "The kernel's table alone, with a million devices, on one core."),
        Section(
            name: "switchover", title: "From a fault to the first answer on the backup",
            text: """
                The data path of the primary operator dies while the radio and the registration stay as they were. The time runs from that moment to the first \
                beacon answered through the backup. *Attach* is measured in the same run: from the card's REFRESH to the data connection on the backup.
                """),
    ]

    static func main() {
        var machine: Machine?
        var figures: [Figure] = []
        let decoder = JSONDecoder()
        for path in CommandLine.arguments.dropFirst() {
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { continue }
            for line in text.split(separator: "\n") {
                if let figure = try? decoder.decode(Figure.self, from: Data(line.utf8)) {
                    figures.append(figure)
                } else if let described = try? decoder.decode(Machine.self, from: Data(line.utf8)) {
                    machine = described
                }
            }
        }
        if CommandLine.arguments.count == 1 {
            // Without files: this machine, as a line for the files.
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            if let line = try? encoder.encode(Machine.current()) { print(String(decoding: line, as: UTF8.self)) }
            return
        }
        print(text(of: figures, on: machine))
    }

    static func text(of figures: [Figure], on machine: Machine?) -> String {
        var parts = [
            "# Measurements",
            "Written by `Scripts/bench` (`make bench`), which measures everything here again; change the benchmarks, not this page.",
        ]
        if let machine {
            parts.append(
                """
                | machine | |
                |---|---|
                | processor | \(machine.processor), \(machine.cores) cores |
                | memory | \(machine.memoryGiB.legible) GiB |
                | system | \(machine.system) |
                | Swift | \(machine.swift) |
                | taken | \(machine.date), load in the minute before: \(machine.load.legible) |
                """)
        }
        parts.append(
            """
            Every figure is the median of its runs, with the smallest and the largest beside it; runs before those that count warm the machine up. *CPU* is CPU time \
            through wall-clock time of the run that is the median's: well below 100 % on a figure that does not wait for a disk or a socket says \
            that the machine was not quiet. A goal is what this project set itself before it measured.
            """)
        for section in sections {
            let own = figures.filter { $0.section == section.name }
            guard !own.isEmpty else { continue }
            parts.append("## \(section.title)")
            parts.append(section.text)
            parts.append(table(of: own))
        }
        return parts.joined(separator: "\n\n")
    }

    private static func table(of figures: [Figure]) -> String {
        var lines = ["| | median | smallest to largest | runs | CPU | goal |", "|---|--:|--:|--:|--:|---|"]
        var notes: [String] = []
        for figure in figures {
            var name = figure.name
            if let note = figure.note {
                notes.append(note)
                name += " [\(notes.count)]"
            }
            guard figure.runs > 0 else {
                lines.append("| \(name) | - | | | | |")
                continue
            }
            let range = figure.runs > 1 ? "\(figure.least.legible) to \(figure.most.legible)" : ""
            let share = figure.cpuShare.map { "\(Int(($0 * 100).rounded())) %" } ?? ""
            lines.append(
                "| \(name) | \(figure.median.legible) \(figure.unit) | \(range) | \(figure.runs) | \(share) | \(verdict(on: figure)) |"
            )
        }
        var text = lines.joined(separator: "\n")
        if !notes.isEmpty {
            text += "\n\n" + notes.enumerated().map { "\($0.offset + 1). \($0.element)." }.joined(separator: "\n")
        }
        return text
    }

    private static func verdict(on figure: Figure) -> String {
        guard let goal = figure.goal else { return "" }
        let reached = figure.moreIsBetter ? figure.median >= goal : figure.median <= goal
        return "\(figure.moreIsBetter ? "at least" : "at most") \(goal.legible): \(reached ? "reached" : "**missed**")"
    }
}
