/// One element of a package: a ProfileElement.
public struct ProfileElement: Equatable, Sendable {
    public let name: ElementName
    /// Whether a card that does not support the element must refuse the package. The header is always mandated.
    public let isMandated: Bool
    /// The number by which error reports name the element; 0 for the header, which has none.
    public let identification: Int
    /// Where the element lies in the package, its tag included.
    public let range: Range<Int>
    public let content: Content

    /// What an element brings.
    public enum Content: Equatable, Sendable {
        case header(ProfileHeader)
        /// The files that it creates, in order; they are in ``ProfilePackage/files``.
        case files([FilePath])
        case pukCodes([PUKCode])
        /// PINs of a directory; nil if that belongs to an element that was passed over.
        case pinCodes(PINCodes, directory: FilePath?)
        /// Keys of the application with this AID; nil if that was passed over.
        case akaParameter(AKAParameter, application: [UInt8]?)
        case end
        /// Its data objects were walked, nothing more.
        case passedOver
    }
}
