import Foundation
import Runtime
import Texts
import Yams

/// The commands of engines that `config.yaml` names, as `engines: {duckdb: /opt/duckdb}`.
struct EngineSettings: Sendable, Equatable {
    private var paths: [EngineKind: String] = [:]

    /// - Throws: `EspalierError(.data)` with the line of what cannot be read; other settings are none of its business.
    init(file: String) throws {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw EspalierError(.noInput, "cannot be opened", file: file, remedy: "check its mode")
        }
        try self.init(yaml: String(decoding: data, as: UTF8.self), file: file)
    }

    init(yaml: String, file: String) throws {
        let root: Node?
        do {
            root = try YAMLTree.compose(yaml)
        } catch {
            throw EspalierError(.data, "the settings cannot be read", file: file, line: error.line)
        }
        guard let engines = root?.mapping?["engines"] else { return }
        func refuse(_ node: Node, _ message: String, _ remedy: String) -> EspalierError {
            EspalierError(.data, message, file: file, line: node.mark?.line, remedy: remedy)
        }
        guard let mapping = engines.mapping else {
            throw refuse(engines, "engines lists no commands", "write engines: {duckdb: /path/to/duckdb}")
        }
        for (key, value) in mapping {
            let name = key.scalar?.string ?? ""
            guard let kind = EngineKind(rawValue: name) else {
                let known = EngineKind.allCases.map(\.rawValue)
                throw refuse(
                    key, "the engine \(DisplayText.quoted(name)) is unknown",
                    NearestName.hint(name, among: known) ?? "the engines are \(known.joined(separator: ", "))")
            }
            guard let path = value.scalar?.string, path.hasPrefix("/") else {
                throw refuse(value, "the command of \(name) needs a path", "write it whole, from / on")
            }
            paths[kind] = path
        }
    }

    func path(of kind: EngineKind) -> String? { paths[kind] }
}
