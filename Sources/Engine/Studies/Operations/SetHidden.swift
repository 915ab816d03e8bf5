import Policies
import Runtime

/// Takes candidates off the screens, or shows them again; they keep their ids and estimates.
package struct SetHidden: StudyOperation {
    package static let kind = "candidates.hide"
    package static let needsUnits = false

    /// Ids.
    package let hidden: Set<Int>
    package let shown: Set<Int>

    package init(hidden: Set<Int>, shown: Set<Int> = []) {
        self.hidden = hidden
        self.shown = shown
    }

    package func run(_ study: Study, _ context: RunContext) throws -> StudyChange<Void> {
        let (hidden, shown) = (hidden, shown)
        return StudyChange { transaction in
            try transaction.setHidden(true, of: hidden.sorted())
            try transaction.setHidden(false, of: shown.sorted())
        } decide: { _, decisions in
            var after = decisions
            after.hidden.formUnion(hidden)
            after.hidden.subtract(shown)
            guard after != decisions else { return nil }
            return Decided(after, step: History.Step(name: "hide \(hidden.count)", before: decisions))
        }
    }
}
