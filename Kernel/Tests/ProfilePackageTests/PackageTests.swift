import Testing
import Wire

@testable import ProfilePackage

@Suite("A package as a whole")
struct PackageTests {
    @Test("has header, elements, files, codes and keys")
    func whole() throws {
        let package = try Sample.read(Sample.whole)
        #expect(package.header.majorVersion == 2 && package.header.minorVersion == 3)
        #expect(package.header.profileType == "Sample")
        #expect(package.header.iccid.description == "8901234567890123456")
        #expect(package.header.mandatoryServices == [.usim, .isim, .milenage, .berTLV])
        #expect(package.header.mandatoryTemplates.map(\.description).last == "2.23.143.1.2.13.4")
        #expect(package.elements.count == 16)
        #expect(package.elements.dropLast().last?.content == .passedOver)
        #expect(package.elements.dropLast().last?.identification == 7)
        #expect(package.authentication.map(\.application) == [Sample.usimAID, Sample.isimAID])
        #expect(package.codes.pins.map(\.directory) == [.masterFile, .application(Sample.usimAID)])
        // Every file is in the list of one element.
        let listed = package.elements.flatMap { element -> [FilePath] in
            if case .files(let paths) = element.content { paths } else { [] }
        }
        #expect(listed.sorted() == package.files.map(\.path))
    }

