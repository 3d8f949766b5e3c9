import Foundation
import Testing

@testable import Server

@Suite("The HTTP socket") struct HostileHTTPTests {
    @Test("answers or drops what is not HTTP, and goes on serving")
    func junk() async throws {
        try await withRunningHouse { _, addresses in
            var generator = SplitMix(seed: 0xACE)
            var requests: [[UInt8]] = [
                Array("GET / HTTP/1.1\r\nHost: a\r\nHost\r\n\r\n".utf8), Array("GET / HTTP/9.9\r\n\r\n".utf8),
                Array("\r\n\r\n\r\n".utf8),
                Array("POST /api/v1/import HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n".utf8),
                Array("POST /api/v1/import HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello".utf8),
                Array("POST /api/v1/import HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n".utf8),
                Array("GET /\u{0}x HTTP/1.1\r\nHost: a\r\n\r\n".utf8), Array("GET http:// HTTP/1.1\r\nHost: a\r\n\r\n".utf8),
                Array("GET / HTTP/1.1\r\nX-A: \(String(repeating: "a", count: 40_000))\r\n\r\n".utf8),
                Array(("GET / HTTP/1.1\r\n" + String(repeating: "X-A: a\r\n", count: 200) + "\r\n").utf8),
                Array(
                    "GET / HTTP/1.1\r\nHost: a\r\nCookie: holdfast_session\r\nCookie: =;;=;holdfast_session=\r\n\r\n"
                        .utf8),
            ]
            for _ in 0..<60 {
                requests.append(
                    (0..<Int.random(in: 1...300, using: &generator)).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
                )
            }
            for request in requests {
                let socket = try await RawSocket(port: addresses.httpPort)
                try? await socket.send(bytes: request)
                try? await socket.send("\r\n\r\n")
                await socket.close()
            }
            let socket = try await RawSocket(port: addresses.httpPort)
            try await socket.send("GET /api/v1/healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(await socket.wait { $0.contains("ok") }.hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test("refuses header fields that are too long, and ends the connection")
    func longHeaders() async throws {
        try await withRunningHouse { _, addresses in
            let socket = try await RawSocket(port: addresses.httpPort)
            try await socket.send("GET / HTTP/1.1\r\nHost: a\r\nX-A: \(String(repeating: "a", count: 40_000))\r\n\r\n")
            #expect(await socket.wait { $0.contains("\r\n\r\n") }.hasPrefix("HTTP/1.1 400"))
            #expect(await eventually { socket.isClosed })
        }
    }

    @Test("ends the connection after a body that is too long, without reading it all")
    func longBody() async throws {
        var settings = House.quietSettings
        settings.importLimit = 100_000
        try await withRunningHouse(settings: settings) { house, addresses in
            for framing in ["Content-Length: 1000000000", "Transfer-Encoding: chunked"] {
                let socket = try await RawSocket(port: addresses.httpPort)
                try await socket.send(
                    "POST /api/v1/import HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(try house.token(.administrator))\r\n"
                        + "Content-Type: text/csv\r\n\(framing)\r\n\r\n"
                )
                if framing.hasPrefix("T") {
                    for _ in 0..<4 { try? await socket.send("c350\r\n\(String(repeating: "x", count: 0xc350))\r\n") }
                }
                let text = await socket.wait { $0.contains("bytes at most") }
                #expect(text.hasPrefix("HTTP/1.1 413"))
                #expect(text.contains("application/problem+json"))
                #expect(await eventually { socket.isClosed })
            }
        }
    }

    @Test("ends a request that never ends, though it was answered long ago")
    func endless() async throws {
        var settings = House.quietSettings
        settings.requestSeconds = 1
        try await withRunningHouse(settings: settings) { _, addresses in
            let socket = try await RawSocket(port: addresses.httpPort)
            try await socket.send("POST /nothing HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n")
            #expect(await socket.wait { $0.contains("nothing at this address") }.hasPrefix("HTTP/1.1 404"))
            let ended = await eventually {
                try? await socket.send("1\r\nx\r\n")
                return socket.isClosed
            }
            #expect(ended)
        }
    }

    @Test("serves several requests on one connection")
    func keepAlive() async throws {
        try await withRunningHouse { house, addresses in
            let token = try house.token(.viewer)
            let socket = try await RawSocket(port: addresses.httpPort)
            let request = "GET /api/v1/overview HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(token)\r\n\r\n"
            try await socket.send(request + "GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n" + request)
            let text = await socket.wait {
                $0.components(separatedBy: "reach72").count > 6 && $0.components(separatedBy: "HTTP/1.1 ").count == 4
            }
            #expect(text.components(separatedBy: "HTTP/1.1 200").count == 3)
            #expect(text.components(separatedBy: "HTTP/1.1 404").count == 2)
            await socket.close()
        }
    }
}
