// Compares what every target imports with what Package.swift says it depends on, and the order of the engine's modules.
// Usage: swift package dump-package | swift .ci/imports.swift
import Foundation

struct Package: Decodable {
    struct Target: Decodable {
        let name: String
        let type: String
        let path: String?
        let exclude: [String]?
        let dependencies: [Dependency]
    }

    struct Dependency: Decodable {
        let name: String

        init(from decoder: any Decoder) throws {
            // {"byName": [name, null]}, {"product": [name, package, ...]} or {"target": [name, null]}
            let container = try decoder.singleValueContainer()
            let parts = try container.decode([String: [Part]].self)
            name = parts.values.first?.first?.text ?? ""
        }
    }

    struct Part: Decodable {
        let text: String?

        init(from decoder: any Decoder) throws {
            text = try? decoder.singleValueContainer().decode(String.self)
        }
    }

    let targets: [Target]
}

let package = try JSONDecoder().decode(Package.self, from: FileHandle.standardInput.readDataToEndOfFile())
let kinds = Dictionary(uniqueKeysWithValues: package.targets.map { ($0.name, $0.type) })
let products: Set = ["ArgumentParser", "GRDB", "Yams"]
let known = products.union(kinds.keys)
let order = package.targets.filter { $0.path?.hasPrefix("Sources/Engine/") == true }.map(\.name)
var problems: [String] = []

func imports(of target: Package.Target) -> Set<String> {
    let folder = target.path ?? "Sources/\(target.name)"
    guard let paths = FileManager.default.enumerator(atPath: folder) else { return [] }
    var found: Set<String> = []
    for case let path as String in paths where path.hasSuffix(".swift") {
        guard let text = try? String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8) else { continue }
        for line in text.split(separator: "\n") where line.hasPrefix("import ") {
            found.insert(String(line.dropFirst("import ".count)))
        }
    }
    return found.intersection(known)
}

for target in package.targets where target.type != "system" {
    let declared = Set(target.dependencies.map(\.name))
    let imported = imports(of: target)
    // Executables are run by tests, not imported; C targets include headers.
    let importable = declared.filter { kinds[$0] != "executable" }
    for name in imported.subtracting(declared).sorted() {
        problems.append("\(target.name) imports \(name), which Package.swift does not name")
    }
    let isC = imported.isEmpty && declared.isEmpty == false && target.path?.contains("/C") == true
    for name in importable.subtracting(imported).sorted() where !isC {
        problems.append("\(target.name) depends on \(name) in Package.swift, and imports it nowhere")
    }
    guard let own = order.firstIndex(of: target.name) else { continue }
    for name in imported {
        if let other = order.firstIndex(of: name), other > own {
            problems.append("\(target.name) imports \(name), which comes after it in the engine's order")
        }
        if ["Frames", "Curses", "Workbench", "Reports"].contains(name) {
            problems.append("\(target.name) is part of the engine and imports \(name)")
        }
    }
}
for target in package.targets where target.name != "Curses" && imports(of: target).contains("CNcurses") {
    problems.append("\(target.name) imports CNcurses; only Curses may")
}
for problem in problems { print(problem) }
exit(problems.isEmpty ? 0 : 1)
