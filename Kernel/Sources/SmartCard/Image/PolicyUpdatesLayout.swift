/// Where the section for policy documents has its parts, of fixed size: the policy key (16), the highest version that was ever
/// followed (4), whether parameters are on trial (1), power-ons of the trial (1), its powered seconds (4), the last outcome's version
/// (4) and code (1), the parameters to go back to with their length (1).
struct PolicyUpdatesLayout: Equatable, Sendable {
    static let size = 32 + ResidentLayout.largestParameters

    let base: Int

    var end: Int { base + PolicyUpdatesLayout.size }
    var key: Int { base }
    var highest: Int { base + 16 }
    var isOnTrial: Int { base + 20 }
    var powerOns: Int { base + 21 }
    var elapsed: Int { base + 22 }
    var outcomeVersion: Int { base + 26 }
    var outcome: Int { base + 30 }
    var previous: Int { base + 31 }

    init(_ bytes: [UInt8], base: Int, length: Int) throws(CardImageError) {
        self.base = base
        guard length == PolicyUpdatesLayout.size else { throw .badSection(offset: base) }
        guard bytes.byte(at: isOnTrial) <= 1, Int(bytes.byte(at: previous)) <= ResidentLayout.largestParameters else {
            throw .badPolicyUpdates(offset: base)
        }
    }
}
