import Groups
import Runtime

/// The merged cohorts in at most so many groups; none where there are no more cohorts than that.
package struct GroupCohorts: StudyQuery {
    package static let needsUnits = false

    package let most: Int

    package init(atMost most: Int = CohortGroups.most) { self.most = most }

    /// - Complexity: as `CohortGroups.init`.
    package func run(_ study: Study, _ context: RunContext) -> CohortGroups? {
        study.trees.cohorts.rows.count > most ? study.trees.groups(atMost: most) : nil
    }
}
