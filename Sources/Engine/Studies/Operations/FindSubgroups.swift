import Groups
import Policies
import Runtime

/// Searches the subgroups in which an arm does best and worst on an outcome, and keeps them with those of other arms and
/// outcomes.
package struct FindSubgroups: StudyOperation {
    package static let kind = "subgroups.find"

    package let arm: Int
    package let outcome: Int

    package init(arm: Int, outcome: Int) {
        self.arm = arm
        self.outcome = outcome
    }

    package func fits(_ space: PolicySpace) -> Bool {
        (1..<max(2, space.armCount)).contains(arm) && space.outcomes.indices.contains(outcome)
    }

    /// - Throws: `EspalierError` (.data) where the data have changed or are gone; `CancellationError`.
    package func run(_ study: Study, _ context: RunContext) throws -> StudyChange<SubgroupSearch> {
        let found = try SubgroupSearch.run(
            study.readExperiment(context: context), arm: arm, outcome: outcome, context: context)
        return StudyChange { transaction in
            let kept = try transaction.reading.subgroups().filter { ($0.arm, $0.outcome) != (found.arm, found.outcome) }
            try transaction.save(kept + [found], named: StudyFile.subgroupsName)
            return found
        }
    }
}
