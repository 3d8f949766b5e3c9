import TestSupport
import Testing
import Wire

@testable import ProfilePackage

@Suite("GSMA TS.48 test profiles", .enabled(if: Corpus.isHere, "the TS.48 packages are not beside the repository"))
struct TS48Tests {
    static let usim: [UInt8] = [0xA0, 0x00, 0x00, 0x00, 0x87, 0x10, 0x02, 0xFF, 0x49, 0xFF, 0x05, 0x89]
    static let isim: [UInt8] = [0xA0, 0x00, 0x00, 0x00, 0x87, 0x10, 0x04, 0xFF, 0x49, 0xFF, 0x05, 0x89]

    @Test("all four are there and have expectations")
    func corpus() {
        #expect(Corpus.names.count == 4)
        for name in Corpus.names { #expect(Corpus.bytes(name).count == Corpus.expected[name]?.size) }
    }

    @Test("header and elements", arguments: Corpus.names)
    func header(_ name: String) throws {
        let expected = try #require(Corpus.expected[name])
        let bytes = Corpus.bytes(name)
        let package = try ProfilePackage.read(bytes, supporting: .everything)
        #expect("\(package.header.majorVersion).\(package.header.minorVersion)" == expected.version)
        #expect(package.header.iccid.description == expected.iccid)
        #expect(package.header.mandatoryServices.map(\.description).sorted() == expected.services)
        #expect(package.elements.map(\.name.description) == expected.pe)
        // Elements lie end to end.
        var end = 0
        for element in package.elements {
            #expect(element.range.lowerBound == end)
            end = element.range.upperBound
        }
        #expect(end == bytes.count)
    }

    @Test("demand a CSIM, which a card without one refuses", arguments: Corpus.names)
    func refusal(_ name: String) throws {
        let error = #expect(throws: PackageError.self) { try ProfilePackage.read(Corpus.bytes(name)) }
        #expect(error?.element == "header")
        #expect(error?.problem == .unsupported("the service csim"))
    }

    @Test("IMSI and ICCID from the files", arguments: Corpus.names)
    func numbers(_ name: String) throws {
        let expected = try #require(Corpus.expected[name])
        let package = try ProfilePackage.read(Corpus.bytes(name), supporting: .everything)
        let imsi = try #require(package.file(.application(TS48Tests.usim).appending(0x6F07)))
        #expect(try IMSI(coded: imsi.content[...]).description == expected.imsi)
        let iccid = try #require(package.file(.masterFile.appending(0x2FE2)))
        #expect(try ICCID(coded: iccid.content[...]) == package.header.iccid)
    }

    @Test("codes", arguments: Corpus.names)
    func codes(_ name: String) throws {
        let expected = try #require(Corpus.expected[name])
        let package = try ProfilePackage.read(Corpus.bytes(name), supporting: .everything)
        let pins = package.elements.flatMap { element -> [PINCode] in
            if case .pinCodes(.own(let pins), _) = element.content { pins } else { [] }
        }
        #expect(pins.count == expected.pins.count)
        for (pin, code) in zip(pins, expected.pins) {
            #expect(Int(pin.reference) == code.ref)
            #expect(Hex.text(pin.value.bytes) == code.value)
            #expect(Int(pin.attributes) == code.attr)
            #expect(Int(pin.tries.maximum) << 4 | Int(pin.tries.left) == code.tries)
        }
        #expect(package.codes.puks.count == expected.puks.count)
        for (puk, code) in zip(package.codes.puks, expected.puks) {
            #expect(Int(puk.reference) == code.ref)
            #expect(Hex.text(puk.value.bytes) == code.value)
            #expect(Int(puk.tries.maximum) << 4 | Int(puk.tries.left) == code.tries)
        }
        // The CSIM's PIN belongs to an application that is passed over.
        #expect(
            package.codes.pins.map(\.directory) == [
                .masterFile, .masterFile.appending(0x7F10), .application(TS48Tests.usim), .application(TS48Tests.isim),
            ])
        let first = try #require(pins.first)
        #expect(!first.isEnabled && first.isChangeable && first.canBeDisabled)
        #expect(first.unblocking == 1)
    }

    @Test("keys of USIM and ISIM", arguments: Corpus.names)
    func keys(_ name: String) throws {
        let expected = try #require(Corpus.expected[name])
        let package = try ProfilePackage.read(Corpus.bytes(name), supporting: .everything)
        #expect(package.authentication.map(\.application) == [TS48Tests.usim, TS48Tests.isim])
        for (found, keys) in zip(package.authentication, expected.aka) {
            guard case .algorithm(let algorithm) = found.parameter.configuration else {
                Issue.record("no algorithm")
                continue
            }
            #expect(Int(algorithm.identifier.rawValue) == keys.algorithm)
            #expect(Hex.text([algorithm.options]) == keys.options)
            #expect(Hex.text(algorithm.key.bytes) == keys.key)
            #expect(Hex.text(algorithm.operatorCode.bytes) == keys.opc)
            #expect(Hex.text([found.parameter.sequenceOptions]) == keys.sqnOptions)
        }
    }

