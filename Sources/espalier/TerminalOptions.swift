import ArgumentParser
import Foundation
import Frames
import Runtime

extension ColourChoice: ExpressibleByArgument {}

/// How the workbench looks and listens: flags, then the settings file, then what the terminal says.
struct TerminalOptions: ParsableArguments {
    @Option(name: .long, help: "Theme: a name from themes/, or a path.", completion: .themes)
    var theme: String?
    @Flag(name: .long, help: "Draw with ASCII only.")
    var ascii = false
    @Option(name: .long, help: "Colours: auto, always, never, 16, 256 or truecolor.")
    var color: ColourChoice?
    @Flag(inversion: .prefixedNo, help: "Listen to the mouse.")
    var mouse: Bool?

    /// The settings file with these flags over it.
    /// - Throws: `EspalierError` (.data) for a mistake in the file.
    func preferences(_ environment: [String: String] = ProcessInfo.processInfo.environment) throws -> Preferences {
        var preferences = Preferences()
        if let file = Preferences.file(environment: environment), FileManager.default.fileExists(atPath: file) {
            guard let yaml = try? String(contentsOfFile: file, encoding: .utf8) else {
                throw EspalierError(
                    .noInput, "the settings cannot be read", file: file, remedy: "make it a readable UTF-8 file")
            }
            do {
                preferences = try Preferences(yaml: yaml, file: file)
            } catch {
                throw EspalierError(.data, error.message)
            }
        }
        if let theme { preferences.theme = theme }
        if ascii { preferences.ascii = true }
        if let color { preferences.colour = color }
        if let mouse { preferences.mouse = mouse }
        return preferences
    }
}
