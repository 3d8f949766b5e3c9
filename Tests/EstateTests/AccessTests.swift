import Foundation
import Storage
import Testing

@testable import Estate

@Suite("Access")
struct AccessTests {
    private func access() throws -> Access { try makeEstate([]).access }

    @Test("a token opens what its role allows until it is revoked")
    func tokens() throws {
        let access = try access()
        let reader = try access.issueToken(name: "dashboard", role: .viewer, at: noon)
        let writer = try access.issueToken(name: "importer", role: .administrator, at: noon)
        #expect(reader.token.hasPrefix("hf_") && reader.token.count == 46)
        #expect(reader.token != writer.token)
        let principal = try #require(try access.check(token: reader.token, at: noon))
        #expect(principal == Principal(name: "dashboard", role: .viewer, token: reader.id))
        #expect(principal.may(.read) && !principal.may(.operate))
        #expect(try access.check(token: writer.token, at: noon)?.may(.record) == true)
        #expect(try access.revokeToken(id: reader.id, at: noon))
        #expect(try !access.revokeToken(id: reader.id, at: noon))
        #expect(try access.check(token: reader.token, at: noon) == nil)
        #expect(try access.tokens().map(\.revoked) == [noon, nil])
    }

    @Test("what is no token opens nothing")
    func nonsense() throws {
        let access = try access()
        let token = try access.issueToken(name: "a", role: .administrator, at: noon).token
        for wrong in [
            "", "hf_", "hf_" + String(repeating: "A", count: 43), String(token.dropLast()), token + "A",
            String(repeating: "x", count: 100_000),
        ] {
            #expect(try access.check(token: wrong, at: noon) == nil)
            #expect(try access.redeem(code: wrong, at: noon) == nil)
            #expect(try access.session(wrong, at: noon) == nil)
        }
        for name in ["", String(repeating: "x", count: 65), "a\nb"] {
            #expect(throws: AccessError.self) { try access.issueToken(name: name, role: .viewer, at: noon) }
        }
    }

    @Test("only digests are stored")
    func digests() throws {
        let folder = try Folder()
        let path = folder.file("a.db")
        let database = try Database.open(path, schema: EstateSchema.schema)
        let estate = try EstateService(database: database, key: testKey(), at: noon)
        let token = try estate.access.issueToken(name: "a", role: .viewer, at: noon).token
        let code = try estate.access.issueSignInLink(name: "Ada", role: .administrator, at: noon)
        let session = try #require(try estate.access.redeem(code: code, at: noon)).secret
        try database.close()
        let file = Data(try bytes(path))
        for secret in [token, code, session] { #expect(file.range(of: Data(secret.dropFirst(3).utf8)) == nil) }
    }

    @Test("a sign-in link works once, in time, and gives a session that ends")
    func links() throws {
        let access = try access()
        let code = try access.issueSignInLink(name: "Ada", role: .administrator, validFor: 600, at: noon)
        let session = try #require(try access.redeem(code: code, at: noon.adding(seconds: 600)))
        #expect(try access.redeem(code: code, at: noon.adding(seconds: 600)) == nil)
        #expect(session.role == .administrator)
        #expect(try access.session(session.secret, at: noon.adding(seconds: 601))?.may(.record) == true)
        #expect(try access.session(session.secret, at: session.expires.adding(seconds: 1)) == nil)
        try access.endSession(session.secret, at: noon)
        #expect(try access.session(session.secret, at: noon.adding(seconds: 601)) == nil)
        let late = try access.issueSignInLink(name: "Ada", role: .viewer, validFor: 600, at: noon)
        #expect(try access.redeem(code: late, at: noon.adding(seconds: 601)) == nil)
    }
}
