import Estate
import Hummingbird
import Regulation

/// The five questions that a manufacturer of connected products asks first.
extension Console {
    private struct Model {
        struct Row {
            var question: String
            var state: VerdictModel
            var answer: String
            var gap: [String]
            var moreGaps: String?
            var noGap: Bool
            var nextStep: String
            var citations: [CitationModel]
            var path: String
            var pathName: String
        }

        var now: AgeModel
        var rows: [Row]
        var note: ReasonModel
    }

    /// Gaps of one question that are listed.
    private static let gapsShown = 12

    func readiness(_ exchange: Exchange) async throws -> Response {
        let now = exchange.now
        let readiness = try await read { try $0.readiness(at: now) }
        let model = Model(
            now: AgeModel(now, at: now),
            rows: readiness.answers.map { answer in
                let state: VerdictModel =
                    switch answer.state {
                    case .yes: .yes("yes")
                    case .partly: .warning("partly")
                    case .no: .no("no")
                    case .cannotTellYet: .open("cannot tell yet")
                    }
                let (path, name) = Self.place(of: answer.id)
                return Model.Row(
                    question: answer.question, state: state, answer: answer.answer, gap: Array(answer.gap.prefix(Self.gapsShown)),
                    moreGaps: answer.gap.count > Self.gapsShown ? Words.grouped(answer.gap.count - Self.gapsShown) : nil,
                    noGap: answer.gap.isEmpty, nextStep: answer.nextStep, citations: answer.citations.map(CitationModel.init),
                    path: path,
                    pathName: name)
            }, note: ReasonModel(readiness.note))
        return page("readiness", title: "Readiness", place: "/products", live: nil, exchange, model)
    }

    private static func place(of question: String) -> (String, String) {
        switch question {
        case "reach", "surface": ("/devices", "Devices")
        case "register": ("/risks", "Risks")
        case "absorb": ("/operators", "Operators")
        default: ("/products", "Products")
        }
    }
}
