import Foundation
import Policies
import Studies

/// What a study says of where it was left.
package struct Resumed: Sendable {
    /// nil where nobody has decided anything yet, or what was decided belongs to other arms or outcomes.
    let decisions: Decisions?
    let history: History
    /// nil where no workbench has shown the study yet, or it was kept by a version that looked at it otherwise.
    let savedView: SavedView?
    /// Whether any workbench has shown the study before.
    let wasShown: Bool
    /// What could not be read, a sentence each.
    let problems: [String]

    init(_ stored: StudyResume, in space: PolicySpace) {
        var problems = stored.problems
        let fits = stored.decisions.map { $0.fits(space) } ?? true
        decisions = fits ? stored.decisions : nil
        history = fits ? stored.history : History()
        wasShown = stored.view != nil
        let view = stored.view.flatMap { try? JSONDecoder().decode(SavedView.self, from: $0) }
        if stored.view != nil, view == nil {
            problems.append("how the screens were left was kept by another version and cannot be read")
        }
        savedView = view.flatMap { fits && $0.fits(space) ? $0 : nil }
        self.problems = problems
    }
}
