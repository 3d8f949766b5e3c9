import Estate
import Mustache

/// The console's templates, parsed once, and what is around every page.
///
/// A name that a model does not have is looked for in the models around it, and nil is taken for "does not have". In a list,
/// where a row's nil must stay nil, templates therefore ask with a dot: `{{#.proof}}` is the row's own proof or none,
/// `{{#proof}}` could be the device's.
struct Pages: Sendable {
    private let library: MustacheLibrary
    let assets: Assets
    /// Whether there is a drill page.
    let hasDrills: Bool
    let clock: @Sendable () -> UTCInstant

    /// - Throws: when a template does not parse: a mistake of ours that no request should meet.
    init(assets: Assets, hasDrills: Bool, clock: @escaping @Sendable () -> UTCInstant) throws {
        MustacheContentTypes.register(HTML.Content(), named: HTML.Content.name)
        var library = MustacheLibrary()
        for (name, bytes) in Self.sources {
            try library.register("{{% CONTENT_TYPE: \(HTML.Content.name)}}" + String(decoding: bytes, as: UTF8.self), named: name)
        }
        self.library = library
        self.assets = assets
        self.hasDrills = hasDrills
        self.clock = clock
    }

    private static var sources: [(String, [UInt8])] {
        [
            ("layout", PackageResources.layout_mustache), ("overview", PackageResources.overview_mustache),
            ("devices", PackageResources.devices_mustache), ("device", PackageResources.device_mustache),
            ("operators", PackageResources.operators_mustache), ("events", PackageResources.events_mustache),
            ("drill", PackageResources.drill_mustache), ("sign_in", PackageResources.sign_in_mustache),
            ("problem", PackageResources.problem_mustache), ("event_list", PackageResources.event_list_mustache),
            ("state", PackageResources.state_mustache), ("age", PackageResources.age_mustache),
            ("outage", PackageResources.outage_mustache), ("slice", PackageResources.slice_mustache),
        ] + productSources + caseSources + evidenceSources
    }

    /// What the frame of a signed-in page needs to know.
    struct Frame: Sendable {
        var title: String
        /// The entry of the navigation that is current: its path.
        var place: String
        /// The query of the page's live stream: "topic=overview"; nil for a page that stands still.
        var live: String?
        var now: UTCInstant
        /// What seals the page's forms.
        var seal: String
        /// What is wrong with the ledger.
        var fault: LedgerFault?
    }

    private struct Layout {
        struct Fault {
            var problem: String
            var found: String
        }

        struct Entry {
            var path: String
            var label: String
            var current: Bool
        }

        var title: String
        var style: String
        var script: String
        var icon: String
        var entries: [Entry]
        var signedIn: Bool
        var live: String?
        var nowMilliseconds: Int64
        var now: AgeModel?
        var seal: String
        var fault: Fault?
        var main: String
    }

    /// A page for who is signed in.
    func page(_ template: String, _ frame: Frame, _ model: Any) -> String {
        var entries = [
            ("/", "Overview"), ("/devices", "Devices"), ("/operators", "Operators"), ("/events", "Events"),
            ("/products", "Products"),
            ("/risks", "Risks"), ("/cases", "Cases"), ("/evidence", "Evidence"),
        ]
        if hasDrills { entries.append(("/drill", "Drill")) }
        return render(
            "layout",
            Layout(
                title: frame.title, style: assets.style, script: assets.script, icon: assets.icon,
                entries: entries.map { Layout.Entry(path: $0.0, label: $0.1, current: $0.0 == frame.place) }, signedIn: true,
                live: frame.live, nowMilliseconds: frame.now.milliseconds, now: AgeModel(frame.now, at: frame.now),
                seal: frame.seal,
                fault: frame.fault.map { Layout.Fault(problem: "\($0.error)", found: AgeModel($0.found, at: frame.now).utc) },
                main: render(template, model)))
    }

    private func plain(_ template: String, title: String, _ model: Any) -> String {
        render(
            "layout",
            Layout(
                title: title, style: assets.style, script: assets.script, icon: assets.icon, entries: [], signedIn: false,
                live: nil,
                nowMilliseconds: clock().milliseconds, now: nil, seal: "", fault: nil, main: render(template, model)))
    }

    private struct SignInModel {
        var code: String?
        var refused: Bool
    }

    /// - Parameter code: from the link; nil asks for a link.
    func signIn(code: String?, refused: Bool) -> String {
        plain("sign_in", title: "Sign in", SignInModel(code: code, refused: refused))
    }

    private struct ProblemModel {
        var status: Int
        var title: String
        var detail: String
        var signIn: Bool
    }

    /// The error page.
    func problem(_ problem: Problem) -> String {
        plain(
            "problem", title: problem.title,
            ProblemModel(
                status: problem.status.code, title: problem.title, detail: problem.detail, signIn: problem.status == .unauthorized))
    }

    private func render(_ template: String, _ model: Any) -> String {
        guard let text = library.render(model, withTemplate: template) else { preconditionFailure("no template \(template)") }
        return text
    }
}
