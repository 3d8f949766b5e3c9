import Testing
import Wire

@testable import ProfilePackage

@Suite("Files of a package")
struct FileTests {
    let adf = FilePath.application(Sample.usimAID)

    /// A file that genericFileManagement makes in the MF.
    private func made(_ fields: [UInt8]..., filling: [UInt8] = []) throws -> PackageFile {
        let package = try Sample.package(
            Sample.files(Sample.path(), Sample.create(Sample.identifier(0x2F40), fields.flatMap { $0 }), filling))
        return try #require(package.file(.masterFile.appending(0x2F40)))
    }

    // MARK: Patterns (ETSI TS 102 222, 6.3.2.2.2)

    @Test("a new file is FF")
    func blank() throws {
        #expect(try made(Sample.transparent, Sample.size(3)).content == [0xFF, 0xFF, 0xFF])
    }

    @Test("a fill pattern repeats its last byte; what is too long is left out")
    func fillPattern() throws {
        #expect(try made(Sample.transparent, Sample.size(5), Sample.fill([1, 2])).content == [1, 2, 2, 2, 2])
        #expect(try made(Sample.transparent, Sample.size(2), Sample.fill([1, 2, 3])).content == [1, 2])
    }

    @Test("a repeat pattern starts over")
    func repeatPattern() throws {
        #expect(try made(Sample.transparent, Sample.size(5), Sample.repeating([1, 2])).content == [1, 2, 1, 2, 1])
        #expect(try made(Sample.transparent, Sample.size(1), Sample.repeating([1, 2])).content == [1])
    }

    @Test("in a file with records, each record has the pattern from its start")
    func recordPatterns() throws {
        let filled = try made(Sample.linear(3), Sample.size(6), Sample.fill([0, 0xFF]))
        #expect(filled.content == [0, 0xFF, 0xFF, 0, 0xFF, 0xFF])
        #expect(filled.kind == .linearFixed(recordLength: 3, records: 2))
        #expect(filled.record(2).map(Array.init) == [0, 0xFF, 0xFF])
        #expect(filled.record(0) == nil && filled.record(3) == nil)
        let repeated = try made(Sample.cyclic(3), Sample.size(6), Sample.repeating([1, 2]))
        #expect(repeated.content == [1, 2, 1, 1, 2, 1])
        #expect(repeated.kind == .cyclic(recordLength: 3, records: 2))
    }

    @Test("a pattern of a template that has an end keeps it at the end")
    func ending() throws {
        let package = try Sample.package(
            Sample.usim(), Sample.element(.gsmAccess, Sample.templateID(7), Sample.field(2), Sample.field(3)))
        let kc = try #require(package.file(adf.appending(0x5F3B).appending(0x4F20)))
        #expect(kc.content == [UInt8](repeating: 0xFF, count: 8) + [0x07])
        #expect(FillPattern.ending(0xFF, [1, 2, 3]).expanded(to: 2) == [1, 2])
    }

    @Test("there is one pattern at most")
    func twoPatterns() {
        let both = Sample.tlv(0xA5, Sample.tlv(0xC1, [1]), Sample.tlv(0xC2, [2]))
        let problem = Sample.problem(
            Sample.files(Sample.create(Sample.transparent, Sample.identifier(0x2F40), Sample.size(1), both)))
        #expect(problem == .order("only one of fillPattern and repeatPattern may be there"))
    }

    // MARK: Content

    @Test("content lies where the last one ended, and offsets count from there")
    func offsets() throws {
        let filling = Sample.skipping(1) + Sample.filling([1, 2]) + Sample.skipping(2) + Sample.filling([3]) + Sample.filling([4])
        let file = try made(Sample.transparent, Sample.size(8), Sample.fill([0]), filling: filling)
        #expect(file.content == [0, 1, 2, 0, 0, 3, 4, 0])
    }

    @Test("offsets add up, and one at the end moves nothing")
    func offsetsAddUp() throws {
        let filling = Sample.skipping(1) + Sample.skipping(2) + Sample.filling([1]) + Sample.skipping(100)
        #expect(try made(Sample.transparent, Sample.size(4), Sample.fill([0]), filling: filling).content == [0, 0, 0, 1])
    }

