import Estate
import Foundation
import Regulation
import Testing

@testable import Server

/// Somebody at the console.
private struct Clerk {
    let house: House
    let cookie: String
    let seal: String

    init(_ house: House, name: String = "Ada", role: Role = .compliance) async throws {
        self.house = house
        let code = try house.estate.access.issueSignInLink(name: name, role: role, at: house.now)
        let session = try #require(try house.estate.access.redeem(code: code, at: house.now))
        cookie = "\(Doorkeeper.cookie)=\(session.secret)"
        seal = try #require(AccessTests.seal(in: try await house.page("/cases", cookie: cookie).text))
    }

    func page(_ path: String) async throws -> String {
        let answer = try await house.page(path, cookie: cookie)
        #expect(answer.status == 200, "\(path)")
        return answer.text
    }

    @discardableResult
    func post(_ path: String, _ fields: [String: String], expect status: Int = 303) async throws -> House.Answer {
        let answer = try await house.form(path, fields.merging(["seal": seal]) { $1 }, headers: ["Cookie": cookie])
        #expect(answer.status == status, "\(fields): \(Self.error(in: answer.text))")
        return answer
    }

    @discardableResult
    func step(_ step: String, _ fields: [String: String] = [:], of path: String, expect status: Int = 303) async throws
        -> House.Answer
    {
        try await post(path, fields.merging(["step": step]) { $1 }, expect: status)
    }

    static func error(in page: String) -> String {
        page.matches(of: /role="alert">([^<]*)</).map { String($0.1) }.joined(separator: " | ")
    }

    /// What the form asks for when nothing is left out.
    static func opening(_ more: [String: String] = [:]) -> [String: String] {
        [
            "kind": "vulnerability", "title": "Radio module", "name.0": "Telecare Hub", "product.0": "yes", "zone": "Europe/Berlin",
            "received": "2026-10-06T13:30", "source": "CISA KEV", "text": "Exploited in the field.", "country": "DE", "size": "",
            "owner": "Ada", "deputy": "Grace", "reason": "",
        ].merging(more) { $1 }
    }

    /// Opens a case and gives its page's path.
    func open(_ more: [String: String] = [:]) async throws -> String {
        try #require(try await post("/cases/new", Self.opening(more)).header("Location"))
    }
}

/// Article 14 cases, as the person on call leads them.
@Suite("The pages of cases") struct CasePagesTests {
    /// Noon of 6 October 2026 in UTC, when the reporting duties apply; two o'clock in Berlin.
    private static let start = "2026-10-06T12:00:00.000Z"

    private func withCases(product: String = "Telecare Hub", rows: [InventoryRow]? = nil, _ body: (House) async throws -> Void)
        async throws
    {
        let rows =
            try rows ?? [
                SampleCard.row(1, device: "HF-0001"), SampleCard.row(2, device: "HF-0002"), SampleCard.row(3, device: "HF-0003"),
            ]
        try await withHouse(rows: rows) { house in
            try travel(house, to: Self.start)
            try house.estate.registerProduct(product, by: Authorship("Ada"), at: house.now)
            try await body(house)
        }
    }

    private func travel(_ house: House, to instant: String) throws {
        let target = try #require(UTCInstant(iso8601: instant))
        house.advance(seconds: (target - house.now) / 1_000)
    }

    private static let aware = [
        "since": "2026-10-06T14:00", "evidence": "A dump from a unit in the field.", "reason": "Two units were taken over.",
        "criterion.AEV-T1": "yes", "criterion.AEV-T2": "yes",
    ]

