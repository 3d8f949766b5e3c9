import Estate
import Foundation
import Hummingbird
import NIOPosix
import Regulation

extension Console {
    func addEvidence(to routes: inout Routes) {
        routes.on(.get, "/evidence", .session(.read)) { exchange in try await self.evidence(exchange) }
        routes.on(.post, "/evidence", .session(.record)) { exchange in try await self.buildEvidence(exchange) }
    }

    private struct Model {
        struct Product {
            var name: String
            var chosen: Bool
        }

        var products: [Product]
        var from: String
        var to: String
        var today: String
        /// What is wrong with the product, and with the days.
        var productError: String?
        var periodError: String?
        var key: String
        var hasPDF: Bool
        var seal: String
        var mayRecord: Bool
        /// The ledger is broken: there is nothing to build from.
        var isBroken: Bool
    }

    private func evidence(_ exchange: Exchange) async throws -> Response {
        try exchange.query.allow(only: ["product"])
        let today = exchange.now.day
        return try await form(
            exchange, product: exchange.query.text("product"), from: today.adding(days: -29).description, to: today.description)
    }

    private func form(
        _ exchange: Exchange, product: String?, from: String, to: String, productError: String? = nil, periodError: String? = nil
    ) async throws -> Response {
        let names = try await read { estate in
            Set(try estate.products().map(\.name)).union(try estate.unregisteredProducts().map(\.name)).sorted()
        }
        let model = Model(
            products: names.map { Model.Product(name: $0, chosen: $0 == product) }, from: from, to: to,
            today: exchange.now.day.description, productError: productError, periodError: periodError, key: estate.ledgerKey.text,
            hasPDF: PDFPrinter() != nil, seal: sealValue(exchange),
            mayRecord: exchange.caller?.principal.may(.record) ?? false, isBroken: estate.ledgerFault != nil)
        var response = page("evidence", title: "Evidence", place: "/evidence", live: nil, exchange, model)
        if productError != nil || periodError != nil { response.status = .unprocessableContent }
        return response
    }

    private func buildEvidence(_ exchange: Exchange) async throws -> Response {
        let fields = try await exchange.form()
        try seal.check(fields, of: exchange.caller)
        let (name, first, last) = (fields.text("product"), fields.text("from") ?? "", fields.text("to") ?? "")
        func refuse(product: String? = nil, period: String? = nil) async throws -> Response {
            try await form(exchange, product: name, from: first, to: last, productError: product, periodError: period)
        }
        guard let name else { return try await refuse(product: "Choose a product.") }
        guard let from = Day(first), let to = Day(last) else {
            return try await refuse(period: "Give both days as 2026-11-23.")
        }
        let period: EvidencePeriod
        do throws(EvidencePeriodError) { period = try EvidencePeriod(from: from, to: to, at: exchange.now) } catch {
            return try await refuse(period: "\(error).")
        }
        do {
            return try await PackDownload.response(
                name, period, from: estate, by: exchange.authorship(reason: "asked for in the console"), at: exchange.now,
                threads: threads)
        } catch let error as ProductError {
            return try await refuse(product: "\(error).")
        }
    }
}

extension API {
    func addEvidencePacks(to routes: inout Routes) {
        routes.on(.post, "/api/v1/evidence", .token(.record)) { exchange in try await self.buildEvidence(exchange) }
    }

    private struct Wanted: Decodable {
        var product: String
        var from: String
        var to: String
        var reason: String?

        static let example = #"{"product": "...", "from": "2026-10-01", "to": "2026-10-31"}"#
    }

    private func buildEvidence(_ exchange: Exchange) async throws -> Response {
        let wanted = try await body(Wanted.self, of: exchange, example: Wanted.example, upTo: 8_192)
        guard let from = Day(wanted.from), let to = Day(wanted.to) else { throw Problem.badRequest("Expected \(Wanted.example).") }
        let period: EvidencePeriod
        do throws(EvidencePeriodError) { period = try EvidencePeriod(from: from, to: to, at: exchange.now) } catch {
            throw Problem.badRequest("\(error).")
        }
        do {
            return try await PackDownload.response(
                wanted.product, period, from: estate, by: exchange.authorship(reason: wanted.reason ?? ""), at: exchange.now,
                threads: threads)
        } catch let error as ProductError {
            throw Problem.notFound("\(error).")
        }
    }
}

/// A pack on its way to a browser or a program.
enum PackDownload {
    /// Bytes that are in memory at a time.
    private static let chunk = 1 << 18

    /// Builds a pack off the event loops, and sends it piece by piece. It is gone from the disk when the answer is.
    static func response(
        _ product: String, _ period: EvidencePeriod, from estate: EstateService, by authorship: Authorship, at now: UTCInstant,
        threads: NIOThreadPool
    ) async throws -> Response {
        let folder = try TemporaryFolder()
        let path = folder.url.appendingPathComponent("pack.zip").path
        do {
            try await threads.runIfActive {
                _ = try EvidencePack.build(
                    product: product, over: period, from: estate, by: authorship, at: now, printer: PDFPrinter(), to: path)
            }
        } catch EvidencePackError.busy {
            throw Problem.later(.serviceUnavailable, seconds: 30, detail: "Another pack is being built; ask again when it is done.")
        }
        let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        let length = Int(clamping: try file.seekToEnd())
        try file.seek(toOffset: 0)
        let download = Download(file: file, folder: folder)
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/zip",
                .contentDisposition: "attachment; filename=\"\(name(product, period))\"",
            ],
            body: ResponseBody(contentLength: length) { writer in
                while let data = try await threads.runIfActive({ try download.file.read(upToCount: chunk) }), !data.isEmpty {
                    try await writer.write(ByteBuffer(bytes: data))
                }
                try await writer.finish(nil)
            })
    }

    /// Holds the folder for as long as the file is read.
    private final class Download: Sendable {
        let file: FileHandle
        let folder: TemporaryFolder

        init(file: FileHandle, folder: TemporaryFolder) {
            self.file = file
            self.folder = folder
        }

        deinit { try? file.close() }
    }

    /// "evidence-telecare-hub-2026-10-01-2026-10-31.zip": letters, digits and hyphens, whatever the product is called.
    static func name(_ product: String, _ period: EvidencePeriod) -> String {
        var slug = ""
        for byte in product.lowercased().utf8.prefix(60) {
            let isPlain = (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte)
            if isPlain { slug.unicodeScalars.append(Unicode.Scalar(byte)) } else if !slug.isEmpty, slug.last != "-" { slug += "-" }
        }
        while slug.last == "-" { slug.removeLast() }
        return "evidence-\(slug.isEmpty ? "product" : slug)-\(period.from)-\(period.to).zip"
    }
}

extension Pages {
    static var evidenceSources: [(String, [UInt8])] { [("evidence", PackageResources.evidence_mustache)] }
}
