import Evidence
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

    @Test("who gave and took access, to whom and why, is in the ledger, and no secret is")
    func recorded() throws {
        let estate = try makeEstate([])
        let size = estate.ledgerSize
        let administrator = Authorship("Ada", reason: "the wall in the control room")
        let token = try estate.access.issueToken(name: "dashboard", role: .viewer, by: administrator, at: noon)
        #expect(try estate.access.revokeToken(id: token.id, by: Authorship("Ben", reason: "lost"), at: noon))
        #expect(try !estate.access.revokeToken(id: token.id, by: Authorship("Ben"), at: noon))
        let code = try estate.access.issueSignInLink(name: "Cleo", role: .compliance, by: Authorship("Ada"), at: noon)
        let session = try #require(try estate.access.redeem(code: code, at: noon)).secret
        #expect(try estate.access.redeem(code: code, at: noon) == nil)
        let entries = try estate.ledgerEntries().map(\.entry).reversed().suffix(4)
        #expect(entries.map(\.kind) == ["token-issued", "token-revoked", "sign-in-link-made", "session-opened"])
        #expect(entries.map(\.author) == ["Ada", "Ben", "Ada", "Cleo"])
        #expect(entries.map(\.reason) == ["the wall in the control room", "lost", "", ""])
        #expect(entries.first?.body == ["token": .integer(token.id), "name": "dashboard", "role": "viewer"])
        // Nothing was done without an entry, and there is none for what was not done.
        #expect(estate.ledgerSize == size + 4)
        let lines = try estate.database.read { try $0.all("SELECT line FROM ledger_entry") { $0.text(0) } }.joined()
        for secret in [token.token, code, session] { #expect(!lines.contains(secret.dropFirst(3))) }
        let report = try estate.verifyLedger()
        #expect(report.isWhole && report.signed == report.entries)
    }

    @Test("nobody bears the name under which the estate itself is recorded")
    func reserved() throws {
        let access = try access()
        for name in ["holdfast", "Holdfast"] {
            #expect(throws: AccessError.reserved(name: name)) { try access.issueToken(name: name, role: .viewer, at: noon) }
            #expect(throws: AccessError.reserved(name: name)) { try access.issueSignInLink(name: name, role: .viewer, at: noon) }
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
