import Regulation

extension Regime {
    var words: String {
        switch self {
        case .reportingOnly: "reporting only"
        case .full: "the whole Regulation"
        case .fullForChangedPart: "the whole Regulation, for the changed part"
        case .cannotTellYet: "cannot tell yet"
        }
    }
}

extension DatedItem.Kind {
    var words: String {
        switch self {
        case .law: "law"
        case .placing: "placing"
        case .modification: "modification"
        case .reporting: "reporting"
        case .endOfSupport: "end of support"
        case .notice: "notice"
        case .updateAvailability: "update kept"
        case .retention: "retention"
        }
    }
}

extension SupportFinding.Kind {
    var words: String {
        switch self {
        case .belowFloor: "shorter than the floor"
        case .belowExpectedUse: "shorter than the expected use"
        case .fiveByDefault: "five years without a reason"
        case .expectedUseMissing: "expected use missing"
        case .endMissing: "end missing"
        case .reasoningMissing: "reasoning missing"
        case .endsBeforePlacing: "ends before placing"
        case .modificationUnassessed: "look again after a modification"
        }
    }
}
