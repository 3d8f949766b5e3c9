import Foundation
import Regulation
import Testing

/// A worked example of the clocks with what each reading must give. Computed by a script of its own, not by the code under test.
struct DeadlineVector: Decodable, CustomTestStringConvertible {
    struct Input: Decodable {
        var timeZone: String
        var memberState: String
        var awareAtUTC: String?
        var awareAtLocal: String?
        var measureAvailableAtUTC: String?
        var measureAvailableAtLocal: String?
        var earlyWarningSubmittedAtUTC: String?
        var incidentNotificationSubmittedAtUTC: String?
        var incidentNotificationSubmittedAtLocal: String?
    }

    struct Hours: Decodable {
        var conservativeUTC: String
        var conservativeLocal: String
        var weekday: String
        var formalEndExclusiveUTC: String
        var formalEndExclusiveLocal: String
    }

    struct Days: Decodable {
        var conservativeUTC: String
        var conservativeLocal: String
        var nominalLastDay: String
        var formalLastDay: String
        var formalEndExclusiveUTC: String
        var formalEndExclusiveLocal: String
        var literalConservativeUTC: String?
        var rule: String?
    }

    struct Expected: Decodable {
        var earlyWarning24h: Hours?
        var notification72h: Hours?
        var finalAEV14d: Days?
        var finalSI1month: Days?
        var srpDisplayed72hUTC: String?
    }

    var id: String
    var title: String
    var input: Input
    var expected: Expected
    var expectedReportable: Bool?
    var fineExcludedFor: [String]?
    var naiveWallClock24hLocal: String?
    var naiveIs: String?

    var testDescription: String { "\(id) \(title)" }

    static let all: [(CaseKind, DeadlineVector)] = {
        func read(_ text: String) -> [DeadlineVector] {
            (try? JSONDecoder().decode([DeadlineVector].self, from: Data(text.utf8))) ?? []
        }
        return read(vulnerabilityJSON).map { (.vulnerability, $0) } + read(incidentJSON).map { (.incident, $0) }
    }()
}
