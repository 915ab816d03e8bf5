import Policies

/// What undo and redo move between: the analyst's decisions, never results.
package struct Decisions: Sendable, Equatable, Codable {
    package var knobs: PolicyKnobs
    /// Policies to compare with, the latest last: that one is also marked on the sliders.
    package var pins: [PolicyKnobs] = []
    package var picked: Set<Int> = []
    package var hidden: Set<Int> = []
    /// The reference point of the hypervolume by outcome, in its own unit; nil is that of the last search.
    package var reference: [String: Double]?
    /// Numbers of rounds of online tests that were read and count no more; nil where there are none.
    package var withdrawnRounds: Set<Int>?
    /// nil before anything is planned, proposed or launched.
    package var online: OnlineDecisions?

    package init(knobs: PolicyKnobs, picked: Set<Int> = [], hidden: Set<Int> = []) {
        self.knobs = knobs
        self.picked = picked
        self.hidden = hidden
    }

    package var pinned: PolicyKnobs? { pins.last }

    /// Whether they belong to a study with these arms and outcomes.
    package func fits(_ space: PolicySpace) -> Bool {
        knobs.fits(space) && pins.allSatisfy { $0.fits(space) }
    }
}
