import Effects
import Experiments
import Policies
import Runtime

/// What a study knows of its experiment besides the units: small, and stored as one JSON document.
package struct StudyDescription: Sendable, Equatable, Codable {
    package let spec: ExperimentSpec
    /// Absolute path of the spec's folder, where the data are looked for again.
    package let folder: String
    package let dataDigest: DataDigest
    package let unitCount: Int
    package let tuneCount: Int
    package let droppedCount: Int
    /// Units per arm, control first.
    package let armCounts: [Int]
    /// Planned shares, or the mean propensities where they vary by unit.
    package let plannedShares: [Double]
    /// arms x outcomes, in the outcomes' own units.
    package let armCosts: [[Double]]
    package let covariates: [CovariateDescription]
    package let space: PolicySpace
    /// On tune, at (arm - 1) * outcomes + outcome, net of costs.
    package let averageEffects: [AverageEffect]
    /// The same with less noise, by every method there is; nil in studies written before there were any.
    package let adjustedEffects: [AdjustedEffect]?
    /// What would explain each average effect away, in their order, where the arms were not randomised; else nil.
    package let sensitivities: [ConfoundingSensitivity]?
    /// What every output must repeat beside its numbers, a sentence each without its full stop.
    package let caveats: [String]?
    /// The rounds of online tests whose units stand beside the log's; nil where there are none.
    package let pooled: PooledRounds?
    /// Rows in the engine that the units are a sample of; nil where they are all there are.
    package let population: Int?

    package init(
        spec: ExperimentSpec, folder: String, dataDigest: DataDigest, unitCount: Int, tuneCount: Int, droppedCount: Int,
        armCounts: [Int], plannedShares: [Double], armCosts: [[Double]], covariates: [CovariateDescription],
        space: PolicySpace, averageEffects: [AverageEffect], adjustedEffects: [AdjustedEffect]? = nil,
        sensitivities: [ConfoundingSensitivity]? = nil, caveats: [String]? = nil, pooled: PooledRounds? = nil
    ) {
        self.pooled = pooled
        population = nil
        self.spec = spec
        self.folder = folder
        self.dataDigest = dataDigest
        self.unitCount = unitCount
        self.tuneCount = tuneCount
        self.droppedCount = droppedCount
        self.armCounts = armCounts
        self.plannedShares = plannedShares
        self.armCosts = armCosts
        self.covariates = covariates
        self.space = space
        self.averageEffects = averageEffects
        self.adjustedEffects = adjustedEffects
        self.sensitivities = sensitivities
        self.caveats = caveats
    }

    /// - Throws: `CancellationError`.
    package init(
        _ experiment: Experiment, folder: String, pooled: PooledRounds? = nil, context: RunContext = RunContext()
    ) throws {
        self.pooled = pooled
        let averages = AverageEffect.estimate(experiment, over: experiment.tune)
        let arms = experiment.arms.count
        let outcomes = experiment.outcomes
        spec = experiment.spec
        population = experiment.population
        self.folder = folder
        dataDigest = experiment.dataDigest
        unitCount = experiment.unitCount
        tuneCount = experiment.tuneCount
        droppedCount = experiment.droppedCount
        armCounts = (0..<arms).map { arm in experiment.assignment.reduce(0) { $0 + (Int($1) == arm ? 1 : 0) } }
        switch experiment.propensity {
        case .shares(let shares): plannedShares = shares
        case .columns(let columns):
            plannedShares = columns.map { column in
                column.reduce(0.0) { $0 + Double($1) } / Double(max(1, column.count))
            }
        }
        armCosts = (0..<arms).map { arm in outcomes.map { $0.cost(ofArm: arm) } }
        covariates = experiment.covariates.map { CovariateDescription($0) }
        averageEffects = averages
        let adjusted = try AdjustedEffect.estimate(
            experiment, over: experiment.tune, plain: averages, context: context)
        adjustedEffects = adjusted
        sensitivities =
            spec.treatment.assignment.isRandomised
            ? nil : ConfoundingSensitivity.estimate(averages, adjusted: adjusted, experiment)
        caveats = experiment.caveats + (pooled.map { [$0.caveat] } ?? [])
        space = PolicySpace(
            arms: experiment.arms,
            outcomes: outcomes.map {
                PolicySpace.Outcome(
                    name: $0.name, direction: $0.direction, threshold: $0.threshold, centre: $0.observed.centre,
                    scale: $0.observed.scale, clustering: $0.clustering, denominators: $0.denominators,
                    indexError: $0.indexError)
            },
            averageEffects: (0..<arms).map { arm in
                outcomes.indices.map { arm == 0 ? 0 : averages[(arm - 1) * outcomes.count + $0].difference.effect }
            },
            controlMeans: averages.prefix(outcomes.count).map(\.controlMean))
    }

    /// The caveat that estimates are of a sample; nil where they are not.
    package var sampleCaveat: String? {
        guard let population, let sample = spec.sample else { return nil }
        return sample.caveat(units: unitCount, population: population)
    }

    /// Whether units were kept back to confirm on.
    package var hasConfirm: Bool { tuneCount < unitCount }

    /// Where the data file stands.
    package var dataPath: String { DataFile.path(spec.data, inFolder: folder) }
}
