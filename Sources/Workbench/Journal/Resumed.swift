import Foundation
import Studies

/// What a study says of where it was left.
package struct Resumed: Sendable {
    let savedView: SavedView
    let history: History
    /// Whether a command has written to the study since: then its picks and candidates count, not those of the saved view.
    let isOvertaken: Bool

    /// nil for a study that nobody has looked into, or whose saved view was written by a version that kept it otherwise; the study's
    /// results, candidates and picks do not depend on it.
    init?(_ stored: StudyResume) {
        let decoder = JSONDecoder()
        func steps(_ stack: String) -> [History.Step]? {
            let stored = stored.stacks[stack] ?? []
            let steps = stored.compactMap { try? decoder.decode(History.Step.self, from: $0) }
            return steps.count == stored.count ? steps : nil
        }
        guard let savedView = try? decoder.decode(SavedView.self, from: stored.savedView), let past = steps("past"),
            let future = steps("future")
        else { return nil }
        self.savedView = savedView
        history = History(past: past, future: future)
        isOvertaken = stored.isOvertaken
    }
}
