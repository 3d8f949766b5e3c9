import EUICC
import Resilience

extension ResilienceApplet {
    /// Performs a function of the ISD-R, and follows what it decides on the profiles.
    ///
    /// - Returns: the answer, everything in it being durable; nil when memory could not be written, and then nothing has changed.
    mutating func manage(_ command: [UInt8], _ session: inout ProactiveSession, _ store: inout Store) -> Outcome.Answer? {
        guard let domain else { return nil }
        let outcome = domain.euicc.handle(command, catBusy: session.open != nil) { C.Curves().random(16) ?? [] }
        guard let state = outcome.state else { return outcome.answer }
        let mayMove = Domain.mayMove(state)
        guard let slot = Slot(rawValue: UInt8(truncatingIfNeeded: state.enabled)) else { return nil }
        guard slot != enabled || mayMove != policy.mayMove else {
            domain.stage(state, in: &store)
            guard write(&store) else { return nil }
            self.domain?.commit(state)
            return outcome.answer
        }
        let event = Event.appointed(slot, mayMove: mayMove, refresh: outcome.profileSwitch?.refresh ?? false)
        guard deliver(event, with: state, &session, &store) else { return nil }
        if session.profile != nil { settle(&session, &store) }
        return outcome.answer
    }
}
