import Estate
import Evidence
import Foundation
import Mustache
import NIOConcurrencyHelpers
import Regulation

/// The pack of evidence of a product over a period: one archive with a report for people, the data behind its figures, the ledger's excerpt
/// and a signed manifest.
public enum EvidencePack {
    /// What was built.
    public struct Built: Codable, Sendable {
        public var product: String
        public var from: Day
        public var to: Day
        public var units: Int
        public var ledgerEntries: Int
        public var hasPDF: Bool
        /// Why there is no PDF, where one was asked for.
        public var note: String?
    }

    /// What the manifest says about the form of the files: raised when a file is added, renamed or changes its columns.
    static let version: Int64 = 1

    /// Builds a pack. It notes in the ledger that it does, and signs a head first.
    ///
    /// It may take half a minute: not to be called on an event loop.
    /// - Parameters:
    ///   - printer: nil leaves the PDF out.
    ///   - path: the archive; it is there only once it is whole.
    /// - Throws: `ProductError`, ``EvidencePackError``, `PackError`, or what the store throws.
    public static func build(
        product: String, over period: EvidencePeriod, from estate: EstateService, by authorship: Authorship, at now: UTCInstant,
        printer: PDFPrinter?, to path: String
    ) throws -> Built {
        try BuildTurn.take(estate)
        defer { BuildTurn.leave(estate) }
        let folder = try TemporaryFolder()
        let data = try PackData(folder.url)
        let record = try estate.gatherEvidence(
            of: product, over: period, by: authorship, at: now, unit: { try data.add($0) }, change: { try data.add($0) })
        let hours = ReachHours(record)
        let annex = AnnexITable(statements: record.report?.record.statements ?? [], evidence: record.held)
        try data.finish(record, hours, annex)

        // Whether there is a PDF is said in the page, so the page is written again where the print failed.
        let page = folder.url.appendingPathComponent("report.html")
        let document = folder.url.appendingPathComponent("report.pdf")
        func write(hasPDF: Bool) throws {
            let model = ReportModel(
                record, hours, annex, data, key: estate.ledgerKey, style: ReportPage.style, hasPDF: hasPDF)
            try Data(try ReportPage().html(model).utf8).write(to: page)
        }
        try write(hasPDF: printer != nil)
        var items = data.items
        var outcome = printer.map { $0.print(page, to: document, at: record.lastHead.at.milliseconds / 1_000) }
        if case .failed = outcome { try write(hasPDF: false) }
        items.append(PackItem("report.html", file: page))
        if outcome == .printed { items.append(PackItem("report.pdf", file: document)) }
        try estate.sealPack(
            items, excerpt: try estate.excerpt(for: record, into: folder.url), predicate: predicate(record, hours, data), to: path)
        if printer == nil { outcome = .failed("WeasyPrint was not used: print report.html from a browser") }
        var built = Built(
            product: product, from: period.from, to: period.to, units: record.inventory.units, ledgerEntries: record.entryCount,
            hasPDF: outcome == .printed)
        if case .failed(let why)? = outcome { built.note = why }
        return built
    }

    private static func predicate(_ record: EvidenceRecord, _ hours: ReachHours, _ data: PackData) -> CanonicalValue {
        func number(_ value: Int) -> CanonicalValue { .integer(Int64(clamping: value)) }
        return .object([
            "product": .string(record.product),
            "period": .object([
                "from": .string(record.period.from.description), "to": .string(record.period.to.description),
                "until": .string(record.until.iso8601),
            ]),
            "readAt": .string(record.asOf.iso8601),
            "version": .integer(version),
            "facts": .object(["annex1": .string(AnnexITable(statements: [], evidence: []).asOf.description)]),
            "counts": .object([
                "units": number(record.inventory.units), "hours": number(hours.all.count), "hoursSampled": number(hours.sampled),
                "outages": number(record.outages.count + record.moreOutages), "switches": number(record.activity.switches),
                "switchesLeftOut": number(data.switchesLeftOut), "risks": number(record.risks.count),
                "cases": number(record.cases.count { !$0.file.case.isDrill }),
                "drills": number(record.cases.count { $0.file.case.isDrill }),
                "labDrills": number(record.labDrills.count { $0.note.step == .started }),
                "ledgerEntries": number(record.entryCount),
                "ledgerEntriesInAll": number(record.entriesInAll),
            ]),
            "doesNotShow": .array(ReportModel.notShown.map { .string($0) }),
        ])
    }
}

/// One pack at a time for each estate: a pack of a large one takes all of a processor for a while.
private enum BuildTurn {
    private static let taken = NIOLockedValueBox<Set<ObjectIdentifier>>([])

    static func take(_ estate: EstateService) throws(EvidencePackError) {
        guard taken.withLockedValue({ $0.insert(ObjectIdentifier(estate)).inserted }) else { throw .busy }
    }

    static func leave(_ estate: EstateService) { taken.withLockedValue { _ = $0.remove(ObjectIdentifier(estate)) } }
}

/// A folder that is gone with its last owner.
final class TemporaryFolder: Sendable {
    let url: URL

    init() throws(EvidencePackError) {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("holdfast-pack-\(UUID().uuidString)")
        do {
            // For the owner alone: what is in it is not for everybody on the machine.
            try FileManager.default.createDirectory(
                at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw .folder(url.path)
        }
        self.url = url
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}

/// The report as a page that refers to nothing else.
struct ReportPage {
    private let library: MustacheLibrary

    static var style: String { String(decoding: PackageResources.report_css, as: UTF8.self) }

    private static var sources: [(String, [UInt8])] {
        [
            ("report", PackageResources.report_mustache), ("report_product", PackageResources.report_product_mustache),
            ("report_network", PackageResources.report_network_mustache), ("report_case", PackageResources.report_case_mustache),
            ("report_annex", PackageResources.report_annex_mustache), ("report_said", PackageResources.report_said_mustache),
        ]
    }

    /// - Throws: when a template does not parse.
    init() throws {
        MustacheContentTypes.register(HTML.Content(), named: HTML.Content.name)
        var library = MustacheLibrary()
        for (name, bytes) in Self.sources {
            try library.register("{{% CONTENT_TYPE: \(HTML.Content.name)}}" + String(decoding: bytes, as: UTF8.self), named: name)
        }
        self.library = library
    }

    func html(_ model: ReportModel) -> String {
        guard let text = library.render(model, withTemplate: "report") else { preconditionFailure("no template report") }
        return text
    }
}
