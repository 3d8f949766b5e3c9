import Beacon
import Cipher
import Resilience

extension ResilienceApplet {
    /// Takes a policy document, however it came: in the answer to a beacon, or over the air. One record makes the new parameters
    /// current, keeps the old ones and begins the trial. Who calls this from a command of its own lets `settle` follow.
    ///
    /// A document that is on trial and comes again changes nothing. A refusal is told in the next beacon; it is not worth a write of its own,
    /// so a responder that sends rubbish wears nothing out.
    ///
    /// - Returns: what came of it, which the next beacon tells; nil when the card takes no documents, or memory could not be
    ///   written, and then nothing has changed.
    mutating func adopt(_ bytes: [UInt8], _ session: inout ProactiveSession, _ store: inout Store) -> PolicyOutcome? {
        guard let before = updates else { return nil }
        let document: PolicyDocument
        do throws(PolicyDocumentError) {
            document = try PolicyDocument(bytes, key: before.key, using: C.self)
        } catch {
            return refuse(bytes, error == .notAuthentic ? .refusedSignature : .refusedContent)
        }
        if before.trial != nil, document.card == card, document.parameters == policy.parameters { return before.outcome }
        if let refusal = before.refusal(of: document, on: card, profiles: profileCount) { return refuse(bytes, refusal) }
        let (now, previous) = (now, policy.parameters)
        updates?.begin(document, after: previous, at: now)
        guard follow(document.parameters, continuing: true, &session, &store) else {
            updates = before
            return nil
        }
        return updates?.outcome
    }

    private mutating func refuse(_ bytes: [UInt8], _ refusal: PolicyOutcome.Result) -> PolicyOutcome? {
        let outcome = PolicyOutcome(version: PolicyDocument.claimedVersion(bytes), refusal)
        // What the estate has to know of a trial is not crowded out by a document that changes nothing.
        if updates?.trial == nil { updates?.note(outcome) }
        return outcome
    }

    /// A beacon that told the estate how the last document fared was answered. When that document is on trial, it is thereby confirmed.
    mutating func confirm(_ store: inout Store) {
        guard let before = updates else { return }
        guard before.trial != nil else {
            updates?.heard()
            return
        }
        let version = policy.parameters.version
        updates?.end(.confirmed, of: version)
        // What is not durable is not confirmed; the next answer tries again.
        if !write(&store) { updates = before }
    }

    /// The trial's time is to be looked at: when it is over, the card goes back.
    mutating func checkTrial(_ session: inout ProactiveSession, _ store: inout Store) {
        guard let before = updates, let trial = before.trial else { return }
        let version = policy.parameters.version
        if trial.isOver(at: now) {
            updates?.end(.rolledBack, of: version)
            if !follow(trial.previous, continuing: false, &session, &store) { updates = before }
        } else {
            _ = write(&store)
        }
        let now = now
        updates?.trial?.look(at: now)
    }

    /// The card was switched on while parameters are on trial: one time too many, and it goes back. The caller writes.
    mutating func countPowerOn(_ store: inout Store) {
        guard let trial = updates?.trial else { return }
        if trial.powerOns < PolicyTrial.mostPowerOns, !trial.isOver(at: now) {
            updates?.trial?.powerOns = trial.powerOns + 1
        } else {
            let version = policy.parameters.version
            updates?.end(.rolledBack, of: version)
            stage(trial.previous, in: &store)
            policy = Policy(
                parameters: trial.previous, memory: policy.memory, seed: seed, powerOns: policy.powerOns, mayMove: policy.mayMove)
        }
    }

    /// Makes parameters the policy's, durably, and goes on with them. On a failure nothing has changed.
    private mutating func follow(
        _ parameters: Parameters, continuing: Bool, _ session: inout ProactiveSession, _ store: inout Store
    ) -> Bool {
        let before = policy
        let decision = policy.adopt(parameters, continuing: continuing, at: now)
        stage(parameters, in: &store)
        let memory = policy.memory.encoded
        store.stage(UInt64(memory.count), size: 1, at: layout.memory)
        store.stage(memory.span, at: layout.memory + 1)
        guard write(&store) else {
            policy = before
            return false
        }
        wake = decision.wake
        retune(&session)
        return true
    }

    private func stage(_ parameters: Parameters, in store: inout Store) {
        let encoded = parameters.encoded
        store.stage(UInt64(encoded.count), size: 1, at: layout.parameters)
        store.stage(encoded.span, at: layout.parameters + 1)
    }

    /// New parameters may be too fast for a timer, or no longer.
    private mutating func retune(_ session: inout ProactiveSession) {
        guard let profile = session.profile else { return }
        switch (tempo, Tempo(profile, policy.parameters)) {
        case (let old, .tenths(let interval)):
            guard old != .tenths(interval) else { return }
            tempo = .tenths(interval)
            if clock.isTimed { session.pushFirst(.stopTimer) }
            session.push(.pollInterval(interval))
        case (.tenths, let next):
            tempo = next
            session.push(.pollInterval(Tempo.defaultPoll))
        // What the terminal turned out not to do stays so.
        default: break
        }
    }
}
