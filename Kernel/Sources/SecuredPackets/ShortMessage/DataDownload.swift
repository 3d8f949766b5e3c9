import Cipher

/// SMS-PP data download, whole: TPDUs in, checked commands out (3GPP TS 31.111, 7.1.1; 3GPP TS 31.115, 4).
///
/// For each ENVELOPE call `deliver(_:)`. On `.packet(.accepted(command), ...)` store `command.held` for good, then execute the
/// command, then give back `receiver.answer(to:status:data:)`: as the response data of the ENVELOPE, or by SEND SHORT MESSAGE to
/// the originator.
public struct DataDownload<Cipher: BlockDecipher>: Sendable {
    /// The receiver, which packets that come by other ways use too: its counters are one.
    public var receiver: Receiver<Cipher>
    private var reassembly: Reassembly

    public enum Delivery: Equatable, Sendable {
        /// A part of a longer message: others are missing.
        case part
        /// Not a secured command packet: nothing to do.
        case other
        /// A message that cannot be read.
        case broken(ShortMessageError)
        /// A packet, what the receiver makes of it, and whom an answer by SMS-SUBMIT goes to.
        case packet(Reception, originator: MessageAddress)
    }

    public init(receiver: Receiver<Cipher>, reassembly: Reassembly = Reassembly()) {
        self.receiver = receiver
        self.reassembly = reassembly
    }

    /// Takes the TPDU of an ENVELOPE (SMS-PP DOWNLOAD).
    public mutating func deliver(_ tpdu: [UInt8]) -> Delivery {
        do throws(ShortMessageError) {
            let message = try DeliveredMessage(tpdu)
            guard message.isDataDownload && message.hasHeader else { return .other }
            guard let whole = try reassembly.add(message.userData, from: message.originator) else { return .part }
            guard whole.packet == .command else { return .other }
            return .packet(receiver.receive(whole.data, over: .shortMessage), originator: message.originator)
        } catch {
            return .broken(error)
        }
    }
}
