import Experiments
import Foundation
import Runtime

/// The schema of specs as a file that editors find: the one that was installed, else one under the user's data folder.
enum SchemaFile {
    static let installed = "/usr/share/espalier/spec.schema.json"

    /// The first line of a spec, by which editors complete and check it; empty where the schema can be put nowhere.
    static func editorLine(environment: [String: String] = ProcessInfo.processInfo.environment) -> String {
        guard let path = path(environment: environment) else { return "" }
        return "# yaml-language-server: $schema=\(path)\n"
    }

    private static func path(environment: [String: String]) -> String? {
        let text = Data((SpecSchema.text + "\n").utf8)
        if FileManager.default.contents(atPath: installed) == text { return installed }
        guard let folder = UserFolder.data.path(environment: environment) else { return nil }
        let path = folder + "/spec.schema.json"
        if FileManager.default.contents(atPath: path) == text { return path }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try AtomicFile.write(text, to: path)
            return path
        } catch {
            return nil
        }
    }
}