    @Test("starts with its header and ends with its end")
    func order() {
        func problem(_ parts: [UInt8]...) -> PackageError.Problem? {
            do throws(PackageError) {
                _ = try ProfilePackage.read(parts.flatMap { $0 })
                return nil
            } catch { return error.problem }
        }
        #expect(problem() == .missing("header"))
        #expect(problem(Sample.mf, Sample.end) == .missing("header"))
        #expect(problem(Sample.header(), Sample.mf) == .missing("end"))
        #expect(problem(Sample.header(), Sample.end, Sample.mf) == .order("nothing may come after end"))
        #expect(
            problem(Sample.header(), Sample.header(), Sample.end)
                == .order("there may be one header only, and it comes first"))
        #expect(problem(Sample.header(), Sample.mf, Sample.mf, Sample.end) == .duplicate(.masterFile))
        #expect(problem(Sample.header(), Sample.usim(), Sample.end) == .orphan(.application(Sample.usimAID)))
        #expect(
            Sample.problem(Sample.element(.optUSIM, Sample.templateID(5), Sample.field(2)))
                == .order("there is no usim before it"))
        #expect(
            Sample.problem(Sample.usim(), Sample.element(.optUSIM, Sample.templateID(5), Sample.field(4), Sample.field(2)))
                == .order("the fields are not in order"))
    }

    @Test("has a version that is known", arguments: [(1, 0), (4, 0), (0, 3)] as [(UInt8, UInt8)])
    func version(_ version: (UInt8, UInt8)) {
        let error = #expect(throws: PackageError.self) {
            try Sample.read(Sample.header(major: version.0, minor: version.1), Sample.mf, Sample.end)
        }
        #expect(error?.problem == .unsupported("version \(version.0).\(version.1) of the format"))
    }

    @Test("of versions 2.0 to 3.3 is read", arguments: [(2, 0), (2, 1), (2, 3), (3, 1), (3, 3)] as [(UInt8, UInt8)])
    func knownVersion(_ version: (UInt8, UInt8)) throws {
        _ = try Sample.read(Sample.header(major: version.0, minor: version.1), Sample.mf, Sample.end)
    }

    @Test("has an ICCID of 18 to 20 digits")
    func iccid() throws {
        let twenty = try Sample.read(
            Sample.header(iccid: [0x89, 0x00, 0x01, 0x23, 0x45, 0x67, 0x89, 0x01, 0x23, 0x41]), Sample.mf, Sample.end)
        #expect(twenty.header.iccid.description == "89000123456789012341")
        #expect(throws: PackageError.self) {
            try Sample.read(
                Sample.header(iccid: [0x89, 0xA0, 0x01, 0x23, 0x45, 0x67, 0x89, 0x01, 0x23, 0x41]), Sample.mf, Sample.end)
        }
    }

    // MARK: What it demands

    @Test(
        "is refused for a mandated element that is not supported, by its name; else that is passed over",
        arguments: [
            .cdmaParameter, .securityDomain, .rfm, .application, .nonStandard, .csim, .optCSIM, .eap, .iot, .optIoT,
            ElementName(40),
        ])
    func mandatedElement(_ name: ElementName) throws {
        let optional = try Sample.package(Sample.element(name, identification: 42))
        #expect(optional.elements[2].name == name)
        #expect(optional.elements[2].content == .passedOver)
        let error = #expect(throws: PackageError.self) {
            try Sample.package(Sample.element(name, mandated: true, identification: 42))
        }
        #expect(error?.problem == .unsupported("the element \(name) (identification 42)"))
        #expect(error?.element == name.description)
        #expect(error?.offset == Sample.header().count + Sample.mf.count)
        // Who supports it reads on.
        var support = PackageSupport.usim
        support.elements.insert(name)
        let element = Sample.element(name, mandated: true)
        #expect(try Sample.read(Sample.header(), Sample.mf, element, Sample.end, support: support).elements[2].isMandated)
    }

    @Test("is refused for a service that is not supported, by its name")
    func service() throws {
        for (number, name) in [(0, "contactless"), (3, "csim"), (6, "cave"), (11, "javacard"), (29, "eaka"), (30, "[30]")] {
            let error = #expect(throws: PackageError.self) {
                try Sample.read(Sample.header(services: [1, number]), Sample.mf, Sample.end)
            }
            #expect(error?.problem == .unsupported("the service \(name)"))
        }
    }

    @Test("is refused for a template that is not known")
    func template() throws {
        let unknown = [
            Sample.template(4, 9), Sample.template(19), Sample.template(10), Sample.template(), [0x2A, 0x03],
        ]
        for identifier in unknown {
            let error = #expect(throws: PackageError.self) {
                try Sample.read(Sample.header(templates: [identifier]), Sample.mf, Sample.end)
            }
            guard case .unsupported(let text) = error?.problem else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(text.hasPrefix("the template "))
        }
        let elements = { (mandated: Bool) in Sample.element(.cd, mandated: mandated, Sample.templateID(2, 7), Sample.field(2)) }
        #expect(Sample.problem(elements(true)) == .unsupported("the template 2.23.143.1.2.2.7"))
        #expect(try Sample.package(elements(false)).elements[2].content == .passedOver)
    }

    @Test("is refused for an application that the card has not")
    func application() throws {
        let aid: [UInt8] = [0xA0, 0, 0, 0, 9]
        let list = Sample.field(8, Sample.tlv(0x30, Sample.tlv(0x80, aid), Sample.tlv(0x81, [1, 0])))
        let error = #expect(throws: PackageError.self) { try Sample.read(Sample.header(more: list), Sample.mf, Sample.end) }
        #expect(error?.problem == .unsupported("the application A000000009"))
        var support = PackageSupport.usim
        support.applications = [aid]
        let package = try Sample.read(Sample.header(more: list), Sample.mf, Sample.end, support: support)
        #expect(package.header.mandatoryApplications.map(\.aid) == [aid])
    }

    @Test("leaves out what belongs to an application that is passed over")
    func passedOverApplication() throws {
        let csim = Sample.element(
            .csim, Sample.templateID(10),
            Sample.field(2, Sample.control(Sample.identifier(0x7FC0), Sample.tlv(0x84, Sample.csimAID))))
        let package = try Sample.package(
            Sample.usim(), csim, Sample.pins(Sample.pin(129)), Sample.aka(1, key: Sample.key, code: Sample.key),
            Sample.files(
                Sample.path(0x7FC0), Sample.create(Sample.transparent, Sample.identifier(0x6F01), Sample.size(1)), Sample.path(),
                Sample.create(Sample.transparent, Sample.identifier(0x2F40), Sample.tlv(0xC7, [0x7F, 0xC0, 0x6F, 0x01]))))
        #expect(package.codes.pins.isEmpty)
        #expect(package.authentication.isEmpty)
        #expect(!package.files.contains { $0.path.application == Sample.csimAID })
        #expect(package.file(.masterFile.appending(0x2F40))?.link == .application(Sample.csimAID).appending(0x6F01))
        guard case .pinCodes(_, let directory) = package.elements[4].content,
            case .akaParameter(_, let application) = package.elements[5].content
        else {
            Issue.record("other elements")
            return
        }
        #expect(directory == nil && application == nil)
    }

    @Test("may have fields that the reader does not know")
    func unknownFields() throws {
        let package = try Sample.package(
            Sample.usim([60: Sample.content([1])]), Sample.puks(Sample.puk(1) + []),
            Sample.files(
                Sample.tlv(0x8F, [1]),
                Sample.create(Sample.transparent, Sample.identifier(0x2F40), Sample.size(1), Sample.tlv(0x99, [7]))))
        #expect(package.file(.masterFile.appending(0x2F40)) != nil)
    }

    // MARK: Limits

    @Test("is at most 256 KiB long")
    func packageLimit() {
        let error = #expect(throws: PackageError.self) { try ProfilePackage.read([UInt8](repeating: 0, count: 262_145)) }
        #expect(error?.problem == .limit(.package, value: 262_145))
    }

    @Test("is at most 16 data objects deep")
    func nestingLimit() throws {
        func nested(_ depth: Int) -> [UInt8] { (0..<depth).reduce([]) { value, _ in Sample.tlv(0xA3, value) } }
        _ = try Sample.package(Sample.element(.nonStandard, nested(15)))
        let error = #expect(throws: PackageError.self) { try Sample.package(Sample.element(.nonStandard, nested(16))) }
        #expect(error?.problem == .limit(.nesting, value: 17))
        #expect(error?.element == "nonStandard")
        #expect(Sample.problem(Sample.element(.nonStandard, nested(20_000))) == .limit(.nesting, value: 17))
    }

    @Test("has at most 512 elements")
    func elementLimit() {
        let many = [[UInt8]](repeating: Sample.element(.nonStandard), count: 510).flatMap { $0 }
        #expect(Sample.problem(many) == .limit(.elements, value: 513))
    }

    @Test("has at most 1,024 files")
    func fileLimit() throws {
        let files = (0..<1_020).map { Sample.create(Sample.transparent, Sample.identifier(0x6000 + UInt16($0)), Sample.size(1)) }
        let five = try Sample.package(Sample.files(files.dropLast().flatMap { $0 }))
        #expect(five.files.count == 1_024)
        #expect(Sample.problem(Sample.files(files.flatMap { $0 })) == .limit(.files, value: 1_025))
    }

    @Test("has files of at most 64 KiB, and of 1 MiB together")
    func sizeLimits() {
        func file(_ fid: UInt16, _ size: Int) -> [UInt8] {
            Sample.create(Sample.transparent, Sample.identifier(fid), Sample.size(size))
        }
        #expect(Sample.problem(Sample.files(file(0x2F40, 65_536))) == nil)
        #expect(Sample.problem(Sample.files(file(0x2F40, 65_537))) == .limit(.fileSize, value: 65_537))
        let sixteen = (0..<16).flatMap { file(0x6000 + $0, 65_536) }
        // The MF's own files come on top of sixteen times 64 KiB.
        #expect(Sample.problem(Sample.files(sixteen)) == .limit(.contents, value: 1_048_576 + 84))
    }

    @Test("has at most 254 records of at most 255 bytes in a file")
    func recordLimits() {
        func file(_ descriptor: [UInt8], _ size: Int) -> [UInt8] {
            Sample.files(Sample.create(Sample.tlv(0x82, descriptor), Sample.identifier(0x2F40), Sample.size(size)))
        }
        #expect(Sample.problem(file([0x42, 0x21, 0x00, 0xFF], 254 * 255)) == nil)
        #expect(Sample.problem(file([0x42, 0x21, 0x00, 0x01], 255)) == .limit(.records, value: 255))
        #expect(Sample.problem(file([0x42, 0x21, 0x01, 0x00], 256)) == .limit(.recordLength, value: 256))
        #expect(Sample.problem(file([0x42, 0x21, 0x00, 0x00], 8)) == .value(of: "the record length in fileDescriptor", value: 0))
        #expect(
            Sample.problem(file([0x42, 0x21, 0x00, 0x03], 8))
                == .value(of: "efFileSize, for records of 3 bytes,", value: 8))
    }

    @Test("has lists of at most 64 entries")
    func entryLimit() {
        let templates = [[UInt8]](repeating: Sample.template(1), count: 65)
        let error = #expect(throws: PackageError.self) {
            try Sample.read(Sample.header(templates: templates), Sample.mf, Sample.end)
        }
        #expect(error?.problem == .limit(.entries, value: 65))
    }

    @Test("errors say where, in the standard's words")
    func description() throws {
        let error = #expect(throws: PackageError.self) {
            try Sample.package(Sample.usim([3: Sample.content([UInt8](repeating: 0, count: 10))]))
        }
        let text = try #require(error).description
        #expect(text.hasPrefix("usim/ef-imsi, byte "))
        #expect(text.hasSuffix(": content up to byte 10 does not fit into the file's 9 bytes"))
    }
}
