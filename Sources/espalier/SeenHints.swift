import Foundation
import Runtime
import Workbench

/// The screens whose first-run hint was put away, one name a line, under the XDG state directory. A file that cannot be written
/// only means that a hint comes again.
struct SeenHints {
    private let file: URL?

    init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        file = UserFolder.state.path(environment: environment).map {
            URL(fileURLWithPath: $0).appendingPathComponent("hints-seen")
        }
    }

    /// The screens still to be explained.
    func unseen() -> Set<Screen> {
        let text = file.flatMap { try? String(contentsOf: $0, encoding: .utf8) } ?? ""
        let seen = Set(text.split(separator: "\n").map(String.init))
        return Set((Screen.allCases + [.pool]).filter { !seen.contains($0.title) })
    }

    func keep(unseen: Set<Screen>) {
        guard let file else { return }
        let seen = (Screen.allCases + [.pool]).filter { !unseen.contains($0) }.map { $0.title + "\n" }
        try? FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try? Data(seen.joined().utf8).write(to: file, options: .atomic)
    }
}
