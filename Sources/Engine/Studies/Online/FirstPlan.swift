import Experiments
import Online
import Policies
import Runtime

extension OnlinePlan {
    /// The plan of a first experiment, of which no log is known: every arm is given to everybody in its group. What comes back is
    /// the data that the spec is then fitted on.
    /// - Parameters:
    ///   - users: for each arm; where planned shares differ, on average.
    ///   - power: of the tests that the sizes are for.
    /// - Throws: `EspalierError` (.usage) for a spec that does not say who gets what.
    package static func first(
        _ spec: ExperimentSpec, users: Int, power: Double, file: String, tool: String
    ) throws -> OnlinePlan {
        func refuse(_ message: String, _ remedy: String) -> EspalierError {
            EspalierError(.usage, message, file: file, remedy: remedy)
        }
        guard let declared = spec.treatment.arms else {
            throw refuse("the arms of an experiment that has no data yet must be listed", "add treatment.arms")
        }
        let shares: [Double]
        switch spec.treatment.assignment {
        case .equalShares: shares = declared.map { _ in 1 }
        case .shares(let planned): shares = planned
        case .propensities:
            throw refuse(
                "the arms are drawn by columns of propensities, which no plan replaces", "declare treatment.shares")
        case .estimated:
            throw refuse("the arms are not randomised", "declare treatment.shares for those to come")
        }
        guard case .column(let unit) = spec.unit else {
            throw refuse("the units of an online test need ids", "name their column as unit")
        }
        let control = spec.treatment.control
        let total = shares.reduce(0, +)
        let share = Dictionary(zip(declared, shares)) { first, _ in first }
        let arms = [control] + declared.filter { $0 != control }
        return try OnlinePlan(
            name: spec.name, arms: arms,
            outcomes: spec.outcomes.map { outcome in
                Outcome(
                    name: outcome.name, direction: outcome.direction, source: outcome.source, missing: outcome.missing,
                    threshold: outcome.threshold, armCosts: outcome.armCost, isInLog: false)
            },
            policies: arms.map { arm in
                Entry(
                    id: arm == control ? controlID : "arm-\(arm)", name: arm == control ? controlID : "everyone \(arm)",
                    share: (share[arm] ?? 0) / total, arm: arm)
            }, users: users, slice: 0,
            assignment: Draws(
                seed: spec.splits.seed, salt: "online first", shares: share, unit: unit, cluster: spec.cluster),
            power: power,
            provenance: PolicyDocument.Provenance(
                tool: tool, specDigest: try spec.digest(), dataDigest: "", seed: spec.splits.seed, candidate: nil))
    }
}
