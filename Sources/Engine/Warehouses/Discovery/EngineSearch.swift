import Foundation
import Runtime

/// Finds the commands of engines: by an environment variable, `config.yaml`, PATH, then `engines` in the folder of our data, which
/// may be an environment of Python.
package struct EngineSearch: Sendable {
    private let environment: [String: String]

    /// - Parameter environment: the process's, or a test's.
    package init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        self.environment = environment
    }

    /// The engine, nil where it is nowhere.
    /// - Throws: `EspalierError(.noInput)` where the environment or `config.yaml` names a command that is none, `.data` where
    ///   `config.yaml` cannot be read.
    package func find(_ kind: EngineKind) throws -> FoundEngine? {
        if let named = environment[kind.variable], !named.isEmpty {
            return FoundEngine(kind: kind, path: try checked(named, kind, namedBy: "the variable \(kind.variable)"))
        }
        if let file = configFile, let named = try EngineSettings(file: file).path(of: kind) {
            return FoundEngine(kind: kind, path: try checked(named, kind, namedBy: file))
        }
        let places = pathPlaces(kind) + dataPlaces(kind)
        return places.first { Self.isThere($0, kind) }.map { FoundEngine(kind: kind, path: $0) }
    }

    /// The same of an engine that is needed.
    /// - Throws: also `EspalierError(.noInput)` with the command that installs it.
    package func require(_ kind: EngineKind, for file: String? = nil) throws -> FoundEngine {
        if let found = try find(kind) { return found }
        throw EspalierError(
            .noInput, "\(kind.purpose) are read by \(kind.door), which was not found", file: file,
            remedy: "install it with: \(installation(of: kind)); or name it in \(kind.variable)")
    }

    /// The command that installs an engine where `find` looks.
    package func installation(of kind: EngineKind) -> String {
        let folder = engineFolder.map(Self.quoted) ?? "~/.local/share/espalier/engines"
        return "python3 -m venv \(folder) && \(folder)/bin/pip install \(kind.wheel)"
    }

    // MARK: Places

    private var configFile: String? {
        guard let file = UserFolder.config.path(environment: environment).map({ $0 + "/config.yaml" }),
            FileManager.default.fileExists(atPath: file)
        else { return nil }
        return file
    }

    private var engineFolder: String? { UserFolder.data.path(environment: environment).map { $0 + "/engines" } }

    private func pathPlaces(_ kind: EngineKind) -> [String] {
        let folders = (environment["PATH"] ?? "").split(separator: ":").filter { $0.hasPrefix("/") }.map(String.init)
        return folders.flatMap { folder in
            let place = folder + "/" + kind.command
            guard Self.isThere(place, kind) else { return [String]() }
            // In an environment of Python this is a script that starts the command; a child of a child outlives a kill.
            let inside = folder.hasSuffix("/bin") ? wheelPlaces(kind, in: String(folder.dropLast("/bin".count))) : []
            return inside.filter { Self.isThere($0, kind) } + [place]
        }
    }

    private func dataPlaces(_ kind: EngineKind) -> [String] {
        guard let folder = engineFolder else { return [] }
        return wheelPlaces(kind, in: folder) + [folder + "/" + kind.command, folder + "/bin/" + kind.command]
    }

    private func wheelPlaces(_ kind: EngineKind, in folder: String) -> [String] {
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: folder + "/lib")) ?? []
        return versions.filter { $0.hasPrefix("python3") }.sorted().map {
            "\(folder)/lib/\($0)/site-packages/\(kind.wheelPath)"
        }
    }

    private func checked(_ path: String, _ kind: EngineKind, namedBy place: String) throws -> String {
        guard Self.isThere(path, kind) else {
            throw EspalierError(
                .noInput, "this is named by \(place) and is no command that can be run", file: path,
                remedy: "correct the path, or remove it")
        }
        return path
    }

    /// Whether a path is of a command that can be run, or of a library that can be read.
    private static func isThere(_ path: String, _ kind: EngineKind) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
            && access(path, kind.isLibrary ? R_OK : X_OK) == 0
    }

    /// A path as a shell reads it.
    private static func quoted(_ path: String) -> String {
        let plain = path.unicodeScalars.allSatisfy { scalar in
            CharacterSet.alphanumerics.contains(scalar) || "/._-".unicodeScalars.contains(scalar)
        }
        return plain ? path : "'" + path.replacingOccurrences(of: "'", with: "'\\''") + "'"
    }
}
