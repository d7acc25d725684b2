// swift-tools-version: 6.2
import PackageDescription

/// Every target is held to the same rules: a C type in a public signature doesn't compile, the word `unsafe` shows
/// each place to review, and a warning is an error.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")

/// A module of the pipeline; it may import only what it names, and it names only what stands above it in this list.
func module(_ name: String, _ dependencies: [Target.Dependency] = [], path: String? = nil, exclude: [String] = []) -> Target {
    .target(name: name, dependencies: dependencies, path: path, exclude: exclude, swiftSettings: strict)
}

/// Everything but the command, for what sees the pipeline whole: tests and the benchmark.
let pipeline: [Target.Dependency] = [
    "CSystemCalls", "Addressing", "Diagnostics", "YAMLSyntax", "GitRevisions", "InventorySchema", "SiteCompiler", "Planning", "Targets",
    "Reconciling", "Dnsmasq",
]

func tests(_ name: String, exclude: [String] = []) -> Target {
    .testTarget(name: name, dependencies: pipeline + ["TestSupport", subprocess, systemPackage], exclude: exclude, swiftSettings: strict)
}

let package = Package(
    name: "deevnet",
    products: [.executable(name: "deevnet", targets: ["deevnet"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    ],
    targets: [
        .systemLibrary(name: "CLibyaml", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CLibgit2", pkgConfig: "libgit2", providers: [.apt(["libgit2-dev"])]),
        .target(name: "CSystemCalls", path: "Sources/CSystem"),
        module("Addressing"),
        module("Diagnostics"),
        module("YAMLSyntax", ["CLibyaml", "Diagnostics"]),
        module("GitRevisions", ["CLibgit2", "Diagnostics", crypto]),
        module("InventorySchema", ["Addressing", "Diagnostics", "YAMLSyntax", "GitRevisions"]),
        module("SiteCompiler", ["Addressing", "Diagnostics", "InventorySchema"]),
        module("Planning", ["Diagnostics", "InventorySchema", "SiteCompiler", crypto]),
        module("Targets", ["CSystemCalls", "Diagnostics", "YAMLSyntax", subprocess, systemPackage, logging]),
        module("Reconciling", ["Diagnostics", "GitRevisions", "InventorySchema", "SiteCompiler", "Planning", "Targets"]),
        module(
            "Dnsmasq", ["Addressing", "Diagnostics", "InventorySchema", "SiteCompiler", "Planning", "Targets", "Reconciling"],
            path: "Sources/Providers/Dnsmasq", exclude: ["README.md"]),
        .executableTarget(
            name: "deevnet",
            dependencies: [
                "Addressing", "Diagnostics", "GitRevisions", "InventorySchema", "SiteCompiler", "Planning", "CSystemCalls", "Targets",
                "Reconciling", "Dnsmasq", argumentParser, logging,
            ],
            swiftSettings: strict),
        .target(name: "TestSupport", dependencies: pipeline, path: "Tests/TestSupport", swiftSettings: strict),
        .executableTarget(name: "deevnet-bench", dependencies: pipeline, path: "Benchmarks", exclude: ["benchlib"], swiftSettings: strict),
        tests("AddressingTests"), tests("DiagnosticsTests"), tests("YAMLSyntaxTests"), tests("GitRevisionsTests"),
        tests("InventorySchemaTests"), tests("SiteCompilerTests"), tests("PlanningTests", exclude: ["Goldens"]), tests("TargetsTests"),
        tests("ReconcilingTests"), tests("DnsmasqTests"), tests("ProviderContractTests"),
        tests("CommandTests", exclude: ["Cases", "Goldens"]),
        tests("IntegrationTests"), tests("TortureTests", exclude: ["Tools"]),
        .target(name: "FuzzTargets", dependencies: pipeline, path: "Tests/Fuzz/Targets", swiftSettings: strict),
        .testTarget(
            name: "FuzzTests", dependencies: pipeline + ["FuzzTargets", "TestSupport"], swiftSettings: strict),
        // Writers with mistakes planted in them, which the harnesses of TortureTests must catch.
        .executableTarget(
            name: "deevnet-planted", dependencies: ["CSystemCalls", "Targets"], path: "Tests/Planted", swiftSettings: strict),
        // What scripts/deep must see the sanitizers report.
        .executableTarget(name: "deevnet-misdeed", path: "Tests/Misdeed", exclude: ["thread-suppressions"], swiftSettings: strict),
    ]
)

// It links only where libFuzzer is: scripts/fuzz builds it, with coverage of all modules.
if Context.environment["DEEVNET_FUZZ_BUILD"] != nil {
    package.targets += [
        .systemLibrary(name: "CLibFuzzer", path: "Tests/Fuzz/CLibFuzzer"),
        .executableTarget(
            name: "deevnet-fuzz", dependencies: ["CLibFuzzer", "FuzzTargets"], path: "Tests/Fuzz/Binary", swiftSettings: strict,
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address"])]),
    ]
}

// What counts calls, starts the plain program or needs the lab says nothing under a sanitizer: scripts/deep builds the tests without it.
if Context.environment["DEEVNET_SANITIZED_BUILD"] != nil {
    package.targets.removeAll { ["TortureTests", "IntegrationTests", "CommandTests"].contains($0.name) }
}