    @Test("offsets and content go over the borders of records")
    func offsetsInRecords() throws {
        let file = try made(Sample.linear(3), Sample.size(9), filling: Sample.skipping(2) + Sample.filling([1, 2, 3]))
        #expect(file.content == [0xFF, 0xFF, 1, 2, 3, 0xFF, 0xFF, 0xFF, 0xFF])
    }

    @Test("content may end with the file, but not after it")
    func overflow() throws {
        #expect(try made(Sample.transparent, Sample.size(2), filling: Sample.filling([1, 2])).content == [1, 2])
        let problem = Sample.problem(
            Sample.files(
                Sample.create(Sample.transparent, Sample.identifier(0x2F40), Sample.size(2)), Sample.skipping(1),
                Sample.filling([1, 2])))
        #expect(problem == .overflow(size: 2, end: 3))
    }

    @Test("a template's file takes what the package writes over the template's pattern")
    func templateContent() throws {
        let package = try Sample.package(
            Sample.usim([21: Sample.skip(2) + Sample.content([0x00])]),
            Sample.element(.optUSIM, Sample.templateID(5), Sample.field(15, Sample.control(Sample.size(7)), Sample.content([0x11])))
        )
        let ad = try #require(package.file(adf.appending(0x6FAD)))
        #expect(ad.name == "ef-ad")
        #expect(ad.content == [0x00, 0x00, 0x00, 0x02])
        let networks = try #require(package.file(adf.appending(0x6F60)))
        #expect(networks.content == [0x11, 0xFF, 0xFF, 0x00, 0x00, 0xFF, 0xFF])
    }

    @Test("a BER-TLV file has its data objects, and room to grow")
    func dataObjects() throws {
        let maximum = Sample.tlv(0xA5, Sample.tlv(0x86, [0x20]))
        let file = try made(
            Sample.berTLV, Sample.size(8), maximum, filling: Sample.filling([0x80, 0x01, 0x05]) + Sample.filling([0x81, 0x00]))
        #expect(file.kind == .berTLV(reserved: 8, maximum: 32))
        #expect(file.content == [0x80, 0x01, 0x05, 0x81, 0x00])
        let problem = Sample.problem(
            Sample.files(
                Sample.create(Sample.berTLV, Sample.identifier(0x2F40), Sample.size(1)), Sample.filling([0x80, 0x00])))
        #expect(problem == .overflow(size: 1, end: 2))
    }

    // MARK: Parameters

    @Test("without a short identifier, the file identifier says it")
    func impliedShortIdentifier() throws {
        func identifier(_ fid: UInt16, _ more: [UInt8] = []) throws -> UInt8? {
            let package = try Sample.package(
                Sample.files(Sample.create(Sample.transparent, Sample.identifier(fid), Sample.size(1), more)))
            return try #require(package.file(.masterFile.appending(fid))).shortIdentifier
        }
        #expect(try identifier(0x2F41) == 1)
        #expect(try identifier(0x2F5E) == 30)
        #expect(try identifier(0x2F5F) == nil)
        #expect(try identifier(0x2F40) == nil)
        #expect(try identifier(0x2F41, Sample.tlv(0x88)) == nil)
        #expect(try identifier(0x2F41, Sample.tlv(0x88, [0xF0])) == 30)
        for byte in [0x00, 0x09, 0xF8] as [UInt8] {
            let problem = Sample.problem(
                Sample.files(
                    Sample.create(Sample.transparent, Sample.identifier(0x2F41), Sample.size(1), Sample.tlv(0x88, [byte]))))
            #expect(problem == .value(of: "shortEFID", value: Int(byte)))
        }
    }

