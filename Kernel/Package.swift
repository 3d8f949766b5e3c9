// swift-tools-version: 6.2
// Everything that decides. No dependency at all, so that it builds and tests from clean in about a minute, runs under every
// sanitizer and fuzzer, and compiles as Embedded Swift: HOLDFAST_EMBEDDED=1 swift build --target Resilience -c release
import PackageDescription

let embedded = Context.environment["HOLDFAST_EMBEDDED"] == "1"
// `Scripts/fuzz` alone builds what only links with libFuzzer.
let fuzzing = Context.environment["HOLDFAST_FUZZ"] == "1"
let strict = Context.environment["HOLDFAST_STRICT"] == "1"
var settings: [SwiftSetting] = [.swiftLanguageMode(.v6)]
if strict { settings.append(.treatAllWarnings(as: .error)) }
// The modules a card needs keep to the Embedded subset; the compiler says so in every build, not only in the Embedded one.
var cardSettings = settings + [.treatWarning("EmbeddedRestrictions", as: .error)]
if embedded { cardSettings.append(.enableExperimentalFeature("Embedded")) }

func library(_ name: String) -> Product { .library(name: name, targets: [name]) }

let package = Package(
    name: "Kernel",
    platforms: [.macOS(.v26)],
    products: [
        "Wire", "Cipher", "Resilience", "Beacon", "SecuredPackets", "EUICC", "SmartCard", "ProfilePackage", "Issuing",
        "Reachability", "Regulation",
    ].map(library) + [
        .library(name: "holdfast_card", type: .dynamic, targets: ["CardLibrary"]),
        .library(name: "holdfast_card_static", type: .static, targets: ["CardLibrary"]),
    ],
    targets: [
        .target(name: "Wire", swiftSettings: cardSettings),
        .target(name: "Cipher", swiftSettings: cardSettings),
        .target(name: "Resilience", swiftSettings: cardSettings),
        .target(name: "Beacon", dependencies: ["Wire", "Cipher"], swiftSettings: cardSettings),
        .target(name: "SecuredPackets", dependencies: ["Wire", "Cipher"], swiftSettings: cardSettings),
        .target(name: "EUICC", dependencies: ["Wire"], swiftSettings: cardSettings),
        .target(
            name: "SmartCard", dependencies: ["Wire", "Cipher", "Resilience", "Beacon", "SecuredPackets", "EUICC"],
            swiftSettings: cardSettings),
        .target(name: "Reachability", swiftSettings: settings),
        .target(name: "Regulation", dependencies: ["Wire"], swiftSettings: settings),
        .target(name: "ProfilePackage", dependencies: ["Wire"], swiftSettings: settings),
        .target(name: "CardLibrary", dependencies: ["Cipher", "Resilience", "SmartCard"], swiftSettings: settings),
        .target(name: "Issuing", dependencies: ["Cipher", "ProfilePackage", "SmartCard"], swiftSettings: settings),
        // What the tests of several modules use, and nothing else: no product.
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
        .testTarget(name: "WireTests", dependencies: ["Wire", "TestSupport"], swiftSettings: settings),
        .testTarget(name: "CipherTests", dependencies: ["Cipher", "TestSupport"], swiftSettings: settings),
        .testTarget(name: "ResilienceTests", dependencies: ["Resilience"], swiftSettings: settings),
        .testTarget(
            name: "BeaconTests", dependencies: ["Beacon", "Cipher", "Wire", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "SecuredPacketsTests", dependencies: ["SecuredPackets", "Cipher", "Wire", "TestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "SmartCardTests",
            dependencies: ["SmartCard", "Beacon", "Cipher", "EUICC", "Resilience", "SecuredPackets", "Wire", "TestSupport"],
            swiftSettings: settings),
        .testTarget(name: "EUICCTests", dependencies: ["EUICC", "Wire", "TestSupport"], swiftSettings: settings),
        .testTarget(name: "RegulationTests", dependencies: ["Regulation", "Wire", "TestSupport"], swiftSettings: settings),
        .testTarget(name: "ReachabilityTests", dependencies: ["Reachability"], swiftSettings: settings),
        .testTarget(
            name: "IssuingTests",
            dependencies: ["Issuing", "ProfilePackage", "SmartCard", "Beacon", "Cipher", "Resilience", "Wire"],
            swiftSettings: settings),
        .testTarget(
            name: "ProfilePackageTests", dependencies: ["ProfilePackage", "Wire", "TestSupport"], swiftSettings: settings),
        // What is fuzzed; its findings are replayed by ordinary tests.
        .target(
            name: "FuzzTargets",
            dependencies: [
                "Wire", "Cipher", "Resilience", "Beacon", "SecuredPackets", "EUICC", "SmartCard", "ProfilePackage", "Issuing",
            ], path: "Fuzz/Targets", swiftSettings: settings),
        .testTarget(name: "FindingsTests", dependencies: ["FuzzTargets"], swiftSettings: settings),
    ]
        + (fuzzing
            ? [.executableTarget(name: "fuzz", dependencies: ["FuzzTargets"], path: "Fuzz/Driver", swiftSettings: settings)] : [])
)
