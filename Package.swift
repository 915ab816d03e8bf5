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
        .systemLibrary(name: "CCrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CLAPACKE", providers: [.apt(["liblapacke-dev"])]),
        .systemLibrary(name: "CClp", providers: [.apt(["coinor-libclp-dev"])]),
        .systemLibrary(name: "CXGBoost", providers: [.apt(["libxgboost-dev"])]),
        .systemLibrary(name: "CNcurses", providers: [.apt(["libncursesw5-dev"])]),
        .target(name: "CADBC", linkerSettings: [.linkedLibrary("dl")]),
        .target(name: "CTerminalGuard"),
        .target(name: "CThemes"),
        .target(name: "CKernels", cSettings: optimisedKernels),

        // Engine.
        engine("Runtime", ["CCrypto"]),
        engine("Statistics", ["Runtime", "CLAPACKE"]),
        engine("Texts", ["Yams"]),
        engine("Warehouses", ["CADBC", "Runtime", "Texts", "Yams"]),
        engine("Experiments", ["Runtime", "Statistics", "Texts", "Warehouses", "CCsv", "CZlib", "Yams"]),
        engine("Effects", ["Runtime", "Statistics", "Experiments", "CKernels", "CXGBoost"]),
        engine("Groups", ["Runtime", "Statistics", "Texts", "Experiments", "Effects"]),
        engine("WarehouseSums", ["Runtime", "Statistics", "Texts", "Warehouses", "Experiments", "Effects"]),
        engine("Pooling", ["CKernels", "Runtime", "Statistics", "Experiments", "Effects"]),
        engine("Policies", ["CKernels", "Runtime", "Statistics", "Warehouses", "Experiments", "Effects"]),
        engine("Allocation", ["CClp", "CKernels", "Runtime", "Statistics", "Texts", "Experiments"]),
        engine("Ranking", ["CKernels", "Runtime", "Statistics", "Texts"]),
        engine("Optimisers", ["Runtime", "Statistics"]),
        engine("Frontier", ["Runtime", "Statistics", "Policies", "Optimisers"]),
        engine(
            "Online",
            ["CKernels", "Runtime", "Statistics", "Texts", "Experiments", "Policies", "Optimisers", "Frontier"]),
        engine(
            "Simulation",
            [
                "Runtime", "Statistics", "Texts", "Experiments", "Effects", "Groups", "Pooling", "Policies",
                "Allocation", "Ranking", "Optimisers", "Frontier", "Online",
            ]),
        engine(
            "Studies",
            [
                "CKernels", "Runtime", "Statistics", "Texts", "Experiments", "Effects", "Groups", "Pooling", "Policies",
                "Allocation", "Ranking", "Optimisers", "Frontier", "Online", "Simulation", "WarehouseSums",
                "Warehouses",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),

        // Terminal.
        .target(
            name: "Frames", dependencies: ["CThemes", "Runtime", "Texts", "Yams"], path: "Sources/Terminal/Frames"),
        .target(
            name: "Curses", dependencies: ["Frames", "CNcurses", "CTerminalGuard"],
            path: "Sources/Terminal/Curses"),

        // What people see: the page, the workbench and the command line.
        .target(
            name: "Reports",
            dependencies: [
                "Runtime", "Statistics", "Texts", "Experiments", "Effects", "Policies", "Frontier", "Studies", "Frames",
            ]),
        .target(
            name: "Workbench",
            dependencies: [
                "Runtime", "Statistics", "Texts", "Warehouses", "Experiments", "Effects", "Groups", "Pooling",
                "Policies", "Allocation", "Ranking", "Frontier", "Online", "Simulation", "Studies", "Frames",
            ]),
        .executableTarget(
            name: "espalier",
            dependencies: [
                "Runtime", "Statistics", "Texts", "Warehouses", "Experiments", "Effects", "Groups", "WarehouseSums",
                "Pooling", "Policies", "Allocation", "Ranking", "Frontier", "Online", "Simulation", "Studies", "Frames",
                "Curses", "Reports", "Workbench", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .executableTarget(
            name: "espalier-bench",
            dependencies: [
                "Runtime", "Statistics", "Experiments", "Effects", "Groups", "Pooling", "Policies", "Allocation",
                "Ranking", "Optimisers", "Frontier", "Online", "Simulation", "Studies", "Frames", "Workbench",
                "VirtualTerminal",
            ]),

        // Tests.
        .target(name: "Mutations", path: "Tests/Mutations"),
        tests("Runtime", ["Runtime", "Frames"]),
        tests("Statistics", ["Runtime", "Statistics"]),
        tests("Warehouses", ["Runtime", "Warehouses"]),
        tests("Experiments", ["Runtime", "Statistics", "Warehouses", "Experiments", "Mutations"]),
        .target(
            name: "IntegerSums", dependencies: ["Runtime", "Statistics", "Experiments"], path: "Tests/IntegerSums"),
        tests("Effects", ["CKernels", "Runtime", "Statistics", "Experiments", "Effects", "IntegerSums"]),
        tests("Groups", ["Runtime", "Statistics", "Experiments", "Effects", "Groups", "IntegerSums"]),
        .target(
            name: "WarehouseFixtures", dependencies: ["Runtime", "Warehouses", "Experiments"],
            path: "Tests/WarehouseFixtures"),
        tests(
            "WarehouseSums",
            ["Runtime", "Warehouses", "Experiments", "Effects", "Groups", "WarehouseSums", "WarehouseFixtures"]),
        tests(
            "Pooling", ["Runtime", "Statistics", "Experiments", "Effects", "Pooling", "Simulation"],
            exclude: ["Goldens"]),
        tests(
            "Policies",
            ["Runtime", "Statistics", "Warehouses", "Experiments", "Effects", "Policies"],
            exclude: ["Deployment/Goldens"]),
        tests("Ranking", ["CKernels", "Runtime", "Statistics", "Ranking"], exclude: ["Goldens"]),
        tests("Allocation", ["Runtime", "Statistics", "Allocation"], exclude: ["Goldens"]),
        tests("Optimisers", ["Runtime", "Statistics", "Optimisers"], exclude: ["Goldens"]),
        tests("Online", ["Runtime", "Statistics", "Experiments", "Policies", "Online"], exclude: ["Goldens"]),
        tests("Frontier", ["Runtime", "Statistics", "Experiments", "Effects", "Policies", "Frontier"]),
        tests(
            "Studies",
            [
                "Runtime", "Statistics", "Warehouses", "Experiments", "Effects", "Groups", "Pooling", "Policies",
                "Allocation", "Ranking", "Frontier", "Online", "Simulation", "Studies", "Mutations",
                "WarehouseFixtures", .product(name: "GRDB", package: "GRDB.swift"),
            ], exclude: ["Fixtures", "Scorer"]),
        tests("Reports", ["Runtime", "Frontier", "Simulation", "Studies", "Reports"]),
        tests(
            "Simulation",
            [
                "CZlib", "Runtime", "Statistics", "Experiments", "Effects", "Policies", "Allocation", "Ranking",
                "Simulation",
            ],
            exclude: ["Laboratory/lab_truth.json"]),
        .target(name: "Goldens", dependencies: ["Frames"], path: "Tests/Goldens"),
        tests("Frames", ["Texts", "Frames", "Mutations", "Goldens"], exclude: ["Goldens"]),
        tests(
            "Workbench",
            [
                "Runtime", "Statistics", "Texts", "Experiments", "Effects", "Groups", "Pooling", "Policies", "Frontier",
                "Online", "Simulation", "Studies", "Frames", "Reports", "Workbench", "Goldens",
            ], exclude: ["Goldens", "Online/Goldens", "Pool/Goldens", "Setup/Goldens"]),
        .systemLibrary(name: "CVTerm", path: "Tests/VirtualTerminal/CVTerm", providers: [.apt(["libvterm-dev"])]),
        .target(
            name: "CPty", path: "Tests/VirtualTerminal/CPty", linkerSettings: [.linkedLibrary("util")]),
        .target(
            name: "VirtualTerminal", dependencies: ["CPty", "CVTerm"],
            path: "Tests/VirtualTerminal/VirtualTerminal"),
        .executableTarget(
            name: "terminal-probe", dependencies: ["Curses", "Frames"], path: "Tests/VirtualTerminal/TerminalProbe"),
        tests(
            "Acceptance",
            [
                "Runtime", "Statistics", "Warehouses", "Curses", "Mutations", "WarehouseFixtures", "VirtualTerminal",
                .product(name: "GRDB", package: "GRDB.swift"), "terminal-probe", "espalier",
            ]),
    ],
    swiftLanguageModes: [.v6]
)
