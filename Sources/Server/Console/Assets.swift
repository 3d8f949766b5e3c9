import Crypto
import Hummingbird

/// The files that pages refer to. Their addresses hold their hash, so that browsers keep them for good and never keep an old one.
struct Assets: Sendable {
    private struct File: Sendable {
        var name: String
        var type: String
        var bytes: ByteBuffer

        init(_ stem: String, _ ending: String, _ type: String, _ bytes: [UInt8]) {
            let digest = SHA256.hash(data: bytes).prefix(8).map { byte in
                let text = String(byte, radix: 16)
                return text.count == 1 ? "0" + text : text
            }
            name = "\(stem)-\(digest.joined()).\(ending)"
            self.type = type
            self.bytes = ByteBuffer(bytes: bytes)
        }

        var path: String { "/assets/\(name)" }
    }

    private let files: [File]
    /// Where the style sheet is.
    let style: String
    /// Where the script is.
    let script: String
    /// Where the icon is.
    let icon: String

    init() {
        let style = File("console", "css", "text/css; charset=utf-8", PackageResources.console_css)
        let script = File("console", "js", "text/javascript; charset=utf-8", PackageResources.console_js)
        let icon = File("holdfast", "svg", "image/svg+xml", PackageResources.holdfast_svg)
        files = [style, script, icon]
        (self.style, self.script, self.icon) = (style.path, script.path, icon.path)
    }

    func add(to routes: inout Routes) {
        routes.on(.get, "/assets/:name", .open) { exchange in
            guard let file = files.first(where: { $0.name == exchange.parameter("name") }) else {
                throw Problem.notFound("There is no such file; it may have changed with an update. Reload the page.")
            }
            return Response(
                status: .ok, headers: [.contentType: file.type, .cacheControl: "public, max-age=31536000, immutable"],
                body: .init(byteBuffer: file.bytes))
        }
    }
}
