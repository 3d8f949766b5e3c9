// swift-tools-version: 6.2
// Measurements that need the lab or the estate in their own process. The first build compiles their dependencies once more: minutes.
import PackageDescription

let settings: [SwiftSetting] = [.swiftLanguageMode(.v6)]

func kernel(_ name: String) -> Target.Dependency { .product(name: name, package: "Kernel") }

let package = Package(
    name: "RootBenchmarks",
    platforms: [.macOS(.v26)],
    products: [.executable(name: "bench-root", targets: ["bench-root"])],
    dependencies: [
        .package(name: "Holdfast", path: "../.."),
        .package(path: "../../Kernel"),
        .package(path: ".."),
    ],
    targets: [
        .executableTarget(
            name: "bench-root",
            dependencies: [
                .product(name: "Estate", package: "Holdfast"), .product(name: "Lab", package: "Holdfast"),
                .product(name: "Storage", package: "Holdfast"), .product(name: "Evidence", package: "Holdfast"),
                .product(name: "Measure", package: "Benchmarks"),
                kernel("Beacon"), kernel("Cipher"), kernel("Regulation"), kernel("Resilience"), kernel("SmartCard"), kernel("Wire"),
            ],
            swiftSettings: settings)
    ]
)
