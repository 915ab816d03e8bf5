import Experiments
import Groups
import Runtime
import Warehouses

extension Study {
    /// Where the units stay; nil where the study keeps them.
    package var engine: EngineKind? { description.spec.engine }

    /// The tune rows of the policy table: units, or cells of them.
    var tuneRows: Range<Int> { 0..<workspace.table.tuneCount }

    /// - Parameter what: as a sentence begins, such as "ranking".
    /// - Throws: `EspalierError` (.usage) where the study keeps nothing but sums.
    package func requireUnits(for what: String) throws {
        guard let engine else { return }
        throw EspalierError(
            .usage, "\(what) looks at every unit, and the units of this study stay in \(engine.title)",
            file: file.path,
            remedy: "remove engine: from data in the spec, which reads them into memory, and fit again")
    }

    /// Lets evaluators know the study's own cohorts, by which policies may have been made.
    func meetOwnCohorts() {
        guard units.cells != nil else { return }
        for kind in [CohortKind.merged, .joint] {
            guard let own = ownCohorts(of: kind) else { continue }
            unitGroups.keep(own.cohortOf, .cohorts(own.rules))
        }
    }
}
