/// One of the five questions, answered from what the estate knows.
public struct ReadinessAnswer: Codable, Hashable, Sendable, Identifiable {
    public enum State: String, Codable, Hashable, Sendable { case yes, partly, no, cannotTellYet }

    /// "scope", "reach", "register", "surface", "absorb".
    public var id: String
    public var question: String
    public var state: State
    /// What is known, in figures.
    public var answer: String
    /// What stands between this and a yes; empty without a gap.
    public var gap: [String]
    public var nextStep: String
    public var citations: [Citation]
}

/// The five questions that a manufacturer of connected products asks first.
public struct Readiness: Codable, Hashable, Sendable {
    public var answers: [ReadinessAnswer]
    /// What these answers are not.
    public var note: Reason

    public init(_ inputs: ReadinessInputs, on day: Day) {
        answers = [
            Self.scope(inputs), Self.reach(inputs), Self.register(inputs, on: day), Self.surface(inputs), Self.absorb(inputs),
        ]
        note = Reason(
            "The five questions are ours. The Regulation prescribes no connectivity architecture, and a yes to all of them shows no conformity.",
            [Citation("our reading", .interpretation)])
    }

    private static func scope(_ inputs: ReadinessInputs) -> ReadinessAnswer {
        let open = inputs.products.filter { $0.scope == nil || $0.scope == .undetermined }
        let inScope = inputs.products.filter { $0.scope == .inScope }
        let untiered = inScope.filter { $0.tier == nil }
        let tiers = Tier.allCases.compactMap { tier in
            let count = inScope.count { $0.tier == tier }
            return count > 0 ? "\(count) \(tier.title)" : nil
        }
        let gap =
            open.map { "\($0.name): whether it is in scope is open" } + untiered.map { "\($0.name): its tier is open" }
        let state: ReadinessAnswer.State =
            inputs.products.isEmpty
            ? .cannotTellYet : gap.isEmpty ? .yes : open.count + untiered.count < inputs.products.count ? .partly : .no
        return ReadinessAnswer(
            id: "scope", question: "Which products are in scope, and in which tier?", state: state,
            answer: inputs.products.isEmpty
                ? "No product is on record."
                : "\(inScope.count) of \(inputs.products.count) products are in scope\(tiers.isEmpty ? "" : ": \(tiers.joined(separator: ", "))").",
            gap: inputs.products.isEmpty ? ["products"] : gap,
            nextStep: inputs.products.isEmpty
                ? "Register the products."
                : gap.isEmpty ? "Ask again when a product changes." : "Finish the scope and tier inquiries.",
            citations: [Citation("Art. 2(1)", .verified), Citation("Art. 7(1)", .verified)])
    }

    private static func reach(_ inputs: ReadinessInputs) -> ReadinessAnswer {
        let unproved = inputs.networks.filter { $0.heard < $0.units }
        let known = inputs.units > 0 && !inputs.networks.isEmpty
        let none = inputs.networks.allSatisfy { $0.heard <= 0 }
        var gap = unproved.map {
            "\($0.name): \(max(0, $0.units - max(0, $0.heard))) of \($0.units) units were never heard through it"
        }
        if inputs.units <= 0 {
            gap.append("units")
        } else if inputs.networks.isEmpty {
            gap.append("the networks that units depend on")
        }
        let proofs = inputs.networks.map { network in
            let age = network.oldestProof.map { ", oldest proof \(days($0)) old" } ?? ""
            return "\(network.name) \(network.heard) of \(network.units)\(age)"
        }
        return ReadinessAnswer(
            id: "reach", question: "Can every unit be reached on every network that it depends on?",
            state: !known ? .cannotTellYet : unproved.isEmpty ? .yes : none ? .no : .partly,
            answer: known
                ? "Heard through: \(proofs.joined(separator: "; "))." : "Nothing is known about units and their networks.",
            gap: gap,
            nextStep: !known
                ? "Take in the inventory."
                : unproved.isEmpty
                    ? "Rehearse the backup again before the proofs grow old."
                    : "Rehearse the backup for the units that were never heard through it.",
            citations: [Citation("Annex I, Part I, point (2)(h)", .verified), Citation("Annex I, Part II, point (7)", .verified)])
    }