    @Test("a vulnerability, from its signal to its closing")
    func vulnerability() async throws {
        try await withCases { house in
            var card = try SampleCard(1)
            try house.beacon(try card.beacon())
            let ada = try await Clerk(house)
            let path = try await ada.open(["version.0.0": "2.4.0"])
            #expect(path == "/cases/2026-001")
            let signalled = try await ada.page(path)
            #expect(signalled.contains("No clock runs") && signalled.contains("Start the assessment"))
            #expect(!signalled.contains("data-due"))
            #expect(try await ada.page("/cases").contains("no clock runs yet; the first signal came 30 min ago"))
            try await ada.step("startAssessment", of: path)
            try await ada.step("declareAware", Self.aware, of: path)
            house.advance(seconds: 300)
            let aware = try await ada.page(path)
            #expect(aware.contains("<span>due in 23 h 55 min</span>"))
            #expect(aware.contains("2026-10-07 14:00:00+02:00 Europe/Berlin") && aware.contains("2026-10-07 12:00:00 UTC"))
            // Rules with their marks; the other readings as information.
            #expect(aware.contains("Art. 14(2)(a)") && aware.contains("mark-verified") && aware.contains("mark-interpretation"))
            #expect(aware.contains("formal reading"))
            // Two units run 2.4.0; one of them was heard.
            #expect(aware.contains("1 (50.0 %)") && aware.contains("Dark now: 1 of 2 units") && aware.contains(">HF-0002</a>"))
            #expect(aware.contains("class=\"reach-hours\""))
            let dark = try await house.page("\(path)/dark.csv", cookie: ada.cookie)
            #expect(dark.header("Content-Type") == "text/csv; charset=utf-8")
            #expect(dark.text.split(separator: "\r\n").count == 2 && dark.text.contains("Telecare Hub,HF-0002,"))
            #expect(try await ada.page("/cases").contains("early warning"))
            // The early warning goes in after an hour, the notification too late.
            try travel(house, to: "2026-10-06T13:00:00.000Z")
            try await ada.step(
                "recordSubmission", ["stage": "earlyWarning", "at": "2026-10-06T14:50", "reference": "SRP-1"], of: path)
            let warned = try await ada.page(path)
            #expect(warned.contains("in time, 23 h 10 min before the limit") && warned.contains("platform&#39;s own counter"))
            try travel(house, to: "2026-10-09T13:00:00.000Z")
            let late = try await Clerk(house)
            #expect(try await late.page(path).contains("<span class=\"due is-overdue\""))
            #expect(try await late.page("/cases").contains("overdue by 1 h"))
            try await late.step(
                "recordSubmission", ["stage": "notification", "at": "2026-10-09T14:30", "reference": "SRP-2"], of: path)
            #expect(try await late.page(path).contains("late by 30 min, by the conservative reading"))
            // The final report waits for a measure.
            let early = try await late.step(
                "recordSubmission", ["stage": "finalReport", "at": "2026-10-09T14:40", "reference": "SRP-3"], of: path, expect: 422)
            #expect(early.text.contains("The date of the measure is not recorded"))
            #expect(early.text.contains("value=\"SRP-3\""))
            try await late.step("recordMeasure", ["at": "2026-10-09T12:00:00Z"], of: path)
            #expect(try await late.page(path).contains("2026-10-23 12:00:00 UTC"))
            try await late.step(
                "recordRequest", ["requested": "2026-10-09T14:45", "due": "2026-10-10T14:45", "text": "How many?"], of: path)
            try await late.step("answerRequest", ["target": "1", "at": "2026-10-09T14:50", "reference": "mail 7"], of: path)
            try await late.step(
                "recordSubmission", ["stage": "finalReport", "at": "2026-10-09T14:55", "reference": "SRP-3"], of: path)
            // Users are still owed a notice: closing says so.
            let owed = try await late.step("close", ["reason": "done"], of: path, expect: 422)
            #expect(owed.text.contains("Still owed: notice to users"))
            try await late.step(
                "recordUserNotice",
                [
                    "at": "2026-10-09T14:58", "audience": "impacted", "channel": "e-mail", "reference": "advisory 12",
                    "machine": "yes",
                ], of: path)
            try await late.step("correctAwareness", ["since": "2026-10-06T13:45", "reason": "The dump came earlier."], of: path)
            try await late.step("close", ["reason": "Everything is in."], of: path)
            let closed = try await late.page(path)
            #expect(
                closed.contains("<b>closed</b>") && closed.contains("The dump came earlier.") && closed.contains("Reopen the case"))
            #expect(try await late.page("/cases").contains("nothing was left"))
            try await late.step("reopen", ["reason": "A second version is affected."], of: path)
            #expect(try await late.page(path).contains("A second version is affected."))
        }
    }

    @Test("an incident needs a ground of severity, knows no measure, and its final report runs from the notification")
    func incident() async throws {
        try await withCases { house in
            let ada = try await Clerk(house)
            let path = try await ada.open(["kind": "incident"])
            try await ada.step("startAssessment", of: path)
            let mild = ["since": "2026-10-06T14:00", "evidence": "Logs.", "reason": "Certain."]
            let refused = try await ada.step("declareAware", mild, of: path, expect: 422)
            #expect(refused.text.contains("An incident is reportable only when it is severe"))
            #expect(refused.text.contains("Logs."))
            try await ada.step("declareAware", mild.merging(["criterion.SI-5b": "yes"]) { $1 }, of: path)
            let page = try await ada.page(path)
            #expect(!page.contains("Record that a measure is available") && page.contains("provisional"))
            #expect(try await ada.page("\(path)/reports/earlyWarning").contains("Are unlawful or malicious acts suspected"))
            house.advance(seconds: 7_200)
            // One that held all of the notification.
            try await ada.step(
                "recordSubmission",
                ["stage": "earlyWarning", "at": "2026-10-06T15:00", "reference": "SRP-9", "covers.notification": "yes"], of: path)
            let covered = try await ada.page(path)
            #expect(covered.contains("held by the early warning") && covered.contains("2026-11-06"))
        }
    }

    @Test("a drill is marked on every page and in every text, and is counted apart")
    func drill() async throws {
        try await withCases { house in
            let ada = try await Clerk(house)
            let path = try await ada.open(["drill": "yes"])
            #expect(path == "/cases/drill-2026-001")
            try await ada.step("startAssessment", of: path)
            try await ada.step("declareAware", Self.aware, of: path)
            for place in ["/cases", path, "\(path)/reports/earlyWarning"] { #expect(try await ada.page(place).contains("DRILL")) }
            #expect(try await ada.page("\(path)/reports/earlyWarning/text").hasPrefix("DRILL - do not submit"))
            #expect(try await ada.open() == "/cases/2026-001")
        }
    }

    @Test("a negative decision is kept with its reason and evidence, and can be taken up again")
    func negative() async throws {
        try await withCases { house in
            let ada = try await Clerk(house)
            let path = try await ada.open()
            try await ada.step("startAssessment", of: path)
            let bare = try await ada.step(
                "declareNoCase", ["evidence": "", "reason": "Nobody exploits it."], of: path, expect: 422)
            #expect(bare.text.contains("The evidence is missing") && bare.text.contains("Nobody exploits it."))
            try await ada.step("declareNoCase", ["evidence": "Laboratory <only>.", "reason": "Nobody exploits it."], of: path)
            let page = try await ada.page(path)
            #expect(
                page.contains("Laboratory &lt;only&gt;.") && page.contains("Nobody exploits it.") && page.contains("not a case"))
            #expect(try await ada.page("/cases").contains("Decided: not a case"))
            try await ada.step("reopen", ["reason": "Seen in the field now."], of: path)
            #expect(try await ada.page(path).contains("Decide: the manufacturer is aware"))
        }
    }

    @Test("two persons close a case: who asked cannot confirm")
    func twoPersons() async throws {
        try await withCases { house in
            let ada = try await Clerk(house)
            let grace = try await Clerk(house, name: "Grace")
            let path = try await ada.open(["two": "yes"])
            try await ada.step("startAssessment", of: path)
            try await ada.step("declareNoCase", ["evidence": "Logs.", "reason": "A false alarm."], of: path)
            let soon = try await ada.step("close", ["reason": "Done."], of: path, expect: 422)
            #expect(soon.text.contains("one asks for the closing, another closes"))
            try await ada.step("askToClose", ["reason": "Done."], of: path)
            #expect(try await grace.page(path).contains("Ada asked for the closing"))
            let same = try await ada.step("close", ["reason": "Done."], of: path, expect: 422)
            #expect(same.text.contains("Who asked for the closing cannot confirm it"))
            try await grace.step("close", ["reason": "Looked at it."], of: path)
            #expect(try await grace.page(path).contains("<b>closed</b>"))
        }
    }

    @Test(
        "what is wrong with an opening is told at its field, and what was typed stays",
        arguments: [
            ("zone", "Mars/Base", "There is no time zone"), ("zone", "", "There is no time zone"),
            ("received", "2026-02-30T10:00", "is not an instant"), ("received", "yesterday", "is not an instant"),
            ("received", "", "The time is missing"), ("received", "2027-03-28T02:30", "were put forward over it"),
            ("received", "2026-10-25T02:30", "comes twice that night"), ("received", "2026-10-06T23:00", "lies after the entry"),
            ("received", "1066-10-14T09:00", "is not an instant"), ("title", " ", "The title is missing"),
            ("title", String(repeating: "x", count: 301), "longer than 300 bytes"), ("title", "a\nb", "line break"),
            ("source", "", "The source is missing"), ("text", "", "The text is missing"),
            ("text", String(repeating: "é", count: 8_001), "longer than 16000 bytes"), ("owner", "", "Name who is on call"),
            ("kind", "flood", "Choose what it is about"), ("country", "NO", "not a Member State"),
            ("size", "huge", "Choose a size"),
            ("name.0", "Toaster", "is registered: register it first"),
        ])
    func openingRefused(field: String, value: String, hint: String) async throws {
        try await withCases { house in
            let ada = try await Clerk(house)
            let answer = try await ada.post("/cases/new", Clerk.opening(["deputy": "Kept Deputy", field: value]), expect: 422)
            #expect(answer.text.contains(hint), "\(Clerk.error(in: answer.text))")
            #expect(answer.text.contains("value=\"Kept Deputy\""))
            #expect(answer.text.contains("<div class=\"field wrong\">"))
            #expect(try house.estate.cases().isEmpty)
        }
    }

    @Test("a case without a product is refused; without any registered product the form says to register one")
    func noProduct() async throws {
        try await withCases { house in
            let ada = try await Clerk(house)
            var fields = Clerk.opening()
            fields["product.0"] = nil
            #expect(try await ada.post("/cases/new", fields, expect: 422).text.contains("names at least one product"))
        }
        try await withHouse { house in
            let page = try await Clerk(house).page("/cases/new")
            #expect(page.contains("register one first"))
        }
    }

    @Test("a product without units is said so, and a signal before the duty applies is not reportable")
    func emptyProduct() async throws {
        try await withCases(product: "Paper Product") { house in
            let ada = try await Clerk(house)
            #expect(try await ada.page("/cases/new").contains("The inventory has no unit of it"))
            let path = try await ada.open(["name.0": "Paper Product", "received": "2026-09-01T10:00:00Z"])
            #expect(try await ada.page(path).contains("had no unit of this product"))
            try await ada.step("startAssessment", of: path)
            try await ada.step("declareAware", Self.aware.merging(["since": "2026-09-01T12:00:00Z"]) { $1 }, of: path)
            let page = try await ada.page(path)
            #expect(page.contains("not reportable") && page.contains("mark-guidance") && !page.contains("data-due"))
        }
    }

    @Test(
        "a step that the case does not take now says why, in the form where it was typed",
        arguments: [
            ("declareAware", aware, "Cannot decide that the manufacturer is aware while the case is a signal"),
            ("declareNoCase", ["evidence": "x", "reason": "y"], "Cannot decide that it is not a case"),
            (
                "recordSubmission", ["stage": "earlyWarning", "at": "2026-10-06T14:00", "reference": "r"],
                "Cannot record a submission"
            ),
            ("recordSubmission", ["stage": "sonnet", "at": "2026-10-06T14:00", "reference": "r"], "Choose a stage"),
            ("recordMeasure", ["at": "2026-10-06T14:00"], "Cannot record when a measure"),
            ("recordMeasure", ["at": "soon"], "is not an instant"),
            ("correctMeasure", ["at": "", "reason": "r"], "Cannot record when"),
            ("recordUserNotice", ["at": "2026-10-06T14:00", "audience": "dogs"], "Choose who was told"),
            ("answerRequest", ["target": "x", "at": "2026-10-06T14:00"], "not recorded"),
            ("close", ["reason": "r"], "Cannot close it"),
            ("reopen", ["reason": "r"], "Cannot reopen it"), ("askToClose", ["reason": "r"], "Cannot ask for the closing"),
            ("note", ["text": ""], "The text is missing"), ("assign", ["owner": " "], "Name who is on call"),
            ("nameCoordinator", ["country": "CH"], "not a Member State"),
            ("logSignal", ["received": "2026-10-07T14:00", "source": "s", "text": "t"], "lies after the entry"),
        ])
    func stepRefused(step: String, fields: [String: String], hint: String) async throws {
        try await withCases { house in
            let ada = try await Clerk(house)
            let path = try await ada.open()
            let answer = try await ada.step(step, fields, of: path, expect: 422)
            #expect(answer.text.contains(hint), "\(Clerk.error(in: answer.text))")
            #expect(answer.text.contains("<details class=\"step\" id=\"\(step)"))
            #expect(try house.estate.caseFile("2026-001")?.case.history.count == 1)
        }
    }

    @Test("drafts count against the form's limits, carry over, and take what is known only when asked")
    func drafts() async throws {
        try await withCases { house in
            let ada = try await Clerk(house)
            let path = try await ada.open()
            let warning = "\(path)/reports/earlyWarning"
            let empty = try await ada.page(warning)
            #expect(empty.contains("Holdfast submits nothing") && empty.contains("Known: <span class=\"said\">Radio module</span>"))
            // One unit is in Ireland; Great Britain is no Member State.
            #expect(empty.contains("Known: <span class=\"said\">IE</span>"))
            try await ada.post(warning, ["field.2": String(repeating: "x", count: 256), "field.1": "Vulnerability", "do": "save"])
            let long = try await ada.page(warning)
            #expect(long.contains("256 of 255") && long.contains("counter over") && long.contains("longer than the form takes"))
            #expect(try house.estate.caseFile("2026-001")?.drafts[.earlyWarning]?.values["6"] == nil)
            try await ada.post(warning, ["field.2": "Mine", "field.1": "Vulnerability", "field.3": "a\r\nb", "do": "fill"])
            let draft = try #require(try house.estate.caseFile("2026-001")?.drafts[.earlyWarning])
            #expect(draft.values["2"] == "Mine" && draft.values["6"] == "Telecare Hub" && draft.values["5"] == "IE")
            #expect(draft.values["3"] == "a\nb" && draft.values["7"] == "2.4.0, 2.4.1")
            // A line break counts as two characters.
            #expect(try await ada.page(warning).contains("4 of 4000"))
            let notification = try await ada.page("\(path)/reports/notification")
            #expect(notification.contains("carried over from the stage before") && notification.contains(">Mine</p>"))
            try await ada.post(
                "\(path)/reports/notification", ["kind.AEV-72-2": "unknown", "text.AEV-72-2": "We look at the logs."])
            let text = try await house.page("\(path)/reports/notification/text", cookie: ada.cookie)
            #expect(text.header("Content-Type") == "text/plain; charset=utf-8")
            #expect(text.text.contains("2 Title: Mine\n") && text.text.contains("AEV-72-2: not known. We look at the logs."))
            for stage in ReportStage.allCases { _ = try await ada.page("\(path)/reports/\(stage.rawValue)") }
            #expect(try await house.page("\(path)/reports/sonnet", cookie: ada.cookie).status == 404)
        }
    }

    @Test(
        "a draft that cannot be kept says why, and loses nothing that was typed",
        arguments: [
            (["field.6": String(repeating: "x", count: 32_001)], "longer than 32000 bytes"), (["field.99": "x"], "no field"),
            (["kind.AEV-24-1": "unknown", "text.AEV-24-1": "x"], "is mandatory: it cannot be unknown"),
            (["kind.AEV-24-2": "unknown", "text.AEV-24-2": " "], "Say what is being done"),
            (["kind.AEV-24-2": "", "text.AEV-24-2": "lost?"], "Choose what this text says"),
            (["kind.NONE": "given", "text.NONE": "x"], "no element"),
        ])
    func draftRefused(fields: [String: String], hint: String) async throws {
        try await withCases { house in
            let ada = try await Clerk(house)
            let path = try await ada.open()
            let answer = try await ada.post(
                "\(path)/reports/earlyWarning", fields.merging(["field.3": "A summary."]) { $1 }, expect: 422)
            #expect(answer.text.contains(hint), "\(Clerk.error(in: answer.text))")
            #expect(answer.text.contains("A summary."))
            #expect(try house.estate.caseFile("2026-001")?.drafts.isEmpty == true)
        }
    }

    @Test("the calendar opens by its own key alone, which is shown once, and leaves titles out")
    func calendar() async throws {
        try await withCases { house in
            let ada = try await Clerk(house)
            let path = try await ada.open()
            try await ada.step("startAssessment", of: path)
            try await ada.step("declareAware", Self.aware, of: path)
            #expect(try await house.ask("GET", "/cases/calendar.ics?key=").status == 404)
            let made = try await ada.post("/cases/calendar-key", ["do": "make"], expect: 200)
            let feed = String(try #require(made.text.firstMatch(of: /\/cases\/calendar\.ics\?key=cal_[A-Za-z0-9_-]{43}/)).0)
            let again = try await ada.page("/cases")
            #expect(!again.contains("key=cal_"))
            let calendar = try await house.ask("GET", feed)
            #expect(calendar.status == 200 && calendar.header("Content-Type") == "text/calendar; charset=utf-8")
            #expect(calendar.text.hasPrefix("BEGIN:VCALENDAR\r\n") && calendar.text.hasSuffix("END:VCALENDAR\r\n"))
            #expect(calendar.text.contains("UID:2026-001-earlyWarning@holdfast\r\n"))
            #expect(calendar.text.contains("DTSTART:20261007T120000Z\r\n") && !calendar.text.contains("Radio module"))
            try await ada.post("/cases/calendar-key", ["do": "make"], expect: 200)
            #expect(try await house.ask("GET", feed).status == 404)
            try await ada.post("/cases/calendar-key", ["do": "revoke"])
            #expect(try await ada.page("/cases").contains("There is no feed yet"))
            #expect(!house.log.text.contains("cal_"))
            let bearer = try await house.api("/api/v1/cases.ics")
            #expect(bearer.text.contains("UID:2026-001-notification@holdfast"))
            #expect(try await house.ask("GET", "/api/v1/cases.ics").status == 401)
        }
    }

    @Test("who may not record sees no form, and is refused", arguments: [Role.viewer, .operator])
    func roles(role: Role) async throws {
        try await withCases { house in
            let path = try await Clerk(house).open()
            let reader = try await Clerk(house, name: "Bob", role: role)
            for place in ["/cases", path, "\(path)/reports/earlyWarning"] {
                let page = try await reader.page(place)
                #expect(
                    !page.contains("name=\"step\"") && !page.contains("<textarea") && !page.contains("calendar-key"), "\(place)")
            }
            #expect(try await house.page("/cases/new", cookie: reader.cookie).status == 403)
            try await reader.post("/cases/new", Clerk.opening(), expect: 403)
            try await reader.step("startAssessment", of: path, expect: 403)
            try await reader.post("\(path)/reports/earlyWarning", ["field.2": "x"], expect: 403)
            try await reader.post("/cases/calendar-key", [:], expect: 403)
            let body = #"{"step": {"startAssessment": {}}}"#
            let headers = ["Authorization": "Bearer \(try house.token(role))", "Content-Type": "application/json"]
            #expect(try await house.ask("POST", "/api/v1/cases/2026-001/actions", headers: headers, body: body).status == 403)
        }
    }

    @Test("forms need the seal of their own session")
    func seals() async throws {
        try await withCases { house in
            let ada = try await Clerk(house)
            let path = try await ada.open()
            for (target, fields) in [
                ("/cases/new", Clerk.opening()), (path, ["step": "startAssessment"]), ("\(path)/reports/earlyWarning", [:]),
            ] {
                #expect(try await house.form(target, fields, headers: ["Cookie": ada.cookie]).status == 403, "\(target)")
            }
            #expect(try await house.page("/cases/2026-999", cookie: ada.cookie).status == 404)
            #expect(try await house.page("/cases/%3Cb%3E", cookie: ada.cookie).status == 404)
        }
    }

    @Test("the questions of Art. 14(7) lead to a coordinator with reasons")
    func routing() async throws {
        try await withCases { house in
            let ada = try await Clerk(house)
            #expect(try await ada.page("/cases/routing").contains("establishment in the European Union"))
            let found = try await ada.page("/cases/routing?establishment=yes&decisions=DE")
            #expect(
                found.contains("The coordinator is") && found.contains("/cases/new?country=DE") && found.contains("mark-secondary"))
            #expect(try await ada.page("/cases/routing?establishment=DE").contains("answered with yes or no"))
            let none = "establishment=no&representative=none&importer=none&distributor=none&users=none"
            #expect(try await ada.page("/cases/routing?\(none)").contains("No Member State came out"))
        }
    }

    @Test("lets no text add markup to any page")
    func hostile() async throws {
        func markup(_ name: String) async throws -> [(String, [Int])] {
            var counts: [(String, [Int])] = []
            try await withCases(product: name, rows: try House.rows(name)) { house in
                let ada = try await Clerk(house)
                func note(_ label: String, _ text: String) {
                    counts.append((label, "<>\"'".utf8.map { mark in text.utf8.count { $0 == mark } }))
                }
                note("new", try await ada.page("/cases/new"))
                // The names of a form's fields are sent as they are given.
                let asked = PercentEncoding.encode(name)
                let texts = ["title": name, "source": name, "text": name, "owner": name, "deputy": name, "reason": name]
                let path = try await ada.open(texts.merging(["name.0": name, "version.0.0": name]) { $1 })
                note(
                    "refused",
                    try await ada.post(
                        "/cases/new", Clerk.opening(texts.merging(["received": name, "zone": name]) { $1 }), expect: 422
                    ).text)
                let more = ["evidence": name, "reason": name, "reference": name, "channel": name, "text": name, "source": name]
                try await ada.step("startAssessment", more, of: path)
                note("step", try await ada.step("declareAware", more.merging(["since": name]) { $1 }, of: path, expect: 422).text)
                try await ada.step("declareAware", more.merging(["since": "2026-10-06T14:00"]) { $1 }, of: path)
                try await ada.step("logSignal", more.merging(["received": "2026-10-06T14:00"]) { $1 }, of: path)
                try await ada.step(
                    "recordSubmission", more.merging(["stage": "earlyWarning", "at": "2026-10-06T14:00"]) { $1 }, of: path)
                try await ada.step("recordMeasure", more.merging(["at": "2026-10-06T14:00"]) { $1 }, of: path)
                try await ada.step(
                    "recordRequest", more.merging(["requested": "2026-10-06T14:00", "due": "2026-10-07T14:00"]) { $1 }, of: path)
                try await ada.step("answerRequest", more.merging(["target": "1", "at": "2026-10-06T14:00"]) { $1 }, of: path)
                try await ada.step(
                    "recordUserNotice", more.merging(["at": "2026-10-06T14:00", "audience": "all"]) { $1 }, of: path)
                try await ada.step("note", more, of: path)
                let unknown = try await ada.step(
                    "answerRequest", more.merging(["target": name, "at": "x"]) { $1 }, of: path, expect: 422)
                note("target", unknown.text)
                for stage in ReportStage.allCases {
                    var fields: [String: String] = [:]
                    for field in PlatformForm.current.fields(for: .vulnerability)
                    where ![.carriedOver, .notAsked].contains(field.status(at: stage)) {
                        fields["field.\(field.number)"] = name
                    }
                    for element in Article14.facts.content(of: stage, for: .vulnerability)?.elements ?? [] {
                        (fields["kind.\(element.id)"], fields["text.\(element.id)"]) = ("given", name)
                    }
                    let place = "\(path)/reports/\(stage.rawValue)"
                    try await ada.post(place, fields)
                    note(place, try await ada.page(place))
                    note(place, try await ada.post(place, ["kind.\(asked)": "given", "text.\(asked)": name], expect: 422).text)
                }
                note("case", try await ada.page(path))
                note("list", try await ada.page("/cases"))
                try await ada.step("close", more.merging(["left.notification": "yes", "left.finalReport": "yes"]) { $1 }, of: path)
                note("closed", try await ada.page(path))
                note("closed list", try await ada.page("/cases"))
                note("routing", try await ada.page("/cases/routing?establishment=yes&decisions=\(asked)"))
                let unknownCase = try await house.page("/cases/\(asked)", cookie: ada.cookie)
                note("404", unknownCase.text)
            }
            return counts
        }
        let plain = try await markup("HF-0003 plain")
        let hostile = try await markup(House.hostileName)
        #expect(plain.count == hostile.count)
        for (left, right) in zip(plain, hostile) { #expect(left.1 == right.1, "\(right.0)") }
    }

    @Test("carries no inline script or style, which its own policy would block")
    func inline() async throws {
        try await withCases { house in
            let ada = try await Clerk(house)
            let path = try await ada.open()
            for place in ["/cases", "/cases/new", "/cases/routing", path, "\(path)/reports/earlyWarning"] {
                let page = try await ada.page(place)
                #expect(page.firstMatch(of: /<[^>]*\sstyle=/) == nil, "\(place)")
                #expect(page.firstMatch(of: /<[^>]*\son[a-z]+=/) == nil, "\(place)")
            }
        }
    }

    @Test("a cell that a spreadsheet would compute does not begin as a formula")
    func csv() {
        #expect(DarkList.cell("=1+1") == "'=1+1")
        #expect(DarkList.cell("a,\"b\"") == "\"a,\"\"b\"\"\"")
        #expect(DarkList.cell("plain") == "plain")
    }
}
