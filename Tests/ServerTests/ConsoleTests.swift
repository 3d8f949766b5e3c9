import Estate
import Foundation
import Testing

@testable import Server

@Suite("The console") struct ConsoleTests {
    private static let pages = [
        "/", "/devices", "/devices?text=%3Cb%3E&state=nonsense%22&firmware=%22%3E%3Cb%3E", "/devices?operator=3&tag=%22",
        "/operators", "/events", "/drill",
    ]

    /// Everything that a name can turn up in: two devices' beacons, a move, a silence, events.
    private func fill(_ house: House) throws {
        var cards = try (1...3).map { try SampleCard(UInt64($0)) }
        try house.beacon(try cards[0].beacon(), try cards[2].beacon())
        house.advance(seconds: 30)
        try house.estate.tick(at: house.now)
        try house.beacon(try cards[2].beacon(on: .backup, moved: 4))
        house.advance(seconds: 900)
        try house.estate.tick(at: house.now)
        try house.beacon(try cards[0].beacon())
    }

    @Test("lets no name add markup to any page")
    func escaping() async throws {
        func markup(_ name: String) async throws -> [(String, [Int])] {
            var counts: [(String, [Int])] = []
            try await withHouse(rows: try House.rows(name), drills: QuietDrills()) { house in
                try fill(house)
                let cookie = try house.signIn()
                for target in Self.pages + [
                    "/devices/\(PercentEncoding.encode(name))", "/devices?product=\(PercentEncoding.encode(name))",
                ] {
                    let page = try await house.page(target, cookie: cookie)
                    #expect(page.status == 200)
                    #expect(!page.text.utf8.elementsEqual("{{x}}".utf8))
                    counts.append((target, "<>\"'".utf8.map { mark in page.text.utf8.count { $0 == mark } }))
                }
                let refused = try await house.page("/devices/\(PercentEncoding.encode(name))x", cookie: cookie)
                #expect(refused.status == 404)
                counts.append(("404", "<>\"'".utf8.map { mark in refused.text.utf8.count { $0 == mark } }))
            }
            return counts
        }
        let plain = try await markup("HF-0003 plain")
        let hostile = try await markup(House.hostileName)
        for (left, right) in zip(plain, hostile) {
            #expect(left.1 == right.1, "\(right.0)")
        }
    }

    @Test("escapes what a drill says, and draws whatever figures it gives")
    func drills() async throws {
        try await withHouse(drills: QuietDrills()) { house in
            let page = try await house.page("/drill", cookie: try house.signIn())
            #expect(page.status == 200)
            #expect(!page.text.contains("<u>"))
            #expect(!page.text.contains("<i>"))
            #expect(page.text.contains("phase &lt;b&gt;&quot"))
            #expect(page.text.contains("1.3 s / 2 min 10 s"))
            #expect(!page.text.contains("nan"))
        }
    }

    @Test("says why a drill was not started")
    func refusal() async throws {
        try await withHouse(drills: QuietDrills()) { house in
            let cookie = try house.signIn()
            let seal = try #require(AccessTests.seal(in: try await house.page("/drill", cookie: cookie).text))
            let answer = try await house.form("/drill/start", ["seal": seal, "name": "no<b>"], headers: ["Cookie": cookie])
            #expect(answer.status == 409)
            #expect(answer.text.contains("There is no drill called &quot;no&lt;b&gt;&quot;."))
        }
    }

    @Test("has no drill page where there are no drills")
    func noDrills() async throws {
        try await withHouse { house in
            let cookie = try house.signIn()
            #expect(try await house.page("/drill", cookie: cookie).status == 404)
            #expect(try await house.page("/", cookie: cookie).text.contains("/drill") == false)
        }
    }

    @Test("carries no inline script or style, which its own policy would block", arguments: pages)
    func inline(target: String) async throws {
        try await withHouse(drills: QuietDrills()) { house in
            try fill(house)
            let page = try await house.page(target, cookie: try house.signIn())
            #expect(page.text.firstMatch(of: /<[^>]*\sstyle=/) == nil)
            #expect(page.text.firstMatch(of: /<[^>]*\son[a-z]+=/) == nil)
            #expect(page.text.firstMatch(of: /<script(?![^>]*\ssrc="\/assets\/)/) == nil)
            #expect(!page.text.contains("<style"))
        }
    }

