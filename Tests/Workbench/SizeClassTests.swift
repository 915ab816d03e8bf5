import Foundation
import Frames
import Goldens
import Testing
import Workbench

/// Every screen, view and overlay in the size classes that no test of its own keeps: in colour at 80x24, and as a terminal
/// without colours shows it.
@Suite struct SizeClassTests {
    /// One view: the keys that lead to it from the one before.
    private static let views: [(keys: String, name: String)] = [
        ("1", "experiment"), ("v", "experiment-balance"), ("v", "experiment-checks"), ("v2oj", "trees"),
        ("3jj", "cohorts"), ("lll ", "cohorts-marked"), ("dsegment<Enter>", "cohorts-drill"),
        ("d<C-u><Enter>4llllpjlll", "policy"),
        ("U", "history"), ("<Esc>T", "themes"), ("<Esc>=", "prompt"), ("<Esc>?", "help"), ("<Esc>:pick", "palette"),
        ("<Esc>fa5sb ", "front"), ("w", "front-whiskers"), ("K", "prompt-picks"), ("<Esc>6r", "models"),
    ]

    private func theme() throws -> Theme {
        let themes = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../themes")
        return try ThemeLibrary(directories: [themes.path]).theme(named: "espalier-dark")
    }

    /// Every view as it is, and attributes alone set apart what has the focus: somewhere a cell is drawn in reverse.
    @Test func withoutColours() throws {
        let sample = try SampleSession()
        let theme = try theme()
        for view in Self.views {
            try sample.type(view.keys)
            try GoldenText.check(sample.frame(), mono: theme, "\(view.name)-mono")
            guard view.name != "help" else { continue }
            let attributes = sample.frame().attributes(under: theme)
            #expect(attributes.contains { "2367abef".contains($0) }, "\(view.name)")
        }
    }

    /// Lists that lie over a screen, and the screen of models, in the classes that their own tests leave out.
    @Test func listsOnLargeTerminalsAndInASCII() throws {
        let sample = try SampleSession()
        for (keys, name) in [("6r", "models"), ("U", "history"), ("<Esc>?", "help"), ("<Esc>:", "palette")] {
            try sample.type(keys)
            for (width, height) in [(120, 40), (200, 60)] {
                try GoldenText.check(sample.frame(width, height), "over-\(name)-\(width)x\(height)")
            }
            try GoldenText.check(sample.frame(80, 24, .ascii), "over-\(name)-ascii")
        }
    }
}
