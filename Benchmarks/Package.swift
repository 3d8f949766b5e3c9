// swift-tools-version: 6.2
// Measurements that need the kernel alone, and the load generator for a running server: a minute to build, nothing to download.
// What needs the root package in the same process is in Root/. `make bench` runs both and writes docs/measurements.md.
import PackageDescription

let settings: [SwiftSetting] = [.swiftLanguageMode(.v6)]

func kernel(_ name: String) -> Target.Dependency { .product(name: name, package: "Kernel") }

let package = Package(
    name: "Benchmarks",
    platforms: [.macOS(.v26)],
    products: [
        .library(name: "Measure", targets: ["Measure"]),
        .executable(name: "bench-kernel", targets: ["bench-kernel"]),
        .executable(name: "beacon-load", targets: ["beacon-load"]),
        .executable(name: "bench-report", targets: ["bench-report"]),
    ],
    dependencies: [.package(path: "../Kernel")],
    targets: [
        .target(name: "CAllocations"),
        .target(name: "CDatagrams"),
        .target(name: "Measure", swiftSettings: settings),
        .executableTarget(
            name: "bench-kernel",
            dependencies: [
                "Measure", "CAllocations", kernel("Beacon"), kernel("Cipher"), kernel("Reachability"), kernel("Resilience"),
                kernel("SmartCard"), kernel("Wire"),
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "beacon-load",
            dependencies: ["Measure", "CDatagrams", kernel("Beacon"), kernel("Cipher"), kernel("Wire")],
            swiftSettings: settings),
        .executableTarget(name: "bench-report", dependencies: ["Measure"], swiftSettings: settings),
    ]
)