    @Test("every file that the other decoder found, byte for byte", arguments: Corpus.names)
    func files(_ name: String) throws {
        let expected = try #require(Corpus.expected[name])
        let bytes = Corpus.bytes(name)
        let package = try ProfilePackage.read(bytes, supporting: .everything)
        // The other decoder leaves zeros where nothing is written.
        let zeroed = try ProfilePackage.read(bytes, supporting: .everything, blank: 0)
        var compared = 0
        for file in expected.files {
            guard let found = find(file, in: package), let other = find(file, in: zeroed) else {
                Issue.record("\(file.pe) \(file.name) is missing")
                continue
            }
            compared += compare(file, found, other) ? 1 : 0
        }
        print("\(name): \(expected.files.count) files, \(compared) of them with content that was compared")
        #expect(Set(package.files.map(\.path)).count == package.files.count)
        #expect(package.files.map(\.path) == package.files.map(\.path).sorted())
        let extra = package.files.filter { file in !expected.files.contains { find($0, in: package)?.path == file.path } }
        print("not in the expectations: \(extra.map { "\($0.path)" })")
    }

    private func find(_ file: Corpus.File, in package: ProfilePackage) -> PackageFile? {
        if file.pe == "genericFileManagement" {
            var identifiers = file.name.split(separator: "/").compactMap { UInt16($0, radix: 16) }
            guard identifiers.count > 1, [0x7FD0, 0x7FB0].contains(identifiers[1]) else {
                return package.file(FilePath(identifiers: identifiers))
            }
            let application = identifiers[1] == 0x7FD0 ? TS48Tests.usim : TS48Tests.isim
            identifiers[1] = 0x7FFF
            return package.file(FilePath(application: application, identifiers: identifiers))
        }
        for element in package.elements where element.name.description == file.pe {
            guard case .files(let paths) = element.content else { continue }
            for path in paths {
                if let found = package.file(path), found.name == file.name { return found }
            }
        }
        return nil
    }

    private func compare(_ file: Corpus.File, _ found: PackageFile, _ zeroed: PackageFile) -> Bool {
        let comment = Comment(rawValue: "\(file.pe) \(file.name) at \(found.path)")
        if found.kind != .application {
            #expect(found.path.identifiers.last == UInt16(file.fid, radix: 16), comment)
        }
        switch found.kind {
        case .masterFile: #expect(file.type == "MF", comment)
        case .dedicated: #expect(file.type == "DF", comment)
        case .application: #expect(file.type == "ADF", comment)
        case .transparent:
            #expect(file.type == "TR", comment)
            #expect(found.content.count == file.size, comment)
        case .linearFixed(let length, let records), .cyclic(let length, let records):
            #expect(file.type == (found.kind == .cyclic(recordLength: length, records: records) ? "CY" : "LF"), comment)
            #expect(length == file.recordLength, comment)
            // The other decoder keeps a template's number of records, although the package says another size.
            let row = row(of: found, in: file.pe)
            #expect(records == file.records ?? 0 || row?.records == file.records && row?.records != records, comment)
        case .berTLV(_, let maximum):
            #expect(file.type == "BT", comment)
            #expect(maximum == file.size, comment)
        }
        if let identifier = found.shortIdentifier, let other = file.sfi {
            // The other decoder does not shift what the package says.
            #expect(Int(identifier) == other || Int(identifier) << 3 == other, comment)
        }
        guard let digest = file.sha else { return false }
        var candidates = [found.content, zeroed.content].map { Array($0.prefix(file.len)) }
        // The other decoder lays a pattern over the whole file, not over each record as ETSI TS 102 222, 6.3.2.2.2 has it.
        if let record = found.record(1), let first = record.first, let last = record.last,
            (1...found.content.count / record.count).allSatisfy({ found.record($0) == record })
        {
            let rest = max(0, file.len - record.count)
            candidates.append(Array((record + [UInt8](repeating: last, count: rest)).prefix(file.len)))
            candidates.append([UInt8](repeating: first, count: rest) + record)
        }
        #expect(candidates.contains { Hex.text(SHA256.hash($0).prefix(8)) == digest }, comment)
        return true
    }

    private func row(of file: PackageFile, in element: String) -> Template.Row? {
        let number = ElementName.names.firstIndex(of: element) ?? -1
        return Template.of(ElementName(number))?.rows.first { $0.name == file.name }
    }
}
