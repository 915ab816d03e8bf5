import Foundation

/// Finds executables that were built together with the tests.
package enum BuiltProduct {
    /// The path of an executable product or target, debug or release as the tests are.
    package static func path(_ name: String, source: String = #filePath) throws -> String {
        var places = [URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()]
        places += CommandLine.arguments.filter { $0.contains(".xctest") }.map { URL(fileURLWithPath: $0) }
        for start in places {
            var directory = start.deletingLastPathComponent()
            while directory.path != "/" {
                let candidate = directory.appendingPathComponent(name).path
                if isProgram(candidate) { return candidate }
                directory.deleteLastPathComponent()
            }
        }
        var root = URL(fileURLWithPath: source)
        while root.path != "/" {
            root.deleteLastPathComponent()
            for configuration in ["debug", "release"] {
                let candidate = root.appendingPathComponent(".build/\(configuration)/\(name)").path
                if isProgram(candidate) { return candidate }
            }
        }
        throw VirtualTerminalError(description: "\(name) is not built; run swift build first")
    }

    private static func isProgram(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && !isDirectory.boolValue
            && FileManager.default.isExecutableFile(atPath: path)
    }
}
