import Estate
import Hummingbird
import Regulation

/// The questions of Art. 14(7): which CSIRT is the coordinator.
extension Console {
    private struct Model {
        struct Step {
            var question: String
            var answer: String
            var reason: ReasonModel
        }

        struct Question {
            var name: String
            var text: String
            var why: String
            var isYesNo: Bool
            var reason: ReasonModel
            var states: [FormModel.Option]
            var given: [FormModel.Hidden]
        }

        var note: String?
        var steps: [Step]
        var hasSteps: Bool
        var question: Question?
        var coordinator: String?
        var country: String?
        var contact: String?
        var undetermined: Bool
        var notices: [ReasonModel]
        var source: String
    }

    /// Asks for nothing that is kept: the answers stand in the address.
    func routing(_ exchange: Exchange) async throws -> Response {
        var routing = CoordinatorRouting()
        var given: [FormModel.Hidden] = []
        var note: String?
        for topic in CoordinatorRouting.Topic.allCases {
            guard let text = exchange.query.text(topic.rawValue) else { continue }
            let answer: CoordinatorRouting.Answer =
                switch text {
                case "yes": .yes
                case "no": .no
                case "none": .none
                default: .memberState(code: text)
                }
            do throws(CoordinatorRouting.Failure) {
                try routing.answer(topic, answer)
                given.append(.init(name: topic.rawValue, value: text))
            } catch {
                note = error.description
            }
        }
        let decision = routing.decision
        let questions = CoordinatorRouting.questions
        let model = Model(
            note: note,
            steps: decision.steps.map { step in
                let answer =
                    switch step.answer {
                    case .yes: "yes"
                    case .no: "no"
                    case .none: "none"
                    case .memberState(let code): code.uppercased()
                    }
                return Model.Step(
                    question: questions.first { $0.id == step.topic }?.text ?? step.topic.rawValue, answer: answer,
                    reason: ReasonModel(step.reason))
            }, hasSteps: !decision.steps.isEmpty,
            question: decision.next.map { question in
                Model.Question(
                    name: question.id.rawValue, text: question.text, why: question.why, isYesNo: question.answer == .yesNo,
                    reason: ReasonModel("What it rests on", question.citations),
                    states: Self.memberStates(selected: nil).dropFirst() + [
                        .init(value: "none", label: "none, or cannot be determined")
                    ],
                    given: given)
            }, coordinator: decision.coordinator?.csirt, country: decision.coordinator?.memberState,
            contact: decision.coordinator?.contact, undetermined: decision.isUndetermined,
            notices: decision.notes.map(ReasonModel.init),
            source: "\(Coordinator.list.source), \(Coordinator.list.asOf) (\(Coordinator.list.mark.rawValue))")
        return page("case_routing", title: "Which CSIRT", place: "/cases", live: nil, exchange, model)
    }
}
