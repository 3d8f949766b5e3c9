import ArgumentParser
import SmartCard
import Wire

/// A public key of a home network, under which a card conceals its subscription identifier (TS 33.501, annex C.3): SCHEME/ID/HEX.
struct HomeNetworkKey: ExpressibleByArgument {
    /// 1 is profile A, 2 profile B.
    var scheme: UInt8
    var key: SUCICalculationInformation.PublicKey

    init?(argument: String) {
        let parts = argument.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, let identifier = UInt8(parts[1]), let bytes = try? Hex.bytes(String(parts[2])) else { return nil }
        switch (parts[0].lowercased(), bytes.count) {
        case ("a", 32): scheme = 1
        case ("b", 33), ("b", 65): scheme = 2
        default: return nil
        }
        key = .init(identifier: identifier, bytes: bytes)
    }
}

extension SUCICalculationInformation {
    /// What a card calculates with, the best key first; nil for no keys.
    init?(_ keys: [HomeNetworkKey]) {
        guard !keys.isEmpty, keys.count <= SUCICalculationInformation.mostKeys else { return nil }
        self.init(
            schemes: keys.enumerated().map { Scheme(identifier: $1.scheme, keyIndex: UInt8($0 + 1)) }, keys: keys.map(\.key))
    }
}