    private static func register(_ inputs: ReadinessInputs, on day: Day) -> ReadinessAnswer {
        let registered = Set(inputs.risks.map(\.id))
        let absent = inputs.dependences.filter { !registered.contains($0.id) }
        let live = inputs.risks.filter { $0.status != .closed }
        let ownerless = live.filter { $0.owner == nil }
        let undecided = live.filter { $0.treatment == nil }
        let overdue = live.filter { $0.isOverdue(on: day) }
        let gap =
            absent.map { "\($0.product): \($0.subject) is not on the register" }
            + ownerless.map { "\($0.dependence.subject): no owner" }
            + undecided.map { "\($0.dependence.subject): no treatment" } + overdue.map { "\($0.dependence.subject): overdue" }
        let unknown = inputs.unitsOnOneNetwork == nil && inputs.dependences.isEmpty && inputs.risks.isEmpty
        let state: ReadinessAnswer.State =
            unknown
            ? .cannotTellYet
            : gap.isEmpty && (inputs.unitsOnOneNetwork ?? 0) == 0
                ? .yes
                : gap.isEmpty && !live.isEmpty ? .yes : live.contains { $0.owner != nil } ? .partly : .no
        let single = inputs.unitsOnOneNetwork.map { "\($0) of \(inputs.units) units have one network only. " } ?? ""
        return ReadinessAnswer(
            id: "register", question: "Is dependence on a single network on a risk register, with owners?", state: state,
            answer: unknown
                ? "Dependence was not computed."
                : "\(single)\(live.count) risks are open, \(live.count - ownerless.count) with an owner.",
            gap: unknown ? ["the inventory of networks"] : gap,
            nextStep: unknown || !absent.isEmpty
                ? "Compute the register from the inventory."
                : gap.isEmpty ? "Keep the review days." : "Name owners, decide treatments, and look at what is overdue.",
            citations: [Citation("Art. 13(2)", .verified), Citation("Art. 13(3)", .verified)])
    }

    private static func surface(_ inputs: ReadinessInputs) -> ReadinessAnswer {
        let total = [inputs.unitsOnPublicAPN, inputs.unitsOnPrivateAPN, inputs.unitsOnUnknownAPN].map { max(0, $0) }.reduce(0) {
            sum, next in
            let (value, overflow) = sum.addingReportingOverflow(next)
            return overflow ? .max : value
        }
        var gap: [String] = []
        if inputs.unitsOnPublicAPN > 0 {
            gap.append("\(inputs.unitsOnPublicAPN) units are on a public APN: a private APN or a VPN could narrow what is exposed")
        }
        if inputs.unitsOnUnknownAPN > 0 { gap.append("of \(inputs.unitsOnUnknownAPN) units the APN is not known") }
        return ReadinessAnswer(
            id: "surface", question: "Could a private APN or a VPN narrow the exposed surface?",
            state: total == 0 || inputs.unitsOnUnknownAPN >= total
                ? .cannotTellYet
                : inputs.unitsOnPublicAPN > 0
                    ? .yes
                    : inputs.unitsOnUnknownAPN > 0 ? .partly : .no,
            answer: total == 0
                ? "Nothing is known about APNs."
                : "\(inputs.unitsOnPrivateAPN) of \(total) units are on a private APN, \(inputs.unitsOnPublicAPN) on a public one, \(inputs.unitsOnUnknownAPN) not known.",
            gap: total == 0 ? ["APN and addressing of the units"] : gap,
            nextStep: gap.isEmpty && total > 0
                ? "Nothing is left to move. Check from outside now and then, and remember that protection ends where the tunnel ends."
                : inputs.unitsOnPublicAPN > 0
                    ? "Plan the move, and screen it as a modification." : "Find out the APN of every unit.",
            citations: [Citation("Annex I, Part I, point (2)(j)", .verified), Citation("our reading", .interpretation)])
    }

    private static func absorb(_ inputs: ReadinessInputs) -> ReadinessAnswer {
        var gap: [String] = []
        if inputs.drills <= 0 { gap.append("no outage was ever drilled") }
        if let days = inputs.daysSinceDrill, days > 365 { gap.append("the last drill was \(days) days ago; a year is our measure") }
        if inputs.unitsAffected > inputs.unitsThatMoved {
            gap.append(
                "\(max(0, inputs.unitsAffected) - min(max(0, inputs.unitsThatMoved), max(0, inputs.unitsAffected))) units did not move to another profile in an outage"
            )
        }
        if let single = inputs.unitsOnOneNetwork, single > 0 { gap.append("\(single) units have no other network to move to") }
        let seen = inputs.drills > 0 || inputs.outages > 0
        return ReadinessAnswer(
            id: "absorb", question: "What can the connectivity layer absorb?",
            state: !seen ? .cannotTellYet : gap.isEmpty ? .yes : inputs.unitsThatMoved > 0 || inputs.drills > 0 ? .partly : .no,
            answer: seen
                ? "\(inputs.outages) outages and \(inputs.drills) drills: \(inputs.unitsThatMoved) of \(inputs.unitsAffected) affected units moved to another profile."
                : "Neither an outage nor a drill is on record.",
            gap: gap,
            nextStep: gap.isEmpty
                ? "Drill again within the year."
                : inputs.drills <= 0 ? "Run a drill of the loss of one core." : "Give the units that stayed dark another path.",
            citations: [Citation("Annex I, Part I, point (2)(h)", .verified), Citation("Annex I, Part II, point (3)", .verified)])
    }

    private static func days(_ seconds: Int) -> String {
        let days = max(0, seconds) / 86_400
        return days == 1 ? "1 day" : "\(days) days"
    }
}
