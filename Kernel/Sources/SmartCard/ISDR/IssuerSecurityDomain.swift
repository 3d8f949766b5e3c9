import EUICC
import Resilience
import Wire

/// The ISD-R of a card: the functions of `EUICC` over the state in the image (GSMA SGP.22, 2.4.1; GSMA SGP.32).
///
/// Whoever moves the card moves it here: the device and the eIM through STORE DATA, the resident applet through
/// ``moved(to:)``. A new state is staged together with the switching policy's memory, so that a loss of power finds both or neither.
struct IssuerSecurityDomain<Curves: EllipticCurves>: Sendable {
    private(set) var euicc: EUICC<Curves, EUICCSigner<Curves>>
    private let layout: DomainLayout

    /// Reads what personalisation and earlier sessions left.
    init(_ bytes: [UInt8], layout: DomainLayout, profiles: [ProfileLayout]) throws(CardImageError) {
        self.layout = layout
        guard let state = EUICCState(Array(bytes[layout.state..<layout.end])) else { throw .badDomain(offset: layout.state) }
        let key = Array(bytes[layout.privateKey..<layout.privateKey + DomainLayout.keySize])
        let signer = EUICCSigner<Curves>(privateKey: key.contains { $0 != 0 } ? key : [])
        let configuration = try IssuerSecurityDomain.configuration(bytes, layout: layout, profiles: profiles)
        do throws(EUICCConfiguration.Problem) {
            euicc = try EUICC(configuration: configuration, state: state, verifier: Curves(), maker: signer)
        } catch {
            throw .badDomain(offset: layout.base)
        }
    }

    private static func configuration(
        _ bytes: [UInt8], layout: DomainLayout, profiles: [ProfileLayout]
    ) throws(CardImageError) -> EUICCConfiguration {
        let eid: EID
        do throws(EID.Problem) {
            eid = try EID(bytes[layout.identifier..<layout.identifier + 16])
        } catch {
            throw .badDomain(offset: layout.identifier)
        }
        var metadata: [ProfileMetadata] = []
        for (slot, profile) in profiles.enumerated() {
            var described = ProfileMetadata(bytes, layout: profile, slot: slot)
            // A terminal that may write EF.ICCID must not be able to make the card useless.
            var stand = slot
            while stand < slot + EUICCState.mostProfiles, metadata.contains(where: { $0.iccid == described.iccid }) {
                described.iccid = ProfileMetadata.unnumbered(stand)
                stand += 1
            }
            let address = layout.address(slot)
            described.notificationAddress = Array(bytes[address + 1..<address + 1 + Int(bytes.byte(at: address))])
            metadata.append(described)
        }
        var configuration = EUICCConfiguration(eid: eid, profiles: metadata)
        configuration.makerCertificate = Array(bytes[layout.makerCertificate..<layout.certificate])
        configuration.certificate = Array(bytes[layout.certificate..<layout.certificate + layout.certificateLength])
        configuration.issuersForSigning = issuers(of: configuration.makerCertificate)
        return configuration
    }

    /// The certificate issuers under which the card has a certificate: that of its maker's.
    private static func issuers(of makerCertificate: [UInt8]) -> [[UInt8]] {
        if makerCertificate.isEmpty { return [] }
        do throws(CommandError) {
            let issuer = try Certificate(makerCertificate).authorityKeyIdentifier
            return (1...EUICCConfiguration.longestIssuer).contains(issuer.count) ? [issuer] : []
        } catch { return [] }
    }

    /// Whether a state lets the resident applet move: a profile is there to fall back to, or the card has fallen back. An eIM that takes
    /// the fallback attribute away, or enables the backup for good, thereby tells the applet to stay.
    static func mayMove(_ state: EUICCState) -> Bool { state.mayFallBack || state.isFallenBack }

    var mayMove: Bool { IssuerSecurityDomain.mayMove(euicc.state) }

    /// The enabled profile.
    var enabled: Slot { Slot(rawValue: UInt8(truncatingIfNeeded: euicc.state.enabled)) ?? .primary }

    /// The state after a move by the applet, which is one of the two functions of the fallback mechanism; nil when the state forbids it.
    func moved(to slot: Slot) -> EUICCState? {
        if euicc.state.isFallenBack {
            let (result, state) = euicc.returnFromFallback()
            return result == .ok && state.enabled == Int(slot.rawValue) ? state : nil
        }
        let (result, state) = euicc.executeFallback()
        return result == .ok && state.enabled == Int(slot.rawValue) ? state : nil
    }

    /// Stages a state; ``commit(_:)`` follows when it is durable.
    func stage<Memory: NonVolatileMemory>(_ state: EUICCState, in store: inout ImageStore<Memory>) {
        store.stage(state.encoded.span, at: layout.state)
    }

    mutating func commit(_ state: EUICCState) { euicc.commit(state) }
}

extension ProfileMetadata {
    /// Stands for a number that cannot be read, or is another profile's: zeros and the slot.
    static func unnumbered(_ slot: Int) -> ICCID {
        do throws(NumberingError) {
            return try ICCID(coded: [0, 0, 0, 0, 0, 0, 0, 0, 0, UInt8(truncatingIfNeeded: slot & 0x07) << 4][...])
        } catch { preconditionFailure("twenty digits are an ICCID") }
    }

    /// What the ISD-R tells of a profile, from the profile's own files: EF.ICCID, EF.SPN, and the home network of EF.IMSI and EF.AD.
    ///
    /// Only the backup may be the fallback profile: the applet knows no other way round.
    init(_ bytes: [UInt8], layout: ProfileLayout, slot: Int) {
        let nodes = FileSystem(bytes, layout: layout).nodes
        func content(_ identifier: UInt16) -> ArraySlice<UInt8>? {
            nodes.first { $0.identifier == identifier && $0.kind == .transparent }.map { bytes[$0.range] }
        }
        var iccid = ProfileMetadata.unnumbered(slot)
        if let coded = content(0x2FE2) {
            do throws(NumberingError) { iccid = try ICCID(coded: coded) } catch { iccid = ProfileMetadata.unnumbered(slot) }
        }
        var home: PLMN?
        var isTest = false
        if let coded = content(0x6F07) {
            do throws(NumberingError) {
                let imsi = try IMSI(coded: coded)
                let digits = Int((content(0x6FAD)?.dropFirst(3).first ?? 2) & 0x0F)
                home = imsi.plmn(mncDigits: digits == 3 ? 3 : 2)
                // The mobile country code 001 is for tests (ITU-T E.212, annex E).
                isTest = coded.dropFirst().prefix(2).elementsEqual([0x09, 0x10])
            } catch { home = nil }
        }
        self.init(
            iccid: iccid, isdpAID: ISDR.profileAID(slot), profileClass: isTest ? .test : .operational, owner: home,
            fallbackAllowed: slot == Int(Slot.backup.rawValue))
        // EF.SPN: a byte of display conditions, then the GSM default alphabet, of which the part that is ASCII too is taken.
        serviceProviderName =
            content(0x6F46).map {
                Array(
                    $0.dropFirst().prefix(ProfileMetadata.longestServiceProvider).prefix {
                        (0x20..<0x7F).contains($0) && $0 != 0x24 && $0 != 0x40 && $0 != 0x60
                    })
            } ?? []
    }
}
