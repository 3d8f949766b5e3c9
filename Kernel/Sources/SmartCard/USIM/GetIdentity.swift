import Cipher
import Wire

/// GET IDENTITY: the terminal asks the card for its concealed identifier, where the card calculates it (3GPP TS 31.102, clause 7.5;
/// service 125 of EF.UST).
public struct GetIdentity: Equatable, Sendable {
    public var p1: UInt8
    /// The identity context: 01 for the SUCI.
    public var p2: UInt8
    /// The command's data, of which there is none.
    public var data: [UInt8]

    public init(p1: UInt8, p2: UInt8, data: [UInt8] = []) {
        self.p1 = p1
        self.p2 = p2
        self.data = data
    }

    /// The contents of the files that the identifier is made of, as they are.
    public struct Files: Equatable, Sendable {
        /// EF.IMSI.
        public var imsi: [UInt8]
        /// EF.AD, whose fourth byte has the number of digits of the network's code.
        public var administrativeData: [UInt8]
        /// EF.Routing_Indicator; empty when there is none.
        public var routingIndicator: [UInt8]
        /// The card's own EF.SUCI_Calc_Info (DF.SAIP), which the terminal cannot read; empty when there is none.
        public var calculationInformation: [UInt8]

        public init(imsi: [UInt8], administrativeData: [UInt8], routingIndicator: [UInt8], calculationInformation: [UInt8]) {
            self.imsi = imsi
            self.administrativeData = administrativeData
            self.routingIndicator = routingIndicator
            self.calculationInformation = calculationInformation
        }
    }

    /// What the card answers.
    public enum Outcome: Equatable, Sendable {
        /// The response data, with 9000.
        case answer([UInt8])
        case refused(StatusWord)
    }

    private static let identifierContext: UInt8 = 0x01
    /// The SUCI for offload to a wireless LAN (5G NSWO), which has another format and is not offered (service 142 of EF.UST).
    private static let offloadContext: UInt8 = 0x02

    /// Carries the command out. The caller has checked that the application is selected and its PIN satisfied, and that the profile
    /// offers service 125.
    ///
    /// Files that contradict themselves are answered 6985: a card that cannot conceal the identifier does not show it.
    public func perform<C: BlockCipher, Cryptography: ConcealmentCryptography>(
        on files: Files, using cryptography: inout Cryptography, cipher: C.Type
    ) -> Outcome {
        guard p1 == 0 else { return .refused(.incorrectParameters) }
        switch p2 {
        case GetIdentity.identifierContext: break
        case GetIdentity.offloadContext: return .refused(.functionNotSupported)
        default: return .refused(.incorrectParameters)
        }
        guard data.isEmpty else { return .refused(.wrongLength) }
        guard let imsi = imsi(files.imsi), let routing = routingIndicator(files.routingIndicator),
            let information = information(files.calculationInformation),
            let identifier = identifier(
                imsi, Int(files.administrativeData.byte(at: 3) & 0x0F), routing, information, &cryptography, cipher)
        else { return .refused(.conditionsNotSatisfied) }
        return .answer(identifier.encoded)
    }

    private func imsi(_ content: [UInt8]) -> IMSI? {
        do { return try IMSI(coded: content[...]) } catch { return nil }
    }

    private func routingIndicator(_ content: [UInt8]) -> RoutingIndicator? {
        if content.isEmpty { return RoutingIndicator.none }
        do { return try RoutingIndicator(coded: content) } catch { return nil }
    }

    private func information(_ content: [UInt8]) -> SUCICalculationInformation? {
        do { return try SUCICalculationInformation(content) } catch { return nil }
    }

    private func identifier<C: BlockCipher, Cryptography: ConcealmentCryptography>(
        _ imsi: IMSI, _ networkCodeDigits: Int, _ routing: RoutingIndicator, _ information: SUCICalculationInformation,
        _ cryptography: inout Cryptography, _ cipher: C.Type
    ) -> SUCI? {
        do {
            return try SUCI(
                concealing: imsi, networkCodeDigits: networkCodeDigits, routingIndicator: routing, information: information,
                using: &cryptography, cipher: cipher)
        } catch { return nil }
    }
}
