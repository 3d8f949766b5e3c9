import Crypto
import Estate
import Foundation
import Logging
import NIOConcurrencyHelpers
import NIOPosix
import Regulation
import Storage
import Testing

@testable import Server

/// Who is told of cases and deadlines, when, and what happens when a way fails. Time is virtual and no socket is opened.
@Suite("Alerts before deadlines") struct AlertTests {
    /// A way that keeps what it got, or fails as long as it is told to.
    private final class Postbox: AlertWay {
        let name: String
        let got = NIOLockedValueBox<[AlertMessage]>([])
        let tries = NIOLockedValueBox(0)
        let isBroken: NIOLockedValueBox<Bool>

        init(_ name: String, isBroken: Bool = false) {
            self.name = name
            self.isBroken = NIOLockedValueBox(isBroken)
        }

        func send(_ message: AlertMessage, at now: UTCInstant) async throws(AlertFailure) -> String {
            tries.withLockedValue { $0 += 1 }
            if isBroken.withLockedValue({ $0 }) { throw AlertFailure("\(name) is broken") }
            got.withLockedValue { $0.append(message) }
            return "ok"
        }

        /// Subjects since the last time.
        func subjects() -> [String] {
            got.withLockedValue { got in
                defer { got = [] }
                return got.map(\.subject)
            }
        }
    }

    /// An estate with one case, and a service on it.
    private final class Watch: Sendable {
        let estate: EstateService
        let service: AlertService
        let log = LogBook()
        private let time: NIOLockedValueBox<UTCInstant>
        let number: String

        init(_ ways: [any AlertWay], isDrill: Bool = false) throws {
            let start = try #require(UTCInstant(iso8601: "2026-11-02T08:00:00Z"))
            let time = NIOLockedValueBox(start)
            self.time = time
            estate = try EstateService(database: try Database.inMemory(schema: EstateSchema.schema), key: .ephemeral(), at: start)
            let ada = Authorship("Ada", reason: "test")
            try estate.registerProduct("hub", by: ada, at: start)
            number = try estate.openCase(
                CaseRequest(
                    kind: .vulnerability, title: "Hub speaks to strangers", products: [AffectedProduct(product: "hub")],
                    signal: CaseSignal(receivedAt: Self.date(start), source: "KEV", text: "listed"), isDrill: isDrill,
                    owner: "Ada Byron",
                    deputy: "Grace Hopper"), by: ada, at: start)
            var logger = Logger(label: "alerts", factory: { [log] _ in log.handler })
            logger.logLevel = .trace
            service = AlertService(
                estate: estate, threads: .singleton, ways: ways, console: "https://holdfast.example",
                clock: { time.withLockedValue { $0 } },
                logger: logger)
        }

        var now: UTCInstant { time.withLockedValue { $0 } }

        static func date(_ instant: UTCInstant) -> Date { Date(timeIntervalSince1970: Double(instant.milliseconds) / 1_000) }

        func declareAware() throws {
            let ada = Authorship("Ada", reason: "exploited in the field")
            try estate.act(in: number, .startAssessment, by: ada, at: now)
            try estate.act(
                in: number, .declareAware(decision: AwareDecision(since: Self.date(now), evidence: "captured traffic")), by: ada,
                at: now)
        }

        /// Moves time on and asks once.
        func pass(minutes: Int64) async {
            time.withLockedValue { $0 = $0.adding(seconds: minutes * 60) }
            await service.round()
        }

        /// Kinds of the ledger's entries about the case, the oldest first, of those that say somebody was told.
        func told() throws -> [String] {
            try estate.ledgerEntries().map(\.entry).filter { $0.kind.hasSuffix("-told") }.map(\.kind).reversed()
        }
    }

