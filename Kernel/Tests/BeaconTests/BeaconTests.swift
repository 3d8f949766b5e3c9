import TestSupport
import Testing
import Wire

@testable import Beacon
@testable import Cipher

@Suite("A card and its responder")
struct BeaconTests {
    @Test("a heartbeat arrives as it was sent, and its answer comes back as it was given")
    func exchange() throws {
        var pair = Fixture()
        let sent = try pair.client.request(Fixture.heartbeat)
        #expect(sent.sequence == 0 && sent.ceiling == 64)
        #expect(try BeaconServer.identify(sent.bytes) == Fixture.card)
        var request = try pair.open(sent.bytes)
        #expect(request.heartbeat == Fixture.heartbeat && request.sequence == 0)
        let answer = try request.answer(Fixture.answer, in: pair.server, with: TableAES.self)
        #expect(try pair.client.accept(answer) == Fixture.answer)
        #expect(pair.client.lastAnswered == 0)
        #expect(try pair.client.request(Fixture.heartbeat).ceiling == nil)
    }

    @Test("a heartbeat is a non-confirmable POST, and its answer a non-confirmable 2.04 with the same token")
    func header() throws {
        var pair = Fixture(ceiling: 0x01_2345)
        let request = try CoAPMessage(pair.send())
        #expect(
            request.kind == .nonConfirmable && request.code == .post && request.id == 0x2345
                && request.token == CoAPToken(0x2345, count: 2))
        #expect(request.options.map(\.number) == [CoAPOption.oscore])
        let answer = try CoAPMessage(pair.answer(request.encoded))
        #expect(
            answer.kind == .nonConfirmable && answer.code == .changed && answer.token == request.token && answer.id == request.id)
    }

    @Test("a confirmable request is answered in its acknowledgement, with any token")
    func confirmable() throws {
        var pair = Fixture()
        for token in [CoAPToken.none, CoAPToken(0x0102_0304_0506_0708, count: 8)] {
            var request = try CoAPMessage(pair.sealed())
            request.token = token
            let answer = try CoAPMessage(pair.answer(request.encoded))
            #expect(answer.kind == .acknowledgement && answer.id == 0x1234 && answer.token == token && answer.code == .changed)
        }
    }

    @Test("the answer to one request does not answer another")
    func binding() throws {
        var pair = Fixture()
        let first = try pair.send()
        let second = try pair.send()
        let answer = try pair.answer(first)
        var moved = try CoAPMessage(answer)
        moved.token = try CoAPMessage(second).token
        #expect(throws: BeaconError.oscore(.notAuthentic)) { try pair.client.accept(moved.encoded) }
        #expect(try pair.client.accept(answer) == Fixture.answer)
    }

    @Test("an answer counts once, and one that is older than the last is not taken for news")
    func order() throws {
        var pair = Fixture()
        let requests = try (0..<3).map { _ in try pair.send() }
        let answers = try requests.map { try pair.answer($0) }
        #expect(try pair.client.accept(answers[1]) == Fixture.answer)
        #expect(throws: BeaconError.notAsked) { try pair.client.accept(answers[1]) }
        #expect(throws: BeaconError.notAsked) { try pair.client.accept(answers[0]) }
        #expect(try pair.client.accept(answers[2]) == Fixture.answer)
        #expect(pair.client.lastAnswered == 2)
    }

    @Test("four requests may wait, and the oldest is forgotten for a fifth")
    func waiting() throws {
        var pair = Fixture()
        let answers = try (0..<5).map { _ in try pair.answer(pair.send()) }
        #expect(throws: BeaconError.notAsked) { try pair.client.accept(answers[0]) }
        #expect(try pair.client.accept(answers[1]) == Fixture.answer)
    }

    @Test("a card and a responder of other keys don't understand each other")
    func otherKeys() throws {
        var pair = Fixture()
        // The same card's keys with the next responder.
        let keys = known(
            BeaconServer.keys(of: Fixture.card, with: 1, masterSecret: Fixture.secret, masterSalt: Fixture.salt, using: HKDF()))
        var other = BeaconServer.context(for: Fixture.card, keys: keys.mirrored, window: ReplayWindow())
        #expect(throws: BeaconError.oscore(.notAuthentic)) { try BeaconServer.open(pair.send(), in: &other, with: TableAES.self) }
        #expect(other.window == ReplayWindow())
        var neighbour = BeaconServer.context(for: known(CardNumber(1)), keys: Fixture.cardKeys.mirrored, window: ReplayWindow())
        #expect(throws: BeaconError.oscore(.otherContext)) {
            try BeaconServer.open(pair.send(), in: &neighbour, with: TableAES.self)
        }
    }

    @Test("no request is longer than 128 bytes, whatever it says and however high its number")
    func size() throws {
        var longest = 0
        for number in [0, 255, 65_535, (1 << 40) - 4_096] as [UInt64] {
            for heartbeat in PayloadTests.extremes() {
                var client = BeaconClient<TableAES>(card: heartbeat.card, keys: Fixture.cardKeys, ceiling: number)
                longest = max(longest, try client.request(heartbeat).bytes.count)
            }
        }
        #expect(longest == 99)
        // With the longest proof of freshness that a responder may ask for.
        var pair = Fixture(ceiling: (1 << 40) - 64)
        let request = try pair.send()
        let exchange = OSCOREExchange(requester: Fixture.card.identifier, sequence: (1 << 40) - 64)
        let echo = CoAPOption(CoAPOption.echo, [UInt8](repeating: 0xEE, count: BeaconClient<TableAES>.echoLimit))
        let challenge = CoAPMessage(.nonConfirmable, .unauthorized, id: 1, token: try CoAPMessage(request).token, options: [echo])
        let sealed = try pair.server.protect(response: challenge, in: exchange, with: TableAES.self).encoded
        #expect(throws: BeaconError.freshnessWanted) { try pair.client.accept(sealed) }
        let extreme = try #require(PayloadTests.extremes().last)
        let answer = try pair.client.request(extreme).bytes
        #expect(answer.count == 118)
        #expect(max(longest, answer.count) <= BeaconClient<TableAES>.sizeLimit)
    }

    @Test("no answer to our card is longer than 46 bytes, or 163 with a policy document")
    func answerSize() throws {
        var pair = Fixture()
        var longest = Answer(primary: .failing, returnWindow: .max, time: .max, wantedPolicy: .max, rehearsal: .max)
        let answer = try pair.answer(pair.send(), longest)
        #expect(answer.count == 46)
        #expect(try pair.client.accept(answer) == longest)
        longest.policyDocument = [UInt8](repeating: 0xD0, count: 114)
        let long = try pair.answer(pair.send(), longest)
        #expect(long.count == 163)
        #expect(try pair.client.accept(long) == longest)
    }

    @Test("a request is opened once, whenever it arrives again")
    func replay() throws {
        var pair = Fixture()
        var sent: [[UInt8]] = []
        for _ in 0..<100 {
            sent.append(try pair.send())
            _ = try pair.open(sent[sent.count - 1])
            for (number, old) in sent.enumerated() {
                #expect(throws: BeaconError.oscore(.replayed(sequence: UInt64(number)))) { try pair.open(old) }
            }
        }
    }

    @Test("requests are opened in any order within the window, each once; older ones are refused")
    func reordering() throws {
        var seed = Seed.fresh()
        for _ in 0..<20 {
            var pair = Fixture()
            let sent = try (0..<200).map { _ in try pair.send() }
            var arrivals = Array(sent.indices) + Array(sent.indices)
            // Each arrives twice, up to a hundred places from where it was sent.
            arrivals = arrivals.map { ($0, $0 + seed.below(100)) }.sorted { $0.1 < $1.1 }.map(\.0)
            var opened = Set<Int>()
            for number in arrivals {
                let highest = opened.max()
                let fits = !opened.contains(number) && (highest.map { number + 64 > $0 } ?? true)
                do {
                    #expect(try pair.open(sent[number]).sequence == UInt64(number))
                    #expect(fits)
                    opened.insert(number)
                } catch {
                    #expect(!fits)
                    #expect(error == .oscore(.replayed(sequence: UInt64(number))))
                }
            }
        }
    }

    @Test("no request with a bit changed in what OSCORE protects is opened; the rest of the header can't change what it says")
    func forgedRequest() throws {
        var pair = Fixture(ceiling: 0x01_2345)
        let sent = try pair.send()
        // Four bytes of header and two of token. RFC 8613, 4.2: kind, message id and token are not protected, and the outer code is ignored.
        let open = 6
        var opened = 0
        for bit in 0..<sent.count * 8 {
            var forged = sent
            forged[bit / 8] ^= 0x80 >> UInt8(bit % 8)
            var server = pair.server
            do {
                let request = try BeaconServer.open(forged, in: &server, with: TableAES.self)
                opened += 1
                #expect(bit / 8 < open, "bit \(bit) was changed, and the request was opened")
                #expect(request.heartbeat == Fixture.heartbeat && request.sequence == 0x01_2345)
            } catch {
                #expect(
                    server.window == pair.server.window && server.sequence == pair.server.sequence, "bit \(bit) changed the context"
                )
            }
        }
        // Of the header: kind (confirmable), code (methods 0.01 to 0.31 that differ from POST in one bit), message id, token.
        #expect(opened == 1 + 4 + 16 + 16)
    }

    @Test("no answer with a bit changed in what OSCORE protects is accepted")
    func forgedAnswer() throws {
        var pair = Fixture()
        let sent = try pair.send()
        let answer = try pair.answer(sent)
        for bit in 0..<answer.count * 8 {
            var forged = answer
            forged[bit / 8] ^= 0x80 >> UInt8(bit % 8)
            var client = pair.client
            do {
                #expect(try client.accept(forged) == Fixture.answer)
                // Kind, outer code and message id only: a changed token belongs to no request.
                #expect(bit / 8 < 4, "bit \(bit) was changed, and the answer was accepted")
            } catch {
                #expect(client.lastAnswered == nil, "bit \(bit)")
            }
        }
        #expect(try pair.client.accept(answer) == Fixture.answer)
    }

    @Test("cut short anywhere, neither a request nor an answer is accepted")
    func truncated() throws {
        var pair = Fixture()
        let sent = try pair.send()
        for count in 0..<sent.count { #expect(throws: BeaconError.self) { try pair.open(Array(sent.prefix(count))) } }
        let answer = try pair.answer(sent)
        for count in 0..<answer.count { #expect(throws: BeaconError.self) { try pair.client.accept(Array(answer.prefix(count))) } }
        #expect(try pair.client.accept(answer) == Fixture.answer)
    }

    @Test("an error that nothing protects does not end the wait for the answer")
    func unprotectedError() throws {
        var pair = Fixture()
        let sent = try pair.send()
        let answer = try pair.answer(sent)
        let error = try #require(BeaconServer.refusal(for: .oscore(.notAuthentic), to: sent))
        #expect(throws: BeaconError.errorUnprotected(code: .badRequest)) { try pair.client.accept(error) }
        #expect(try pair.client.accept(answer) == Fixture.answer)
    }

    @Test("a confirmable request that arrives again is answered with the same bytes, and only from memory")
    func retransmission() throws {
        var pair = Fixture()
        var answered = AnsweredRequests(capacity: 8)
        let sent = try pair.sealed()
        #expect(answered.answer(to: sent) == nil)
        let answer = try pair.answer(sent)
        answered.insert(answer, to: sent)
        #expect(answered.answer(to: sent) == answer)
        #expect(answered.answer(to: Array(sent.dropLast())) == nil)
        #expect(throws: BeaconError.oscore(.replayed(sequence: 0))) { try pair.open(sent) }
    }

    @Test("the memory of answers is bounded, and never gives another's")
    func answeredRequests() {
        var seed = Seed.fresh()
        var answered = AnsweredRequests(capacity: 64)
        let requests = (0..<1_000).map { _ in seed.bytes(40) }
        for request in requests { answered.insert(request.reversed(), to: request) }
        var known = 0
        for request in requests {
            guard let answer = answered.answer(to: request) else { continue }
            known += 1
            #expect(answer == request.reversed())
        }
        #expect(known > 0 && known <= 64)
        #expect(AnsweredRequests(capacity: 0).answer(to: []) == nil)
    }

    @Test("a request is answered once: asked again, it gives the same bytes whatever the answer is")
    func oneAnswer() throws {
        var pair = Fixture()
        var request = try pair.open(try pair.send())
        let first = try request.answer(Fixture.answer, in: pair.server, with: TableAES.self)
        #expect(try request.answer(Answer(primary: .healthy), in: pair.server, with: TableAES.self) == first)
    }

    @Test("refusals carry the codes of RFC 8613, 7.4 and 8.2, and of RFC 7252")
    func refusals() throws {
        var pair = Fixture()
        let sent = try pair.sealed()
        func refusal(_ error: BeaconError, _ datagram: [UInt8]? = nil) throws -> String? {
            try BeaconServer.refusal(for: error, to: datagram ?? sent).map { try CoAPMessage($0).summary }
        }
        #expect(try refusal(.oscore(.option)) == "4.02 Failed to decode COSE")
        #expect(try refusal(.unknownCard) == "4.01 Security context not found")
        #expect(try refusal(.oscore(.otherContext)) == "4.01 Security context not found")
        #expect(try refusal(.oscore(.replayed(sequence: 0))) == "4.01 Replay detected")
        #expect(try refusal(.oscore(.notFresh(sequence: 0))) == "4.01 Replay detected")
        #expect(try refusal(.oscore(.notAuthentic)) == "4.00 Decryption failed")
        #expect(try refusal(.oscore(.notProtected)) == "4.01")
        #expect(try refusal(.overloaded(retryAfter: 30)) == "5.03")
        #expect(try refusal(.unsupportedOption(number: CoAPOption.proxyURI)) == "5.05")
        #expect(try refusal(.unsupportedOption(number: CoAPOption.block1)) == "4.02")
        #expect(try refusal(.unsupportedOption(number: CoAPOption.block1), pair.send()) == nil)
        #expect(try refusal(.notAsked) == nil)
        let overloaded = try CoAPMessage(try #require(BeaconServer.refusal(for: .overloaded(retryAfter: 30), to: sent)))
        #expect(overloaded.option(CoAPOption.maxAge)?.uint == 30)
        #expect(overloaded.kind == .acknowledgement && overloaded.id == 0x1234 && overloaded.token == CoAPToken(0xABCD, count: 2))
        let replayed = try CoAPMessage(try #require(BeaconServer.refusal(for: .oscore(.replayed(sequence: 0)), to: sent)))
        #expect(replayed.option(CoAPOption.maxAge)?.uint == 0)
    }

    @Test("what is no request is reset when it is confirmable, and ignored otherwise")
    func resets() {
        func outcome(_ datagram: String) -> [UInt8]? {
            do {
                _ = try BeaconServer.identify(vector(datagram))
                Issue.record("\(datagram) was taken for a beacon")
                return nil
            } catch {
                return BeaconServer.refusal(for: error, to: vector(datagram))
            }
        }
        // A ping; a confirmable answer; reserved codes and token lengths: all reset (RFC 7252, 4.2 and 4.3).
        #expect(outcome("40 00 1234") == vector("70 00 1234"))
        #expect(outcome("40 45 1234") == vector("70 00 1234"))
        #expect(outcome("40 20 1234") == vector("70 00 1234"))
        #expect(outcome("49 02 1234") == vector("70 00 1234"))
        #expect(outcome("40 02 1234 ff") == vector("70 00 1234"))
        // OSCORE without a payload is malformed (RFC 8613, 2).
        #expect(outcome("40 02 1234 93 09 00 00") == vector("70 00 1234"))
        // The same, not confirmable; acknowledgements and resets; other versions; too short.
        for silent in [
            "50 00 1234", "50 45 1234", "50 02 1234 ff", "60 45 1234", "70 00 1234", "60 00 1234", "80 02 1234", "00 00 0000",
            "40 02 12", "",
        ] {
            #expect(outcome(silent) == nil, "\(silent)")
        }
    }

    @Test(
        "a request without OSCORE is not authorized; one that OSCORE can't decode has a bad option",
        arguments: [
            ("40 02 1234 b1 62 ff a0", "4.01"), ("41 01 1234 aa", "4.01"), ("50 02 1234 b1 62 ff a0 a0", "4.01"),
            // Reserved bits; no kid; no Partial IV; the option twice.
            ("40 02 1234 91 20 ff 000000000000000000000000000000000000000000", "4.02 Failed to decode COSE"),
            ("40 02 1234 92 01 00 ff 0000000000000000000000000000000000000000", "4.02 Failed to decode COSE"),
            ("40 02 1234 96 08 0100 00 002a ff 00000000000000000000000000000000", "4.02 Failed to decode COSE"),
            ("40 02 1234 92 09 00 02 09 00 ff 00000000000000000000000000000000", "4.01"),
            // An identifier that is no card's; a context hint.
            ("40 02 1234 93 09 00 53 ff 00000000000000000000000000000000000000000000000000", "4.01 Security context not found"),
            (
                "40 02 1234 98 19 00 00 00 00 00 00 01 ff 0000000000000000000000000000000000000000",
                "4.01 Security context not found"
            ),
            // A proxy; blocks outside.
            ("40 02 1234 d1 16 78 ff 00", "5.05"), ("40 02 1234 d1 0e 00 ff 00", "4.02"),
        ])
    func unprotected(datagram: String, refusal: String) throws {
        let bytes = vector(datagram)
        do {
            _ = try BeaconServer.identify(bytes)
            Issue.record("\(datagram) was taken for a beacon")
        } catch {
            let answer = try #require(BeaconServer.refusal(for: error, to: bytes))
            #expect(answer.count <= bytes.count)
            #expect(try CoAPMessage(answer).summary == refusal)
        }
    }

    @Test("authentic requests that are not served are refused under OSCORE, with the code that fits, and use their number up")
    func refusedInside() throws {
        let path = CoAPOption(CoAPOption.uriPath, [0x62])
        let other = known(CardNumber(1))
        let cases: [(CoAPCode, [CoAPOption], [UInt8], RequestFault)] = [
            (.post, [CoAPOption(CoAPOption.uriPath, [0x63])], Fixture.heartbeat.encoded, .path),
            (.post, [], Fixture.heartbeat.encoded, .path),
            (.post, [path, path], Fixture.heartbeat.encoded, .path),
            (.get, [path], [], .method(.get)),
            (CoAPCode(rawValue: 0x1F), [path], [], .method(CoAPCode(rawValue: 0x1F))),
            (.post, [path, CoAPOption(CoAPOption.contentFormat, uint: 50)], Fixture.heartbeat.encoded, .contentFormat),
            (.post, [path, CoAPOption(CoAPOption.accept, uint: 0)], Fixture.heartbeat.encoded, .accept),
            (.post, [path, CoAPOption(15, [0x61])], Fixture.heartbeat.encoded, .option(number: 15)),
            (.post, [path, CoAPOption(CoAPOption.block1, [0])], Fixture.heartbeat.encoded, .option(number: CoAPOption.block1)),
            (.post, [path], [], .payload(.cbor(.truncated(Truncation(needed: 1, left: 0, offset: 0))))),
            (.post, [path], [0xA0], .payload(.missing(key: 1))),
            (.post, [path], Heartbeat(card: other, profile: .primary).encoded, .payload(.otherCard(other))),
        ]
        var pair = Fixture()
        for (code, options, payload, fault) in cases {
            let sent = try pair.sealed(code, options: options, payload: payload)
            let number = pair.server.window.mask == 0 ? 0 : pair.server.window.highest + 1
            do {
                _ = try pair.open(sent)
                Issue.record("\(fault) was served")
            } catch {
                guard case .refused(let came, let answer) = error else {
                    Issue.record("\(fault): \(error)")
                    continue
                }
                #expect(came == fault)
                #expect(BeaconServer.refusal(for: error, to: sent) == answer)
                let exchange = OSCOREExchange(requester: Fixture.card.identifier, sequence: number)
                let inner = try pair.client.context.open(response: CoAPMessage(answer), in: exchange, with: TableAES.self)
                #expect(inner.code == fault.code)
                #expect(inner.kind == .acknowledgement)
            }
            #expect(throws: BeaconError.oscore(.replayed(sequence: number))) { try pair.open(sent) }
        }
    }

    @Test("the card hears of a refusal under OSCORE, and its request is over")
    func errorAnswered() throws {
        var pair = Fixture()
        let sent = try pair.send()
        let request = try pair.open(sent)
        let error = CoAPMessage(.nonConfirmable, .notFound, id: 0, token: try CoAPMessage(sent).token)
        let sealed = try pair.server.protect(response: error, in: request.exchange, with: TableAES.self).encoded
        #expect(throws: BeaconError.errorAnswered(code: .notFound)) { try pair.client.accept(sealed) }
        #expect(throws: BeaconError.notAsked) { try pair.client.accept(sealed) }
    }

    @Test("options that the standard lets a client add are accepted, inside and outside")
    func extraOptions() throws {
        var pair = Fixture()
        let inside = try pair.sealed(
            options: [
                CoAPOption(CoAPOption.uriPath, [0x62]), CoAPOption(CoAPOption.uriHost, Array("localhost".utf8)),
                CoAPOption(CoAPOption.uriPort, uint: 5_683), CoAPOption(CoAPOption.contentFormat, uint: 60),
                CoAPOption(CoAPOption.accept, uint: 60), CoAPOption(CoAPOption.observe), CoAPOption(CoAPOption.echo, [1, 2, 3]),
            ])
        #expect(try pair.open(inside).heartbeat == Fixture.heartbeat)
        // What is of class E and comes from outside is dropped (RFC 8613, 8.2, step 1): it can neither help nor harm.
        var outside = try CoAPMessage(pair.sealed(options: []))
        outside.append(CoAPOption(CoAPOption.uriPath, [0x62]))
        #expect(
            performing: { try pair.open(outside.encoded) },
            throws: {
                if case BeaconError.refused(.path, _) = $0 { true } else { false }
            })
        var host = try CoAPMessage(pair.sealed())
        host.append(CoAPOption(CoAPOption.uriPath, [0x78]))
        host.append(CoAPOption(15, [0x78]))
        #expect(try pair.open(host.encoded).heartbeat == Fixture.heartbeat)
    }

    @Test("with its window lost, a responder asks for proof of freshness; the next request carries it; replays stay refused")
    func lostWindow() throws {
        var pair = Fixture()
        let old = try (0..<10).map { _ in try pair.send() }
        for datagram in old.prefix(9) { _ = try pair.answer(datagram) }
        pair.server.window = .lost
        pair.server.sequence = SenderSequence(ceiling: 64, margin: 1 << 32)
        let echo: UInt64 = 0x1122_3344_5566_7788

        #expect(throws: BeaconError.oscore(.notFresh(sequence: 3))) { try pair.open(old[3]) }
        var challenges = Set<[UInt8]>()
        var challenge: [UInt8] = []
        for datagram in [old[3], old[3], old[9]] {
            do {
                _ = try pair.open(datagram, echo: echo)
                Issue.record("opened with a lost window")
            } catch {
                guard case .challenged(let answer) = error else { throw error }
                // Each with a number of the responder's own, so that the same request may be challenged often.
                #expect(challenges.insert(answer).inserted)
                challenge = answer
            }
        }
        #expect(pair.server.window.isLost)
        #expect(throws: BeaconError.freshnessWanted) { try pair.client.accept(challenge) }
        let fresh = try pair.send()
        let request = try pair.open(fresh, echo: echo)
        #expect(request.sequence == 10 && !pair.server.window.isLost)
        for datagram in old + [fresh] {
            #expect(
                performing: { try pair.open(datagram, echo: echo) },
                throws: {
                    if case BeaconError.oscore(.replayed) = $0 { true } else { false }
                })
        }
        // The proof is given once, and is not asked for again.
        let later = try pair.send()
        #expect(later.count < fresh.count)
        #expect(try pair.client.accept(pair.answer(later)) == Fixture.answer)
    }

    @Test("a proof of freshness that was given to an earlier start is none")
    func staleProof() throws {
        var pair = Fixture()
        pair.server.window = .lost
        let first: UInt64 = 1
        let request = try pair.send()
        do { _ = try pair.open(request, echo: first) } catch {
            guard case .challenged(let answer) = error else { throw error }
            #expect(throws: BeaconError.freshnessWanted) { try pair.client.accept(answer) }
        }
        let fresh = try pair.send()
        #expect(
            performing: { try pair.open(fresh, echo: 2) }, throws: { if case BeaconError.challenged = $0 { true } else { false } })
        #expect(pair.server.window.isLost)
        _ = try pair.open(fresh, echo: first)
    }
}
