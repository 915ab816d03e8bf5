import Policies

/// What undo and redo move between: the analyst's decisions, never results.
package struct Decisions: Sendable, Equatable, Codable {
    package var knobs: PolicyKnobs
    /// Policies to compare with, the latest last: that one is also marked on the tracks.
    package var pins: [PolicyKnobs] = []
    package var picked: Set<Int> = []
    package var hidden: Set<Int> = []
    /// The reference point of the hypervolume by outcome, in its own unit; nil is that of the last search.
    package var reference: [String: Double]?

    package var pinned: PolicyKnobs? { pins.last }
}

/// The decisions so far, with a name for every step.
package struct History: Sendable, Equatable, Codable {
    package struct Step: Sendable, Equatable, Codable {
        package let name: String
        let before: Decisions
        /// Consecutive steps with the same key are one undo.
        let merges: String?
    }

    package private(set) var past: [Step]
    package private(set) var future: [Step]

    init(past: [Step] = [], future: [Step] = []) {
        self.past = past
        self.future = future
    }

    mutating func record(_ name: String, before: Decisions, merges: String? = nil) {
        future = []
        if let merges, past.last?.merges == merges { return }
        past.append(Step(name: name, before: before, merges: merges))
    }

    /// The decisions before the last step, and its name.
    mutating func undo(_ now: Decisions) -> (Decisions, String)? {
        guard let step = past.popLast() else { return nil }
        future.append(Step(name: step.name, before: now, merges: nil))
        return (step.before, step.name)
    }

    mutating func redo(_ now: Decisions) -> (Decisions, String)? {
        guard let step = future.popLast() else { return nil }
        past.append(Step(name: step.name, before: now, merges: nil))
        return (step.before, step.name)
    }
}
