// swift-tools-version: 6.2
// What a firmware links of the kernel: the card, or the switching policy alone, each behind C functions. Scripts/embedded builds both as
// Embedded Swift, links them without a C library and says how much flash and RAM they take. They are measured, not shipped.
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6), .enableExperimentalFeature("Embedded"), .enableExperimentalFeature("Extern"),
    // One section a function, so that the linker drops what nobody calls; small before fast.
    .unsafeFlags(["-wmo", "-Osize", "-Xfrontend", "-function-sections"]),
]

func kernel(_ name: String) -> Target.Dependency { .product(name: name, package: "Kernel") }

let package = Package(
    name: "Device",
    platforms: [.macOS(.v26)],
    products: [
        .library(name: "CardInDevice", targets: ["CardInDevice"]), .library(name: "PolicyInDevice", targets: ["PolicyInDevice"]),
    ],
    dependencies: [.package(path: "../../Kernel")],
    targets: [
        .target(name: "CardInDevice", dependencies: [kernel("Cipher"), kernel("SmartCard")], swiftSettings: settings),
        .target(name: "PolicyInDevice", dependencies: [kernel("Resilience")], swiftSettings: settings),
    ]
)