    @Test("a new case is told once; after awareness each mark of each deadline is told once, by every way")
    func marks() async throws {
        let (mail, webhook) = (Postbox("mail"), Postbox("webhook"))
        let watch = try Watch([mail, webhook])
        await watch.pass(minutes: 0)
        await watch.pass(minutes: 1)
        #expect(mail.subjects() == ["Case 2026-001 was opened (vulnerability)"])
        #expect(webhook.subjects().count == 1)
        try watch.declareAware()
        // The early warning is due in 24 hours: within the first mark, so it is told at once. The notification, due in 72, is not.
        await watch.pass(minutes: 0)
        #expect(mail.subjects() == ["Case 2026-001: early warning due in 24 h"])
        await watch.pass(minutes: 11 * 60)
        #expect(mail.subjects() == [])
        await watch.pass(minutes: 61)
        #expect(mail.subjects() == ["Case 2026-001: early warning due in 11 h 59 min"])
        await watch.pass(minutes: 12 * 60)
        // Marks that were slept through are not told one after the other. The notification has come within 48 hours meanwhile.
        #expect(
            Set(mail.subjects()) == [
                "Case 2026-001: early warning OVERDUE since 1 min", "Case 2026-001: notification due in 47 h 59 min",
            ])
        await watch.pass(minutes: 10)
        #expect(mail.subjects() == [])
        #expect(try watch.told() == ["opening-told"] + Array(repeating: "deadline-told", count: 4))
    }

    @Test("a failing way does not keep the other from telling, and what one way took is settled")
    func oneFails() async throws {
        let (mail, webhook) = (Postbox("mail", isBroken: true), Postbox("webhook"))
        let watch = try Watch([mail, webhook])
        await watch.pass(minutes: 0)
        await watch.pass(minutes: 5)
        #expect(webhook.subjects().count == 1 && mail.tries.withLockedValue { $0 } == 1)
        let entry = try #require(try watch.estate.ledgerEntries().map(\.entry).first { $0.kind == "opening-told" })
        #expect("\(entry.body)".contains("webhook") && !"\(entry.body)".contains("mail"))
        #expect(watch.log.text.contains("mail is broken"))
    }

    @Test("when every way fails the alert is kept and tried again with growing pauses, until one works")
    func allFail() async throws {
        let mail = Postbox("mail", isBroken: true)
        let watch = try Watch([mail])
        for _ in 0...60 { await watch.pass(minutes: 1) }
        // In the minutes 1, 2, 3, 5, 9, 17, 32 and 47.
        #expect(mail.tries.withLockedValue { $0 } == 8)
        #expect(try watch.told() == [])
        mail.isBroken.withLockedValue { $0 = false }
        await watch.pass(minutes: 16)
        #expect(mail.subjects().count == 1)
        #expect(try watch.told() == ["opening-told"])
    }

    @Test("an alert that never went out gives place to the one of the next mark")
    func nextMark() async throws {
        let mail = Postbox("mail", isBroken: true)
        let watch = try Watch([mail])
        try watch.declareAware()
        await watch.pass(minutes: 0)
        mail.isBroken.withLockedValue { $0 = false }
        await watch.pass(minutes: 13 * 60)
        #expect(mail.subjects() == ["Case 2026-001: early warning due in 11 h"])
    }

    @Test("without any way nothing is noted as told, and the log says it once")
    func noWay() async throws {
        let watch = try Watch([])
        for _ in 0..<5 { await watch.pass(minutes: 1) }
        #expect(try watch.told() == [])
        #expect(watch.log.text.components(separatedBy: "nobody was told").count == 2)
    }

    @Test("two retries of one alert have the same identifier; alerts of two marks do not")
    func identifiers() async throws {
        let watch = try Watch([])
        try watch.declareAware()
        let now = watch.now
        var alert = try #require(try watch.estate.dueAlerts(at: now).first)
        let first = AlertMessage(alert, at: now, console: nil)
        #expect(AlertMessage(alert, at: now.adding(seconds: 60), console: nil).identifier == first.identifier)
        alert.hours = 1
        #expect(AlertMessage(alert, at: now, console: nil).identifier != first.identifier)
    }

    @Test("the text says what, when, who and where; a drill is marked in the subject")
    func text() async throws {
        let mail = Postbox("mail")
        let watch = try Watch([mail], isDrill: true)
        try watch.declareAware()
        await watch.pass(minutes: 30)
        let message = try #require(mail.got.withLockedValue { $0.first })
        #expect(message.subject == "[DRILL] Case drill-2026-001: early warning due in 23 h 30 min")
        for part in [
            "DRILL: a case on paper", "Case drill-2026-001: Hub speaks to strangers\n", "Due: 2026-11-03 08:00 UTC, in 23 h 30 min",
            "On call: Ada Byron\nDeputy: Grace Hopper", "https://holdfast.example/cases/drill-2026-001",
        ] {
            #expect(message.body.contains(part), "\(part)")
        }
        let json = try #require(try JSONSerialization.jsonObject(with: Data(try message.event.json)) as? [String: Any])
        let data = try #require(json["data"] as? [String: Any])
        #expect(json["type"] as? String == "case.deadline" && json["timestamp"] as? String == "2026-11-02T08:30:00.000Z")
        #expect(data["stage"] as? String == "earlyWarning" && data["secondsLeft"] as? Int == 84_600 && data["mark"] as? Int == 48)
        #expect(data["isDrill"] as? Bool == true && data["title"] as? String == "Hub speaks to strangers")
    }
}
