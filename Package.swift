// swift-tools-version: 6.1
import PackageDescription

/// Modules in the order data flows; an engine module imports only modules listed above it.
let optimisedKernels: [CSetting] = [.unsafeFlags(["-O3", "-fno-math-errno"])]

func engine(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, path: "Sources/Engine/\(name)")
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: dependencies, path: "Tests/\(name)", exclude: exclude)
}

let package = Package(
    name: "espalier",
    products: [
        .executable(name: "espalier", targets: ["espalier"]),
        .executable(name: "espalier-bench", targets: ["espalier-bench"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        // System libraries and C.
        .systemLibrary(name: "CCsv", providers: [.apt(["libcsv-dev"])]),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CLAPACKE", providers: [.apt(["liblapacke-dev"])]),
        .systemLibrary(name: "CXGBoost", providers: [.apt(["libxgboost-dev"])]),
        .systemLibrary(name: "CNcurses", providers: [.apt(["libncursesw5-dev"])]),
        .target(name: "CTerminalGuard"),
        .target(name: "CKernels", cSettings: optimisedKernels),

        // What people write: specs, themes, settings.
        .target(name: "Texts", dependencies: ["Yams"], path: "Sources/Texts"),

        // Engine.
        engine("Statistics", ["CLAPACKE"]),
        engine("Experiments", ["Statistics", "Texts", "CCsv", "CZlib", "Yams"]),
        engine("Effects", ["Statistics", "Experiments", "CKernels", "CXGBoost"]),
        engine("Cohorts", ["Statistics", "Experiments", "Effects"]),
        engine("Subgroups", ["Statistics", "Experiments", "Effects"]),
        engine("Policies", ["Statistics", "Experiments", "Effects", "Cohorts", "CKernels"]),
        engine("Optimisers", ["Statistics"]),
        engine("Frontier", ["Statistics", "Experiments", "Effects", "Policies", "Optimisers"]),
        engine(
            "Studies",
            [
                "Statistics", "Experiments", "Effects", "Cohorts", "Subgroups", "Policies", "Frontier",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        engine("Simulation", ["Statistics", "Experiments", "Effects", "Policies", "Frontier"]),

        // Terminal.
        .target(name: "Frames", dependencies: ["Texts", "Yams"], path: "Sources/Terminal/Frames"),
        .target(
            name: "Curses", dependencies: ["Frames", "CNcurses", "CTerminalGuard"],
            path: "Sources/Terminal/Curses"),

        // What people see: the page, the workbench and the command line.
        .target(
            name: "Reports",
            dependencies: [
                "Frames", "Statistics", "Experiments", "Effects", "Cohorts", "Policies", "Frontier", "Studies",
            ]),
        .target(
            name: "Workbench",
            dependencies: [
                "Frames", "Statistics", "Experiments", "Effects", "Cohorts", "Subgroups", "Policies", "Frontier",
                "Studies",
            ]),
        .executableTarget(
            name: "espalier",
            dependencies: [
                "Workbench", "Reports", "Curses", "Frames", "Statistics", "Experiments", "Effects", "Cohorts",
                "Subgroups", "Policies",
                "Frontier", "Studies", "Simulation",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .executableTarget(
            name: "espalier-bench",
            dependencies: [
                "Workbench", "Frames", "Statistics", "Experiments", "Effects", "Cohorts", "Policies", "Optimisers",
                "Frontier", "Studies", "Simulation", "CKernels", "VirtualTerminal",
            ]),

        // Tests.
        tests("Statistics", ["Statistics"]),
        tests("Experiments", ["Experiments", "Statistics"]),
        tests("Effects", ["Effects", "Experiments", "Statistics", "CKernels"]),
        tests("Cohorts", ["Cohorts", "Effects", "Experiments", "Statistics"]),
        tests("Subgroups", ["Subgroups", "Effects", "Experiments", "Statistics"]),
        tests("Policies", ["Policies", "Effects", "Experiments", "Statistics", "CKernels"]),
        tests("Optimisers", ["Optimisers", "Statistics"]),
        tests("Frontier", ["Frontier", "Policies", "Effects", "Experiments", "Statistics"]),
        tests(
            "Studies",
            [
                "Studies", "Frontier", "Policies", "Cohorts", "Effects", "Experiments", "Statistics", "Simulation",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        tests("Reports", ["Reports", "Studies", "Policies", "Simulation", "Statistics"]),
        tests(
            "Simulation",
            ["Simulation", "Frontier", "Policies", "Effects", "Experiments", "Statistics", "CZlib"]),
        .target(name: "Goldens", dependencies: ["Frames"], path: "Tests/Goldens"),
        tests("Frames", ["Frames", "Goldens"], exclude: ["Goldens"]),
        tests(
            "Workbench",
            [
                "Workbench", "Reports", "Frames", "Goldens", "Experiments", "Studies", "Frontier", "Policies",
                "Effects", "Statistics", "Simulation",
            ], exclude: ["Goldens", "Setup/Goldens"]),
        .systemLibrary(name: "CVTerm", path: "Tests/VirtualTerminal/CVTerm", providers: [.apt(["libvterm-dev"])]),
        .target(
            name: "CPty", path: "Tests/VirtualTerminal/CPty", linkerSettings: [.linkedLibrary("util")]),
        .target(
            name: "VirtualTerminal", dependencies: ["CPty", "CVTerm"],
            path: "Tests/VirtualTerminal/VirtualTerminal"),
        .executableTarget(
            name: "terminal-probe", dependencies: ["Curses", "Frames"], path: "Tests/VirtualTerminal/TerminalProbe"),
        tests("Acceptance", ["VirtualTerminal", "Frames", "Curses", "Statistics", "terminal-probe", "espalier"]),
    ],
    swiftLanguageModes: [.v6]
)
