/// What a CoAP message asks or answers: a class and a detail, written c.dd (RFC 7252, 3 and 12.1).
public struct CoAPCode: Equatable, Sendable {
    /// The class in the upper three bits, the detail in the lower five.
    public let rawValue: UInt8

    @inlinable
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// The code `kind`.`detail`: 4, 1 for 4.01. Only the low three and five bits count.
    public init(_ kind: UInt8, _ detail: UInt8) {
        rawValue = (kind & 7) << 5 | detail & 0x1F
    }

    /// 0 for requests, 2 success, 4 client error, 5 server error.
    public var kind: UInt8 { rawValue >> 5 }
    public var detail: UInt8 { rawValue & 0x1F }

    /// Whether it is a method: 0.01 to 0.31.
    public var isRequest: Bool { kind == 0 && detail != 0 }
    /// Whether it is an answer of a class that RFC 7252 has: 2.xx, 4.xx or 5.xx.
    public var isResponse: Bool { kind == 2 || kind == 4 || kind == 5 }

    public static var empty: CoAPCode { CoAPCode(0, 0) }
    public static var get: CoAPCode { CoAPCode(0, 1) }
    public static var post: CoAPCode { CoAPCode(0, 2) }
    public static var changed: CoAPCode { CoAPCode(2, 4) }
    public static var content: CoAPCode { CoAPCode(2, 5) }
    public static var badRequest: CoAPCode { CoAPCode(4, 0) }
    public static var unauthorized: CoAPCode { CoAPCode(4, 1) }
    public static var badOption: CoAPCode { CoAPCode(4, 2) }
    public static var notFound: CoAPCode { CoAPCode(4, 4) }
    public static var methodNotAllowed: CoAPCode { CoAPCode(4, 5) }
    public static var notAcceptable: CoAPCode { CoAPCode(4, 6) }
    public static var unsupportedContentFormat: CoAPCode { CoAPCode(4, 15) }
    public static var serviceUnavailable: CoAPCode { CoAPCode(5, 3) }
    public static var proxyingNotSupported: CoAPCode { CoAPCode(5, 5) }
}

#if !hasFeature(Embedded)
    extension CoAPCode: CustomStringConvertible {
        /// "4.01".
        public var description: String { "\(kind).\(detail < 10 ? "0" : "")\(detail)" }
    }
#endif
