/// The decisions so far, with a name for every step.
package struct History: Sendable, Equatable, Codable {
    package struct Step: Sendable, Equatable, Codable {
        package let name: String
        package let before: Decisions
        /// Consecutive steps with the same key are one undo.
        package let merges: String?

        package init(name: String, before: Decisions, merges: String? = nil) {
            self.name = name
            self.before = before
            self.merges = merges
        }
    }

    package private(set) var past: [Step]
    package private(set) var future: [Step]

    package init(past: [Step] = [], future: [Step] = []) {
        self.past = past
        self.future = future
    }

    package mutating func record(_ step: Step) {
        future = []
        if let merges = step.merges, past.last?.merges == merges { return }
        past.append(step)
    }

    package mutating func record(_ name: String, before: Decisions, merges: String? = nil) {
        record(Step(name: name, before: before, merges: merges))
    }

    /// The decisions before the last step, and its name.
    package mutating func undo(_ now: Decisions) -> (Decisions, String)? {
        guard let step = past.popLast() else { return nil }
        future.append(Step(name: step.name, before: now))
        return (step.before, step.name)
    }

    package mutating func redo(_ now: Decisions) -> (Decisions, String)? {
        guard let step = future.popLast() else { return nil }
        past.append(Step(name: step.name, before: now))
        return (step.before, step.name)
    }
}
