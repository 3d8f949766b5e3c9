import Estate
import Foundation
import Testing

@testable import Server

@Suite("A live page") struct LiveTests {
    private func open(_ port: Int, _ cookie: String, topic: String) async throws -> RawSocket {
        let socket = try await RawSocket(port: port)
        try await socket.send(
            "GET /live?topic=\(topic) HTTP/1.1\r\nHost: localhost\r\nCookie: \(cookie)\r\nAccept: text/event-stream\r\n\r\n")
        return socket
    }

    @Test("is told when its device was heard from, and its stream ends with the server")
    func event() async throws {
        var socket: RawSocket?
        try await withRunningHouse { house, addresses in
            let stream = try await open(addresses.httpPort, try house.signIn(), topic: "events")
            socket = stream
            #expect(await stream.wait { $0.contains("retry: 3000") }.contains("Content-Type: text/event-stream"))
            var card = try SampleCard(1)
            try house.beacon(try card.beacon())
            #expect(await stream.wait { $0.contains("event: changed") }.contains("event: changed"))
        }
        // The graceful shutdown is over: the stream did not hold it up.
        let ended = try #require(socket)
        #expect(await eventually { ended.isClosed })
    }

    @Test("needs a session")
    func session() async throws {
        try await withHouse { house in
            #expect(try await house.ask("GET", "/live?topic=overview").status == 401)
            let cookie = try house.signIn()
            for target in [
                "/live", "/live?topic=", "/live?topic=all", "/live?topic=device", "/live?topic=overview&device=x",
                "/live?topic=overview&x=1",
            ] {
                #expect(try await house.ask("GET", target, headers: ["Cookie": cookie]).status == 400)
            }
            #expect(try await house.ask("HEAD", "/live?topic=overview", headers: ["Cookie": cookie]).status == 405)
        }
    }

    @Test("is asked to come back later when there are too many")
    func limit() async throws {
        var settings = House.quietSettings
        settings.liveLimit = 2
        try await withRunningHouse(settings: settings) { house, addresses in
            let cookie = try house.signIn()
            var sockets: [RawSocket] = []
            for _ in 0..<2 {
                let socket = try await open(addresses.httpPort, cookie, topic: "overview")
                _ = await socket.wait { $0.contains("retry:") }
                sockets.append(socket)
            }
            let third = try await open(addresses.httpPort, cookie, topic: "overview")
            #expect(await third.wait { $0.contains("\r\n\r\n") }.hasPrefix("HTTP/1.1 503"))
            await sockets[0].close()
            // A place is free again once the server finds that the page is gone.
            let free = await eventually {
                guard let fourth = try? await open(addresses.httpPort, cookie, topic: "overview") else { return false }
                let text = await fourth.wait { $0.contains("\r\n\r\n") }
                await fourth.close()
                return text.hasPrefix("HTTP/1.1 200")
            }
            #expect(free)
        }
    }

    @Test("hears only what is news to it")
    func topics() throws {
        var pulse = Pulse()
        #expect(pulse.isEmpty)
        #expect(!Topic.overview.isNews(pulse))
        #expect(Topic.drill.isNews(pulse))
        pulse.note(.device("a"))
        #expect(Topic.device("a").isNews(pulse))
        #expect(!Topic.device("b").isNews(pulse))
        #expect(!Topic.events.isNews(pulse))
        for index in 0...Pulse.deviceLimit { pulse.note(.device(String(index))) }
        #expect(pulse.devices.count == Pulse.deviceLimit)
        #expect(Topic.device("b").isNews(pulse))
        #expect(Topic(name: "device", device: nil) == nil)
        #expect(Topic(name: "device", device: "x") == .device("x"))
    }
}
