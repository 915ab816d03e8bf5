import Effects
import Experiments
import Runtime
import Simulation

extension ResampledWorld {
    /// A world like the experiment of a study: its tune units, and the effects that its models estimate, net of arm costs.
    /// - Throws: `EspalierError` (.data) where the data have changed or are gone; `CancellationError`.
    package init(like study: Study, context: RunContext) throws {
        let experiment = try study.readExperiment(context: context)
        let tune = 0..<experiment.tuneCount
        let estimates = study.units.estimates
        let outcomes = experiment.outcomes.enumerated().map { index, outcome -> ResampledWorld.Outcome in
            let gross = (1..<experiment.arms.count).map { arm in
                estimates.column(arm: arm, outcome: index)[tune].map { Double($0) * outcome.observed.scale }
            }
            let control = tune.map { unit in
                let arm = Int(experiment.assignment[unit])
                return outcome.observed.value(unit) - (arm > 0 ? gross[arm - 1][unit] : 0)
            }
            return ResampledWorld.Outcome(
                name: outcome.name, sign: outcome.direction.sign, threshold: outcome.threshold, control: control,
                effects: gross.enumerated().map { arm, column in
                    let cost = outcome.outline.addedCost(ofArm: arm + 1)
                    return column.map { $0 - cost }
                })
        }
        self.init(
            name: study.description.spec.name, arms: experiment.arms,
            covariates: experiment.covariates.map {
                Covariate(name: $0.name, encoding: $0.encoding, values: Array($0.values[tune]))
            }, outcomes: outcomes)
    }
}
