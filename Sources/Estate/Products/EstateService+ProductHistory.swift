import Evidence
import Regulation

/// What a product's timeline is computed from: what it is, its units or versions, changes to them, its support and its updates.
extension EstateService {
    /// Says what a product is, where it was registered as something else.
    public func setKind(_ kind: ProductHistory.Kind, of product: String, by authorship: Authorship, at now: UTCInstant) throws {
        try changeHistory(of: product, "kind-changed", by: authorship, at: now) { history in
            let before = history.kind
            history.kind = kind
            return ["kind": kind, "before": before]
        }
    }

    /// Notes units that were placed on the market, or replaces the group with the same id.
    public func setUnits(_ group: UnitGroup, of product: String, by authorship: Authorship, at now: UTCInstant) throws {
        try changeHistory(of: product, "units-placed", by: authorship, at: now) { history in
            history.groups.removeAll { $0.id == group.id }
            history.groups.append(group)
            return ["group": group]
        }
    }

    public func removeUnits(_ id: String, of product: String, by authorship: Authorship, at now: UTCInstant) throws {
        try changeHistory(of: product, "units-removed", by: authorship, at: now) { history in
            guard history.groups.contains(where: { $0.id == id }) else { throw ProductError.unknownGroup(id) }
            history.groups.removeAll { $0.id == id }
            return ["group": id]
        }
    }

    /// Notes a change to units in the field, or says anew when it was and what it reaches. Until its screen has ended it is not judged.
    public func noteModification(
        id: String, on day: Day, groups: [String], of product: String, by authorship: Authorship, at now: UTCInstant
    ) throws {
        try checked(of: product, "modification-noted", by: authorship, at: now) { record in
            record.history.modifications.removeAll { $0.id == id }
            let modification = try record.screen(
                Modification(id: id, day: day, groups: groups, outcome: .undetermined, modifier: nil, affectsWhole: nil))
            record.history.modifications.append(modification)
            return ["modification": modification]
        }
    }

    /// Answers a question of the screen behind a change, the next or an earlier one.
    public func answerModification(
        _ id: String, of product: String, question: String, value: AnswerValue, note: String, by authorship: Authorship,
        at now: UTCInstant
    ) throws {
        try checked(of: product, "modification-answered", by: authorship, at: now) { record in
            guard let index = record.history.modifications.firstIndex(where: { $0.id == id }) else {
                throw ProductError.unknownModification(id)
            }
            var inquiry = try ModificationInquiry(answers: record.modificationAnswers[id] ?? [])
            let answer = Regulation.Answer(question: question, value: value, who: authorship.author, when: now.date, note: note)
            let dropped: [Regulation.Answer]
            do throws(AnswerError) { dropped = try inquiry.answer(answer) } catch { throw ProductError.answer(error) }
            record.modificationAnswers[id] = inquiry.answers
            let modification = try record.screen(record.history.modifications[index])
            record.history.modifications[index] = modification
            return ["modification": modification, "answer": answer, "dropped": dropped.map(\.question)]
        }
    }

    public func decideSupport(_ decision: SupportDecision, of product: String, by authorship: Authorship, at now: UTCInstant) throws
    {
        try changeHistory(of: product, "support-decided", by: authorship, at: now) { history in
            history.support = decision
            return ["support": decision]
        }
    }

    public func noteUpdate(_ update: IssuedUpdate, of product: String, by authorship: Authorship, at now: UTCInstant) throws {
        try changeHistory(of: product, "update-issued", by: authorship, at: now) { history in
            history.updates.append(update)
            return ["update": update]
        }
    }

    /// Takes back an update that was noted wrongly; noted anew it is corrected. What was noted stays in the record beside the reason, and
    /// in the ledger.
    public func removeUpdate(_ id: String, of product: String, by authorship: Authorship, at now: UTCInstant) throws {
        try change(product, "update-removed", by: authorship, at: now) { record in
            guard let index = record.history.updates.firstIndex(where: { $0.id == id }) else {
                throw ProductError.unknownUpdate(id)
            }
            guard !authorship.reason.allSatisfy(\.isWhitespace) else { throw ProductError.reasonMissing }
            guard authorship.reason.utf8.count <= RemovedUpdate.reasonLimit else {
                throw ProductError.tooLong(limit: RemovedUpdate.reasonLimit)
            }
            let update = record.history.updates.remove(at: index)
            record.removedUpdates.append(
                RemovedUpdate(update: update, removedBy: authorship.author, removedAt: now, reason: authorship.reason))
            record.removedUpdates.removeFirst(max(0, record.removedUpdates.count - RemovedUpdate.limit))
            return ["update": update]
        }
    }

    private func changeHistory(
        of product: String, _ kind: String, by authorship: Authorship, at now: UTCInstant,
        _ edit: (inout ProductHistory) throws -> [String: any Encodable]
    ) throws {
        try checked(of: product, kind, by: authorship, at: now) { try edit(&$0.history) }
    }

    /// Changes the record, unless its history then cannot be right.
    private func checked(
        of product: String, _ kind: String, by authorship: Authorship, at now: UTCInstant,
        _ edit: (inout ProductRecord) throws -> [String: any Encodable]
    ) throws {
        try change(product, kind, by: authorship, at: now) { record in
            let entry = try edit(&record)
            do throws(TimelineError) { _ = try Timeline(record.history) } catch { throw ProductError.timeline(error) }
            return entry
        }
    }
}

extension ProductRecord {
    /// A change, judged by the answers of its screen.
    fileprivate func screen(_ modification: Modification) throws -> Modification {
        let result = try ModificationInquiry(answers: modificationAnswers[modification.id] ?? []).result
        var screened = modification
        screened.outcome = result?.outcome ?? .undetermined
        screened.modifier = result?.modifier
        screened.affectsWhole = result?.affectsWhole
        return screened
    }
}
