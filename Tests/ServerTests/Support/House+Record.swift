import Estate
import Testing

@testable import Server

/// Answers that lead through the inquiries.
enum RecordAnswers {
    static let scope = [
        "S1": "hardware", "S2": "yes", "S3": "yes", "S3a": "yes", "S4": "no", "D1": "yes", "D2": "yes", "D3": "yes",
        "R1": "manufacturer",
    ]
}

/// The record's pages as somebody at the console uses them.
extension House {
    /// Sends a form with the seal of the session.
    func post(_ target: String, _ fields: [String: String], _ cookie: String) async throws -> Answer {
        let seal = try #require(AccessTests.seal(in: try await page("/products", cookie: cookie).text))
        return try await form(target, fields.merging(["seal": seal]) { $1 }, headers: ["Cookie": cookie])
    }

    /// Answers what an inquiry's page asks until it asks no more.
    func walk(_ target: String, _ answers: [String: String], note: String = "as decided", _ cookie: String) async throws {
        for _ in 0..<80 {
            let page = try await page(target, cookie: cookie).text
            guard let question = page.firstMatch(of: /name="question" value="([^"]+)"/) else { return }
            let id = String(question.1)
            let value = answers[id] ?? (id == "Q1" ? "stated" : id == "kind" ? "other" : "no")
            let answer = try await post(target, ["question": id, "value": value, "note": note], cookie)
            try #require(answer.status == 303, "\(id) \(value): \(answer.status)")
        }
        Issue.record("the inquiry does not end")
    }

    /// A body of JSON, by a token of the role.
    func send(_ target: String, _ body: String, _ role: Role = .compliance) async throws -> Answer {
        try await ask(
            "POST", "/api/v1/\(target)",
            headers: ["Authorization": "Bearer \(try token(role))", "Content-Type": "application/json"], body: body)
    }
}
