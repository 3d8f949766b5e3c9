import Wire

@testable import ProfilePackage

/// Packages made by hand: bytes for the reader, field by field.
enum Sample {
    static let usimAID: [UInt8] = [0xA0, 0x00, 0x00, 0x00, 0x87, 0x10, 0x02, 0x01]
    static let isimAID: [UInt8] = [0xA0, 0x00, 0x00, 0x00, 0x87, 0x10, 0x04, 0x01]
    static let csimAID: [UInt8] = [0xA0, 0x00, 0x00, 0x03, 0x43, 0x10, 0x02, 0x01]

    /// A data object with this value.
    static func tlv(_ tag: UInt32, _ value: [UInt8]...) -> [UInt8] {
        var writer = ByteWriter()
        writer.ber(tag, value.flatMap { $0 })
        return writer.bytes
    }

    /// Field `number` of a SEQUENCE, made of others.
    static func field(_ number: Int, _ value: [UInt8]...) -> [UInt8] {
        tlv(number < 31 ? 0xA0 | UInt32(number) : 0xBF00 | UInt32(number), value.flatMap { $0 })
    }

    static func element(_ name: ElementName, mandated: Bool = false, identification: UInt8 = 1, _ fields: [UInt8]...) -> [UInt8] {
        field(name.number, field(0, mandated ? tlv(0x80) : [], tlv(0x81, [identification])), fields.flatMap { $0 })
    }

    static func header(
        major: UInt8 = 2, minor: UInt8 = 3, iccid: [UInt8] = [0x89, 0x01, 0x23, 0x45, 0x67, 0x89, 0x01, 0x23, 0x45, 0x6F],
        services: [Int] = [], templates: [[UInt8]] = [], more: [UInt8] = []
    ) -> [UInt8] {
        field(
            0, tlv(0x80, [major]), tlv(0x81, [minor]), tlv(0x82, Array("Sample".utf8)), tlv(0x83, iccid),
            field(5, services.flatMap { tlv(0x80 | UInt32($0)) }), field(6, templates.flatMap { tlv(0x06, $0) }), more)
    }

    static let end = element(.end, identification: 99)

    /// The object identifier 2.23.143.1.2.
    static func template(_ arcs: UInt8...) -> [UInt8] { [0x67, 0x81, 0x0F, 0x01, 0x02] + arcs }

    static func templateID(_ arcs: UInt8...) -> [UInt8] { tlv(0x81, [0x67, 0x81, 0x0F, 0x01, 0x02] + arcs) }

    /// A File's parameters.
    static func control(_ fields: [UInt8]...) -> [UInt8] { tlv(0xA1, fields.flatMap { $0 }) }
    static func skip(_ count: UInt8) -> [UInt8] { tlv(0x82, [count]) }
    static func content(_ bytes: [UInt8]) -> [UInt8] { tlv(0x83, bytes) }

    // Fields of an Fcp.
    static func linear(_ length: UInt8) -> [UInt8] { tlv(0x82, [0x42, 0x21, 0x00, length]) }
    static func cyclic(_ length: UInt8) -> [UInt8] { tlv(0x82, [0x46, 0x21, 0x00, length]) }
    static let transparent = tlv(0x82, [0x41, 0x21])
    static let berTLV = tlv(0x82, [0x79, 0x21])
    static let directory = tlv(0x82, [0x78, 0x21])
    static func size(_ bytes: Int) -> [UInt8] {
        tlv(
            0x80,
            bytes < 256 ? [UInt8(bytes)] : [UInt8(truncatingIfNeeded: bytes >> 16), UInt8(bytes >> 8 & 0xFF), UInt8(bytes & 0xFF)])
    }
    static func identifier(_ fid: UInt16) -> [UInt8] { tlv(0x83, [UInt8(fid >> 8), UInt8(fid & 0xFF)]) }
    static func fill(_ bytes: [UInt8]) -> [UInt8] { tlv(0xA5, tlv(0xC1, bytes)) }
    static func repeating(_ bytes: [UInt8]) -> [UInt8] { tlv(0xA5, tlv(0xC2, bytes)) }

    static let mf = masterFile()

    static func masterFile(_ more: [UInt8] = []) -> [UInt8] {
        element(
            .mf, mandated: true, templateID(1), field(2, control(tlv(0xC6, [0x01, 0x0A]))),
            field(4, content([0x98, 0x10, 0x32, 0x54, 0x76, 0x98, 0x10, 0x32, 0x54, 0xF6])),
            field(5, control(linear(16), size(32)), content([0x61, 0x01])),
            field(6, control(linear(20), size(40)), content([0x80, 0x01, 0x01])), more)
    }

    /// A USIM; each argument replaces a field of it by its number.
    static func usim(version: UInt8 = 1, _ changes: [Int: [UInt8]] = [:]) -> [UInt8] {
        var fields: [Int: [UInt8]] = [
            2: control(identifier(0x7FD0), tlv(0x84, usimAID)), 3: content([0x08, 0x09, 0x10, 0x10, 0x10, 0x32, 0x54, 0x06, 0x36]),
            4: control(linear(20), size(40)), 8: content([0x00, 0x01]), 13: [], 14: content([0x00]), 18: content([0x00, 0x01]),
            22: content([0x11, 0xF2, 0xFF, 0x00]),
        ]
        for (number, value) in changes { fields[number] = value }
        return element(
            .usim, mandated: true, version == 1 ? templateID(4) : templateID(4, version),
            fields.sorted { $0.key < $1.key }.flatMap { field($0.key, $0.value) })
    }

