import Foundation
import Regulation

/// Moments as people type them into forms.
extension RecordForm {
    func zone(_ name: String) throws(FormRefusal) -> LocalClock {
        do throws(ClockError) { return try LocalClock(zone: self[name]) } catch { throw FormRefusal(name, error.description) }
    }

    /// A moment as it was typed. A local time that comes twice in a night is not guessed at.
    func instant(_ name: String, in clock: LocalClock) throws(FormRefusal) -> Date {
        let text = self[name]
        guard !text.isEmpty else {
            throw FormRefusal(name, "The time is missing: write it as 2026-10-06T14:20, or with its offset from UTC.")
        }
        let stated: StatedInstant
        do throws(ClockError) { stated = try StatedInstant(text, in: clock) } catch { throw FormRefusal(name, error.description) }
        if stated.isFirstOfTwo {
            throw FormRefusal(
                name,
                "This time comes twice that night in \(clock.zone): write it with its offset, \(clock.text(stated.instant)) for the first of the two."
            )
        }
        return stated.instant
    }
}
