import Foundation
import Testing

@testable import Regulation

let noon = Date(timeIntervalSince1970: 1_795_000_000)

func answer(_ question: String, _ value: String, note: String = "as decided", who: String = "Ada", at date: Date = noon) -> Answer {
    Answer(question: question, value: AnswerValue(code: value), who: who, when: date, note: note)
}

/// Gives these answers in turn where the inquiry asks for them, and otherwise `fallback`.
func fill(_ inquiry: inout Inquiry, _ answers: [String: String], otherwise fallback: (Question) -> String) throws {
    var steps = 0
    while let next = inquiry.next {
        steps += 1
        try #require(steps < 200, "the inquiry does not end")
        try inquiry.answer(answer(next.id, answers[next.id] ?? fallback(next)))
    }
}

/// Every way through the questions of an inquiry, up to a bound on ends; gives each end to `body`.
func walkAll(_ start: Inquiry, limit: Int, _ body: (InquiryEnd, [Answer]) throws -> Void) throws -> Int {
    var pending = [start]
    var ends = 0
    while let inquiry = pending.popLast() {
        if let end = inquiry.end {
            ends += 1
            try body(end, inquiry.answers)
            if ends >= limit { break }
            continue
        }
        let next = try #require(inquiry.next, "neither a question nor an end")
        for option in next.options {
            var copy = inquiry
            try copy.answer(answer(next.id, option.id))
            pending.append(copy)
        }
    }
    return ends
}

/// A verdict needs reasons with citations; an open one names what is missing.
func checkEnd(_ end: InquiryEnd, _ answers: [Answer]) {
    let path = answers.map { "\($0.question)=\($0.value.code)" }.joined(separator: " ")
    #expect(!end.reasons.isEmpty, "no reason: \(path)")
    #expect(end.reasons.allSatisfy { !$0.citations.isEmpty }, "a reason without citation: \(path)")
    #expect(!end.wouldChange.isEmpty, "nothing would change it: \(path)")
    #expect(
        (end.verdict == .cannotTellYet) == end.missing.contains(where: \.keepsOpen), "missing facts and verdict disagree: \(path)")
    #expect(!end.reasons.contains { $0.text.lowercased().contains("compliant") })
}
