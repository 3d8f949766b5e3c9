import Testing
import Wire

@testable import Beacon
@testable import Cipher

/// RFC 8613, appendix C: every value that it gives. (The appendix has vectors C.1 to C.8.)
@Suite("OSCORE test vectors, RFC 8613 appendix C")
struct OSCOREVectorTests {
    struct Derivation: Sendable {
        let name: String
        let salt: String
        let idContext: String?
        let client: String
        let server: String
        let infoClient: String
        let infoServer: String
        let infoIV: String
        let keyClient: String
        let keyServer: String
        let commonIV: String
        let nonceClient: String
        let nonceServer: String

        func keys(sender: String, recipient: String) throws -> SecurityKeys {
            try #require(
                SecurityKeys.derive(
                    masterSecret: vector("0x0102030405060708090a0b0c0d0e0f10"), masterSalt: vector(salt),
                    idContext: idContext.map(vector),
                    sender: EndpointIdentifier(vector: sender), recipient: EndpointIdentifier(vector: recipient), using: HKDF()))
        }

        func context(sender: String, recipient: String, sequence: UInt64 = 0) throws -> SecurityContext {
            SecurityContext(
                keys: try keys(sender: sender, recipient: recipient), sender: EndpointIdentifier(vector: sender),
                recipient: EndpointIdentifier(vector: recipient), idContext: idContext.map(vector),
                sequence: SenderSequence(ceiling: sequence))
        }

