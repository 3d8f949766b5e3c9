// swift-tools-version: 6.2
// Everything that touches the world. What decides lives in Kernel/, which has no dependency at all.
import PackageDescription

// CI sets HOLDFAST_STRICT: a warning in our own code is then an error. It is off for users, whose compiler may be newer.
let strict = Context.environment["HOLDFAST_STRICT"] == "1"
let settings: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        // One release build serves `make run` and `make test`: a second configuration would take minutes more on two cores.
        .unsafeFlags(["-enable-testing"], .when(configuration: .release)),
    ] + (strict ? [.treatAllWarnings(as: .error)] : [])

func kernel(_ name: String) -> Target.Dependency { .product(name: name, package: "Kernel") }

let package = Package(
    name: "Holdfast",
    platforms: [.macOS(.v26)],
    products: [
        .executable(name: "holdfast", targets: ["holdfast"]),
        .library(name: "Storage", targets: ["Storage"]),
        .library(name: "Evidence", targets: ["Evidence"]),
        .library(name: "Estate", targets: ["Estate"]),
        .library(name: "Lab", targets: ["Lab"]),
    ],
    dependencies: [
        .package(path: "Kernel"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .systemLibrary(name: "CSQLite3", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .target(
            name: "Storage",
            dependencies: ["CSQLite3", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: settings),
        .target(
            name: "Evidence",
            dependencies: ["Storage", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: settings),
        .target(
            name: "Estate",
            dependencies: [
                "Storage", "Evidence", kernel("Wire"), kernel("Cipher"), kernel("Beacon"), kernel("Resilience"),
                kernel("Reachability"), kernel("Regulation"), kernel("SmartCard"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ],
            swiftSettings: settings),
        .target(
            name: "Lab",
            dependencies: [
                kernel("Wire"), kernel("Cipher"), kernel("Beacon"), kernel("Resilience"), kernel("SmartCard"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: settings),
        .target(
            name: "Server",
            dependencies: [
                "Estate", "Evidence", kernel("Regulation"), kernel("Wire"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Logging", package: "swift-log"),
            ],
            resources: [.embedInCode("Pages")],
            swiftSettings: settings),
        .executableTarget(
            name: "holdfast",
            dependencies: [
                "Server", "Lab", "Estate", "Evidence", "Storage", kernel("Beacon"), kernel("Cipher"), kernel("EUICC"),
                kernel("Issuing"), kernel("ProfilePackage"), kernel("Regulation"), kernel("Resilience"), kernel("SmartCard"),
                kernel("Wire"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings),
        .testTarget(name: "StorageTests", dependencies: ["Storage"], swiftSettings: settings),
        .testTarget(
            name: "EvidenceTests",
            dependencies: ["Evidence", "Storage"],
            swiftSettings: settings),
        .testTarget(
            name: "EstateTests",
            dependencies: [
                "Estate", "Evidence", "Storage", kernel("Beacon"), kernel("Cipher"), kernel("Reachability"), kernel("Regulation"),
                kernel("Resilience"),
                kernel("SmartCard"), kernel("Wire"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "LabTests",
            dependencies: ["Lab", kernel("Beacon"), kernel("Cipher"), kernel("Resilience"), kernel("SmartCard"), kernel("Wire")],
            swiftSettings: settings),
        .testTarget(
            name: "ServerTests",
            dependencies: [
                "Server", "Estate", "Storage", kernel("Beacon"), kernel("Cipher"), kernel("Regulation"), kernel("Resilience"),
                kernel("Wire"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "HoldfastTests",
            dependencies: [
                "holdfast", "Server", "Lab", "Estate", "Evidence", "Storage", kernel("Beacon"), kernel("Regulation"),
                kernel("Resilience"), kernel("SmartCard"),
            ],
            swiftSettings: settings),
    ]
)