    @Test("shows reach-24 first, and the age of every proof")
    func proofs() async throws {
        try await withHouse { house in
            try fill(house)
            house.advance(seconds: 7)
            let cookie = try house.signIn()
            let overview = try await house.page("/", cookie: cookie).text
            let first = try #require(overview.range(of: "<strong>66.6</strong>"))
            // Where the number leads, those that were not heard stand first.
            let missing = try #require(overview.firstMatch(of: /<a href="([^"]+)">1 device<\/a> did not/))
            let list = try await house.page(String(missing.1), cookie: cookie).text
            #expect(try #require(list.firstMatch(of: /<th scope="row" class="id"><a href="([^"]+)"/)).1 == "/devices/HF-0002")
            #expect(overview[..<first.lowerBound].contains("<strong>") == false)
            let device = try await house.page("/devices/HF-0001", cookie: cookie).text
            #expect(device.contains("last heard <time datetime=\"2026-03-01T12:15:30.000Z\""))
            #expect(device.contains(">7 s</time> ago"))
            #expect(device.contains("never proven"))
            let never = try await house.page("/devices/HF-0002", cookie: cookie).text
            #expect(never.contains("never heard"))
        }
    }

    @Test("gives a network no proof, and an event no operator, that another one has")
    func borrowing() async throws {
        try await withHouse { house in
            try fill(house)
            let cookie = try house.signIn()
            let device = try await house.page("/devices/HF-0001", cookie: cookie).text
            let networks = try #require(device.firstMatch(of: /(?s)<h2 id="networks">.*?<\/section>/))
            #expect(networks.0.components(separatedBy: "data-age").count == 2)
            #expect(networks.0.components(separatedBy: "never proven").count == 2)
            let list = try await house.page("/devices", cookie: cookie).text
            #expect(list.components(separatedBy: ">never</td>").count == 2)
            let events = try await house.page("/events", cookie: cookie).text
            let imported = try #require(events.firstMatch(of: /(?s)· imported(.*?)<\/p>/))
            #expect(!imported.1.contains("Mobile"))
        }
    }

    @Test("tells in words which operator carried a device, and why it moved")
    func timeline() async throws {
        try await withHouse { house in
            try fill(house)
            let page = try await house.page(
                "/devices/\(PercentEncoding.encode(House.hostileName))?window=1h", cookie: try house.signIn()
            ).text
            #expect(page.contains("class=\"timeline\""))
            #expect(page.contains("<desc>"))
            #expect(page.contains("(backup) from 12:00 to now"))
            for window in ["x", "%00%", "-1h", "'"] {
                let status = try await house.page("/devices/HF-0001?window=\(window)", cookie: try house.signIn()).status
                #expect(status == 200 || status == 400)
            }
        }
    }

    @Test("says what it did not understand, and shows the rest")
    func notes() async throws {
        try await withHouse { house in
            let cookie = try house.signIn()
            let page = try await house.page("/devices?page=99999999999999999999&size=-5&state=fine&sort=%22", cookie: cookie)
            #expect(page.status == 200)
            #expect(page.text.components(separatedBy: "Not understood").count == 5)
            #expect(page.text.contains("HF-0001"))
            let far = try await house.page("/devices?page=1000000", cookie: cookie)
            #expect(far.status == 200)
            #expect(try await house.page("/events?before=x", cookie: cookie).text.contains("Not understood"))
        }
    }

    @Test("that is empty says what to do next", arguments: ["/", "/devices", "/operators"])
    func empty(target: String) async throws {
        try await withHouse(rows: []) { house in
            let page = try await house.page(target, cookie: try house.signIn())
            #expect(page.status == 200)
            #expect(page.text.contains("holdfast import"))
        }
    }

    @Test("finds nothing with grace")
    func nothingFound() async throws {
        try await withHouse { house in
            let page = try await house.page("/devices?text=zebra", cookie: try house.signIn())
            #expect(page.text.contains("No device fits."))
            #expect(page.text.contains("value=\"zebra\""))
        }
    }

    @Test("pages through devices without losing the filter")
    func paging() async throws {
        try await withHouse(rows: try (1...7).map { try SampleCard.row(UInt64($0), device: "HF-000\($0)") }) { house in
            let page = try await house.page("/devices?tag=resilient&size=3&sort=moves", cookie: try house.signIn()).text
            #expect(page.contains("href=\"/devices?tag=resilient&amp;sort=moves&amp;size=3&amp;page=2\""))
            #expect(page.contains("Page 1 of 3"))
        }
    }
}