        func clientContext(sequence: UInt64) throws -> SecurityContext {
            try context(sender: client, recipient: server, sequence: sequence)
        }
        func serverContext() throws -> SecurityContext { try context(sender: server, recipient: client) }
    }

    static let c1 = Derivation(
        name: "C.1", salt: "0x9e7ca92223786340", idContext: nil, client: "0x", server: "0x01", infoClient: "0x8540f60a634b657910",
        infoServer: "0x854101f60a634b657910", infoIV: "0x8540f60a6249560d", keyClient: "0xf0910ed7295e6ad4b54fc793154302ff",
        keyServer: "0xffb14e093c94c9cac9471648b4f98710", commonIV: "0x4622d4dd6d944168eefb54987c",
        nonceClient: "0x4622d4dd6d944168eefb54987c", nonceServer: "0x4722d4dd6d944169eefb54987c")
    static let c2 = Derivation(
        name: "C.2", salt: "0x", idContext: nil, client: "0x00", server: "0x01", infoClient: "0x854100f60a634b657910",
        infoServer: "0x854101f60a634b657910", infoIV: "0x8540f60a6249560d", keyClient: "0x321b26943253c7ffb6003b0b64d74041",
        keyServer: "0xe57b5635815177cd679ab4bcec9d7dda", commonIV: "0xbe35ae297d2dace910c52e99f9",
        nonceClient: "0xbf35ae297d2dace910c52e99f9", nonceServer: "0xbf35ae297d2dace810c52e99f9")
    static let c3 = Derivation(
        name: "C.3", salt: "0x9e7ca92223786340", idContext: "0x37cbf3210017a2d3", client: "0x", server: "0x01",
        infoClient: "0x85404837cbf3210017a2d30a634b657910", infoServer: "0x8541014837cbf3210017a2d30a634b657910",
        infoIV: "0x85404837cbf3210017a2d30a6249560d", keyClient: "0xaf2a1300a5e95788b356336eeecd2b92",
        keyServer: "0xe39a0c7c77b43f03b4b39ab9a268699f", commonIV: "0x2ca58fb85ff1b81c0b7181b85e",
        nonceClient: "0x2ca58fb85ff1b81c0b7181b85e", nonceServer: "0x2da58fb85ff1b81d0b7181b85e")

    @Test("keys are derived on both sides: C.1.1 to C.3.2", arguments: [c1, c2, c3])
    func derivation(_ given: Derivation) throws {
        let (client, server) = (EndpointIdentifier(vector: given.client), EndpointIdentifier(vector: given.server))
        let context = given.idContext.map(vector)
        let key = Array("Key".utf8)
        #expect(SecurityKeys.info(id: client, idContext: context, type: key, length: 16) == vector(given.infoClient))
        #expect(SecurityKeys.info(id: server, idContext: context, type: key, length: 16) == vector(given.infoServer))
        #expect(SecurityKeys.info(id: nil, idContext: context, type: Array("IV".utf8), length: 13) == vector(given.infoIV))

        let atClient = try given.clientContext(sequence: 0)
        #expect(atClient.keys.sender.bytes == vector(given.keyClient))
        #expect(atClient.keys.recipient.bytes == vector(given.keyServer))
        #expect(atClient.keys.commonIV.bytes == vector(given.commonIV))
        #expect(atClient.nonce(of: OSCOREExchange(requester: client, sequence: 0)).bytes == vector(given.nonceClient))
        #expect(atClient.nonce(of: OSCOREExchange(requester: server, sequence: 0)).bytes == vector(given.nonceServer))

        let atServer = try given.serverContext()
        #expect(atServer.keys == atClient.keys.mirrored)
        #expect(SecurityKeys(atServer.keys.bytes) == atServer.keys)
        #expect(SecurityKeys(Array(atServer.keys.bytes.dropLast())) == nil)
    }

    struct Request: Sendable {
        let name: String
        let derivation: Derivation
        let unprotected: String
        let additionalData: String
        let plaintext: String
        let nonce: String
        let option: String
        let ciphertext: String
        let protected: String
    }

    static let c4 = Request(
        name: "C.4", derivation: c1, unprotected: "0x44015d1f00003974396c6f63616c686f737483747631",
        additionalData: "0x8368456e63727970743040488501810a40411440", plaintext: "0x01b3747631",
        nonce: "0x4622d4dd6d944168eefb549868",
        option: "0x0914", ciphertext: "0x612f1092f1776f1c1668b3825e",
        protected: "0x44025d1f00003974396c6f63616c686f7374620914ff612f1092f1776f1c1668b3825e")
    static let c5 = Request(
        name: "C.5", derivation: c2, unprotected: "0x440171c30000b932396c6f63616c686f737483747631",
        additionalData: "0x8368456e63727970743040498501810a4100411440", plaintext: "0x01b3747631",
        nonce: "0xbf35ae297d2dace910c52e99ed",
        option: "0x091400", ciphertext: "0x4ed339a5a379b0b8bc731fffb0",
        protected: "0x440271c30000b932396c6f63616c686f737463091400ff4ed339a5a379b0b8bc731fffb0")
    static let c6 = Request(
        name: "C.6", derivation: c3, unprotected: "0x44012f8eef9bbf7a396c6f63616c686f737483747631",
        additionalData: "0x8368456e63727970743040488501810a40411440", plaintext: "0x01b3747631",
        nonce: "0x2ca58fb85ff1b81c0b7181b84a",
        option: "0x19140837cbf3210017a2d3", ciphertext: "0x72cd7273fd331ac45cffbe55c3",
        protected: "0x44022f8eef9bbf7a396c6f63616c686f73746b19140837cbf3210017a2d3ff72cd7273fd331ac45cffbe55c3")

    @Test("requests are protected by the client and opened by the server: C.4 to C.6", arguments: [c4, c5, c6])
    func requests(_ given: Request) throws {
        var client = try given.derivation.clientContext(sequence: 20)
        let message = try CoAPMessage(vector(given.unprotected))
        #expect(SecurityContext.plaintext(of: message) == vector(given.plaintext))
        let (protected, exchange) = try client.protect(request: message, with: TableAES.self)
        #expect(exchange.additionalData == vector(given.additionalData))
        #expect(client.nonce(of: exchange).bytes == vector(given.nonce))
        #expect(protected.option(CoAPOption.oscore)?.value == vector(given.option)[...])
        #expect(protected.payload == vector(given.ciphertext)[...])
        #expect(protected.encoded == vector(given.protected))

        var server = try given.derivation.serverContext()
        let opened = try server.open(request: CoAPMessage(vector(given.protected)), with: TableAES.self)
        #expect(opened.message == message)
        #expect(opened.exchange == exchange)
    }

    static let response = "0x64455d1f00003974ff48656c6c6f20576f726c6421"

    @Test("a response takes the request's nonce: C.7")
    func response() throws {
        var client = try Self.c1.clientContext(sequence: 20)
        let exchange = try client.protect(request: CoAPMessage(vector(Self.c4.unprotected)), with: TableAES.self).exchange
        let server = try Self.c1.serverContext()
        let message = try CoAPMessage(vector(Self.response))
        #expect(SecurityContext.plaintext(of: message) == vector("0x45ff48656c6c6f20576f726c6421"))
        let protected = try server.protect(response: message, in: exchange, with: TableAES.self)
        #expect(protected.option(CoAPOption.oscore)?.value == [])
        #expect(protected.payload == vector("0xdbaad1e9a7e7b2a813d3c31524378303cdafae119106")[...])
        #expect(protected.encoded == vector("0x64445d1f0000397490ffdbaad1e9a7e7b2a813d3c31524378303cdafae119106"))
        #expect(try client.open(response: CoAPMessage(protected.encoded), in: exchange, with: TableAES.self) == message)
    }

    @Test("a response with a Partial IV takes a nonce of its own: C.8")
    func numberedResponse() throws {
        var client = try Self.c1.clientContext(sequence: 20)
        let exchange = try client.protect(request: CoAPMessage(vector(Self.c4.unprotected)), with: TableAES.self).exchange
        var server = try Self.c1.serverContext()
        let message = try CoAPMessage(vector(Self.response))
        let protected = try server.protect(numbered: message, in: exchange, with: TableAES.self)
        #expect(protected.option(CoAPOption.oscore)?.value == [0x01, 0x00])
        #expect(protected.payload == vector("0x4d4c13669384b67354b2b6175ff4b8658c666a6cf88e")[...])
        #expect(protected.encoded == vector("0x64445d1f00003974920100ff4d4c13669384b67354b2b6175ff4b8658c666a6cf88e"))
        #expect(try client.open(response: CoAPMessage(protected.encoded), in: exchange, with: TableAES.self) == message)
    }
}

extension OSCOREVectorTests.Derivation: CustomTestStringConvertible {
    var testDescription: String { name }
}

extension OSCOREVectorTests.Request: CustomTestStringConvertible {
    var testDescription: String { name }
}