    static func isim() -> [UInt8] {
        element(
            .isim, templateID(8), field(2, control(identifier(0x7FB0), tlv(0x84, isimAID))), field(3, control(size(16))),
            field(4, control(linear(32), size(64))), field(5, control(size(16))), field(6, content([0x01])),
            field(8, control(linear(20), size(40))))
    }

    /// PE-GenericFileManagement with these commands.
    static func files(mandated: Bool = false, _ commands: [UInt8]...) -> [UInt8] {
        element(.genericFileManagement, mandated: mandated, field(1, tlv(0x30, commands.flatMap { $0 })))
    }

    // Its commands.
    static func path(_ identifiers: UInt16...) -> [UInt8] {
        tlv(0x80, identifiers.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] })
    }
    static func create(_ fields: [UInt8]...) -> [UInt8] { tlv(0x62, fields.flatMap { $0 }) }
    static func skipping(_ count: UInt8) -> [UInt8] { tlv(0x02, [count]) }
    static func filling(_ bytes: [UInt8]) -> [UInt8] { tlv(0x81, bytes) }

    static func pin(
        _ reference: UInt8, puk: UInt8? = nil, attributes: UInt8? = nil, tries: UInt8? = nil
    ) -> [UInt8] {
        tlv(
            0x30, tlv(0x80, reference > 127 ? [0, reference] : [reference]),
            tlv(0x81, [0x31, 0x32, 0x33, 0x34, 0xFF, 0xFF, 0xFF, 0xFF]), puk.map { tlv(0x82, $0 > 127 ? [0, $0] : [$0]) } ?? [],
            attributes.map { tlv(0x83, [$0]) } ?? [], tries.map { tlv(0x84, $0 > 127 ? [0, $0] : [$0]) } ?? [])
    }

    static func pins(_ pins: [UInt8]...) -> [UInt8] { element(.pinCodes, field(1, field(0, pins.flatMap { $0 }))) }

    static func puk(_ reference: UInt8) -> [UInt8] {
        tlv(0x30, tlv(0x80, reference > 127 ? [0, reference] : [reference]), tlv(0x81, Array("12345678".utf8)))
    }

    static func puks(_ puks: [UInt8]...) -> [UInt8] { element(.pukCodes, field(1, puks.flatMap { $0 })) }

    static func aka(_ algorithm: UInt8, key: [UInt8], code: [UInt8], options: UInt8 = 0, more: [UInt8] = [], fields: [UInt8] = [])
        -> [UInt8]
    {
        element(
            .akaParameter,
            field(1, field(1, tlv(0x80, [algorithm]), tlv(0x81, [options]), tlv(0x82, key), tlv(0x83, code), more)), fields)
    }

    static let key: [UInt8] = (0..<16).map { 0xA0 + $0 }

    /// Something of everything.
    static let whole =
        header(services: [1, 2, 4, 18], templates: [template(1), template(4), template(4, 2), template(13, 4)])
        + mf + puks(puk(1), puk(129)) + pins(pin(1, puk: 1), pin(10, attributes: 3, tries: 0xAA))
        + element(.telecom, templateID(3), field(2, control(tlv(0xC6, [0x01]))), field(9), field(10, control(linear(10), size(20))))
        + usim()
        + element(.optUSIM, templateID(5, 2), field(2), field(4, control(size(9))), field(27, control(size(76)), skip(38)))
        + pins(pin(129, puk: 129)) + aka(1, key: key, code: key)
        + element(.gsmAccess, templateID(7), field(2), field(3), field(4))
        + element(.df5GS, templateID(13, 4), field(2), field(3), field(5), field(7), field(12))
        + isim() + aka(2, key: key + key, code: key + key, more: tlv(0x87, [2]))
        + files(
            path(0x7FD0), create(directory, identifier(0x5F70)), create(cyclic(4), identifier(0x4F01), size(8)),
            skipping(2), filling([1, 2, 3]), path(), create(berTLV, identifier(0x2F30), size(64)), filling([0x80, 0x01, 0x00]),
            create(transparent, identifier(0x2F31), tlv(0xC7, [0x7F, 0xD0, 0x6F, 0x07])))
        + element(.nonStandard, identification: 7, tlv(0x81, [0x2A]), tlv(0x82, [1, 2, 3])) + end

    static func read(
        _ parts: [UInt8]..., support: PackageSupport = .usim
    ) throws(PackageError) -> ProfilePackage {
        try ProfilePackage.read(parts.flatMap { $0 }, supporting: support)
    }

    /// The package of these elements between header, MF and end.
    static func package(_ elements: [UInt8]...) throws(PackageError) -> ProfilePackage {
        try read(header(), mf, elements.flatMap { $0 }, end)
    }

    /// Why such a package is refused.
    static func problem(_ elements: [UInt8]...) -> PackageError.Problem? {
        do throws(PackageError) {
            _ = try read(header(), mf, elements.flatMap { $0 }, end)
            return nil
        } catch {
            return error.problem
        }
    }
}
