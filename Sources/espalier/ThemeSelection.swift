import Foundation
import Frames
import Runtime
import Workbench

/// The themes there are, and the one that is worn.
struct ThemeSelection {
    private let library: ThemeLibrary
    private(set) var theme: Theme
    private(set) var name: String
    let names: [String]

    private static let standard = "espalier-dark"

    /// - Throws: `EspalierError` (.data) when a theme that was asked for is missing or broken.
    init(_ preferences: Preferences, environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        let asked = preferences.theme
        let standard = Self.standard
        library = ThemeLibrary.standard(
            executable: (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "",
            environment: environment)
        var names = library.names
        if let asked {
            do {
                theme = try library.theme(named: asked)
            } catch {
                throw EspalierError(.data, error.message)
            }
            name = asked
            if !names.contains(asked) { names.append(asked) }
        } else {
            theme = (try? library.theme(named: standard)) ?? .plain
            name = names.contains(standard) ? standard : theme.name
        }
        self.names = names
    }

    /// Changes the theme; what is wrong with it in a sentence, and the old one stays.
    mutating func put(on other: String) -> String? {
        do {
            theme = try library.theme(named: other)
            name = other
            return nil
        } catch {
            return error.message
        }
    }
}
