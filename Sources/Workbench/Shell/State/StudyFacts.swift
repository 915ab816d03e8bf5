import Experiments
import Policies
import Studies

/// What the study is: what was fitted, and what its file holds. It fills as a fit proceeds.
package struct StudyFacts: Sendable {
    package var title: String
    package var description: StudyDescription?
    package var health: HealthReport?
    package var trees: StudyTrees?
    package var workspace: PolicyWorkspace?
    package var candidates: [Candidate] = []
    /// What the last search found.
    package var front: FrontRecord?
    /// How often the confirm split was looked at.
    package var looks = 0
    /// The name of the candidate that was exported last, empty where it has none any more; nil where none was.
    package var exported: String?
    /// Whether the data file is no longer what was fitted.
    package var dataHasChanged = false
    /// Digest of the spec and the data that were fitted; empty until the study is open.
    package var inputs = ""
    /// Where the study is kept; empty until it is open.
    package var studyPath = ""
    /// Whether the study may not be written.
    package var isReadOnly = false

    package init(title: String) { self.title = title }

    /// Whether the study is open: a fit under way can be looked at before.
    package var isOpen: Bool { !inputs.isEmpty }

    /// Takes in candidates, new ones or newer ones.
    mutating func merge(_ changed: [Candidate]) {
        var byID = Dictionary(uniqueKeysWithValues: candidates.map { ($0.id, $0) })
        for candidate in changed {
            var merged = candidate
            if merged.confirm == nil { merged.confirm = byID[candidate.id]?.confirm }
            byID[candidate.id] = merged
        }
        candidates = byID.values.sorted { $0.id < $1.id }
    }
}