    @Test("a template's file has the template's short identifier, unless the package says another or none")
    func templateShortIdentifier() throws {
        let package = try Sample.package(
            Sample.usim([5: Sample.control(Sample.tlv(0x88)), 6: Sample.control(Sample.tlv(0x88, [0xE0]))]))
        #expect(package.file(adf.appending(0x6F07))?.shortIdentifier == 7)
        #expect(package.file(adf.appending(0x6F08))?.shortIdentifier == nil)
        #expect(package.file(adf.appending(0x6F09))?.shortIdentifier == 0x1C)
        #expect(package.file(adf)?.shortIdentifier == nil)
    }

    @Test("which EF.ARR a record means follows from where the file lies")
    func accessRules() throws {
        let package = try Sample.package(
            Sample.element(.telecom, Sample.templateID(3), Sample.field(2), Sample.field(5, Sample.control(Sample.tlv(0x8B, [4])))),
            Sample.usim([3: Sample.control(Sample.tlv(0x8B, [0x2F, 0x06, 9])) + Sample.content([0x08])]),
            Sample.files(Sample.create(Sample.transparent, Sample.identifier(0x2F40), Sample.size(1))))
        func rule(_ path: FilePath) -> PackageFile.AccessRule? { package.file(path)?.accessRule }
        #expect(rule(.masterFile) == .init(file: 0x2F06, record: 14))
        #expect(rule(.masterFile.appending(0x2FE2)) == .init(file: 0x2F06, record: 11))
        #expect(rule(.masterFile.appending(0x7F10)) == .init(file: 0x2F06, record: 14))
        #expect(rule(.masterFile.appending(0x7F10).appending(0x6F54)) == .init(file: 0x6F06, record: 4))
        #expect(rule(adf) == .init(file: 0x2F06, record: 14))
        #expect(rule(adf.appending(0x6F07)) == .init(file: 0x2F06, record: 9))
        #expect(rule(adf.appending(0x6F38)) == .init(file: 0x6F06, record: 2))
        #expect(rule(.masterFile.appending(0x2F40)) == nil)
    }

    @Test("life cycle, sharing and special information")
    func otherParameters() throws {
        let special = Sample.tlv(0xA5, Sample.tlv(0xC0, [0x40]))
        let file = try made(Sample.tlv(0x82, [0x01, 0x21]), Sample.size(1), special, Sample.tlv(0x8A, [0x04]))
        #expect(!file.isShareable)
        #expect(file.specialInformation == 0x40)
        #expect(file.lifeCycle == 0x04)
        #expect(file.name == nil)
        let package = try Sample.package(Sample.usim())
        let keys = try #require(package.file(adf.appending(0x6F08)))
        #expect(keys.isShareable && keys.specialInformation == 0x80 && keys.lifeCycle == 0x05)
    }

    @Test("record lengths come in one byte, in two, or with the number of records")
    func descriptors() throws {
        for descriptor in [[0x42, 0x21, 0x04], [0x42, 0x21, 0x00, 0x04], [0x42, 0x21, 0x00, 0x04, 0x02]] as [[UInt8]] {
            #expect(try made(Sample.tlv(0x82, descriptor), Sample.size(8)).kind == .linearFixed(recordLength: 4, records: 2))
        }
    }

    @Test("a link has the other file's path, and nothing of its own")
    func links() throws {
        let package = try Sample.package(
            Sample.usim(),
            Sample.files(
                Sample.create(Sample.linear(26), Sample.identifier(0x2F40), Sample.tlv(0xC7, [0x7F, 0xD0, 0x6F, 0x3B])),
                Sample.create(Sample.transparent, Sample.identifier(0x2F41), Sample.tlv(0xC7, [0x3F, 0x00, 0x2F, 0xE2]))))
        let first = try #require(package.file(.masterFile.appending(0x2F40)))
        #expect(first.link == adf.appending(0x6F3B))
        #expect(first.kind == .linearFixed(recordLength: 26, records: 0))
        #expect(first.content.isEmpty)
        #expect(package.file(.masterFile.appending(0x2F41))?.link == .masterFile.appending(0x2FE2))
    }

    // MARK: Templates

