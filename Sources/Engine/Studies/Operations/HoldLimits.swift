import Frontier
import Policies
import Runtime

/// Turns the knobs to the policy with the highest first outcome among those whose tune intervals keep every limit.
package struct HoldLimits: StudyOperation {
    package static let kind = "limits.hold"
    package static let needsUnits = false

    /// The knobs it is looked for from; their shrinkage stays.
    package let from: PolicyKnobs

    package init(from knobs: PolicyKnobs) { from = knobs }

    package func fits(_ space: PolicySpace) -> Bool { from.fits(space) }

    package func run(_ study: Study, _ context: RunContext) throws -> StudyChange<BestWithinLimits.Found> {
        let evaluator = try study.workspace.evaluator(workers: context.workers.one)
        let found = try BestWithinLimits(evaluator: evaluator, grids: study.workspace.grids).search(
            from: from, context: context)
        return StudyChange { _ in
            found
        } decide: { found, decisions in
            guard decisions.knobs != found.knobs else { return nil }
            var after = decisions
            after.knobs = found.knobs
            return Decided(after, step: History.Step(name: "hold the limits", before: decisions))
        }
    }
}