    @Test("the MF's files are there, those with a default also when the package says nothing")
    func masterFile() throws {
        let package = try Sample.package()
        #expect(
            package.files.map(\.path.description) == ["3F00", "3F00/2F00", "3F00/2F05", "3F00/2F06", "3F00/2FE2"])
        #expect(package.file(.masterFile)?.kind == .masterFile)
        #expect(package.file(.masterFile)?.pinStatus == [0x01, 0x0A])
        #expect(package.file(.masterFile.appending(0x2F05))?.content == [0xFF, 0xFF])
    }

    @Test("a USIM has all files with defaults, but for those that shall not be created")
    func createdByDefault() throws {
        let package = try Sample.package(Sample.usim([9: Sample.tlv(0x80), 10: Sample.tlv(0x80)]))
        let files = package.files.filter { $0.path.application == Sample.usimAID }
        #expect(files.count == Template.usim.rows.count - 2)
        #expect(package.file(adf.appending(0x6F3B)) == nil)
        let messages = try #require(package.file(adf.appending(0x6F42)))
        #expect(messages.kind == .linearFixed(recordLength: 38, records: 1))
        let loci = try #require(package.file(adf.appending(0x6F7E)))
        #expect(loci.content == [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0xFF, 0x01])
    }

    @Test("doNotCreate says nothing in the MF")
    func masterFileStays() throws {
        let mf = Sample.element(
            .mf, Sample.templateID(1), Sample.field(2), Sample.field(3, Sample.tlv(0x80)), Sample.field(4),
            Sample.field(5, Sample.control(Sample.linear(8), Sample.size(8))),
            Sample.field(6, Sample.control(Sample.linear(8), Sample.size(8))))
        let package = try Sample.read(Sample.header(), mf, Sample.end)
        #expect(package.file(.masterFile.appending(0x2F05)) != nil)
    }

    @Test("versions of a template differ")
    func versions() throws {
        for (version, size) in [(1, 14), (2, 17)] as [(UInt8, Int)] {
            let package = try Sample.package(Sample.usim(version: version))
            #expect(package.file(adf.appending(0x6F38))?.content.count == size)
        }
        for (version, kind, indicator) in [(1, 57, 0xFF), (3, 62, 0xFF), (4, 62, 0x00)] as [(UInt8, Int, UInt8)] {
            let package = try Sample.package(
                Sample.usim(),
                Sample.element(
                    .df5GS, version == 1 ? Sample.templateID(13) : Sample.templateID(13, version), Sample.field(2), Sample.field(5),
                    Sample.field(12)))
            let directory = adf.appending(0x5FC0)
            #expect(
                package.file(directory.appending(0x4F03))?.kind == .linearFixed(recordLength: kind, records: version < 3 ? 1 : 2))
            #expect(package.file(directory.appending(0x4F0A))?.content == [0xF0, 0xFF, indicator, indicator])
        }
    }

    @Test("each template is sound", arguments: 16..<32)
    func templates(_ number: Int) {
        guard let template = Template.of(ElementName(number)) else { return }
        #expect(Set(template.rows.map(\.name)).count == template.rows.count)
        for (version, row) in template.changes {
            #expect(template.rows.contains { $0.name == row.name && $0.identifier == row.identifier && $0.kind == row.kind })
            #expect(template.versions.contains(version))
        }
        // In one directory no identifier and no short identifier is twice.
        for directory in template.rows.split(whereSeparator: { $0.kind == .dedicated }) {
            let identifiers = directory.compactMap(\.identifier)
            #expect(Set(identifiers).count == identifiers.count)
            let short = directory.compactMap(\.shortIdentifier)
            #expect(Set(short).count == short.count)
            #expect(short.allSatisfy { (1...30).contains($0) })
        }
        #expect(template.rows.allSatisfy { (1...14).contains($0.rule) })
        let identifier = TemplateIdentifier([2, 23, 143, 1, 2, UInt32(template.number)])
        #expect(Template.element(of: identifier)?.name == ElementName(number))
    }

    @Test("files in a directory of a template lie in it, also when it has another identifier")
    func subdirectories() throws {
        let package = try Sample.package(
            Sample.element(
                .telecom, Sample.templateID(3, 2), Sample.field(2), Sample.field(9, Sample.control(Sample.identifier(0x5F51))),
                Sample.field(10, Sample.control(Sample.linear(10), Sample.size(20)))))
        let image = try #require(package.file(FilePath(identifiers: [0x3F00, 0x7F10, 0x5F51, 0x4F20])))
        #expect(image.content == ([0x00] + [UInt8](repeating: 0xFF, count: 9)) + [0x00] + [UInt8](repeating: 0xFF, count: 9))
    }

    @Test("what a template leaves to the package must be there")
    func missing() {
        #expect(
            Sample.problem(Sample.element(.telecom, Sample.templateID(3), Sample.field(2), Sample.field(3)))
                == .missing("the record length in fileDescriptor"))
        #expect(
            Sample.problem(
                Sample.element(.telecom, Sample.templateID(3), Sample.field(2), Sample.field(3, Sample.control(Sample.linear(9)))))
                == .missing("efFileSize"))
        #expect(Sample.problem(Sample.element(.telecom, Sample.templateID(3))) == .missing("df-telecom"))
        #expect(Sample.problem(Sample.usim([2: Sample.control(Sample.identifier(0x7FD0))])) == .missing("dfName"))
        #expect(Sample.problem(Sample.usim([2: Sample.control(Sample.tlv(0x84, Sample.usimAID))])) == .missing("fileID"))
        #expect(
            Sample.problem(
                Sample.element(.cd, Sample.templateID(2), Sample.field(2), Sample.field(4, Sample.control(Sample.size(2)))))
                == .missing("fileID"))
    }

    // MARK: genericFileManagement

    @Test("a new directory is selected; a path goes elsewhere")
    func selection() throws {
        let package = try Sample.package(
            Sample.usim(),
            Sample.files(
                Sample.path(0x7FD0), Sample.create(Sample.directory, Sample.identifier(0x5F70)),
                Sample.create(Sample.transparent, Sample.identifier(0x4F01), Sample.size(1)),
                Sample.path(0x3F00), Sample.create(Sample.transparent, Sample.identifier(0x2F40), Sample.size(1))))
        let directory = adf.appending(0x5F70)
        #expect(package.file(directory)?.kind == .dedicated)
        #expect(package.file(directory.appending(0x4F01)) != nil)
        #expect(package.file(.masterFile.appending(0x2F40)) != nil)
    }

    @Test("can make an ADF")
    func application() throws {
        let aid: [UInt8] = [1, 2, 3, 4, 5]
        let package = try Sample.package(
            Sample.files(
                Sample.create(Sample.directory, Sample.identifier(0x7F90), Sample.tlv(0x84, aid)),
                Sample.create(Sample.transparent, Sample.identifier(0x6F01), Sample.size(1))))
        #expect(package.file(.application(aid))?.kind == .application)
        #expect(package.file(.application(aid).appending(0x6F01)) != nil)
    }

    @Test("no file without a directory, and none twice")
    func places() {
        let file = Sample.create(Sample.transparent, Sample.identifier(0x2F40), Sample.size(1))
        let path = FilePath.masterFile.appending(0x2F40)
        #expect(Sample.problem(Sample.files(file, file)) == .duplicate(path))
        #expect(
            Sample.problem(Sample.files(Sample.path(0x7F55), file))
                == .orphan(FilePath(identifiers: [0x3F00, 0x7F55, 0x2F40])))
        #expect(Sample.problem(Sample.files(file, Sample.path(0x2F40), file)) == .orphan(path.appending(0x2F40)))
        #expect(Sample.problem(Sample.files(Sample.filling([1]))) == .order("there is no file to fill"))
        #expect(Sample.problem(Sample.files(Sample.create(Sample.identifier(0x2F40)))) == .missing("fileDescriptor"))
    }

    @Test("a path is put as people write it")
    func description() {
        #expect(FilePath.masterFile.appending(0x00FE).description == "3F00/00FE")
        #expect(adf.appending(0x6F07).description == "3F00/7FFF/6F07 of A000000087100201")
        #expect(adf.parent == .masterFile && FilePath.masterFile.parent == nil)
    }
}
