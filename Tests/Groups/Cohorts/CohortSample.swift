import Effects
import Experiments
import Groups
import Runtime
import Statistics

/// A three-armed experiment with two outcomes whose effects differ by unit, its trees and its cohorts.
struct CohortSample {
    let experiment: Experiment
    let binned: BinnedCovariates
    let trees: [CausalTree]
    let leaves: [[UInt16]]
    let partition: CohortPartition
    let cohortOf: [UInt32]
    let table: CohortTable

    var descriptions: [CovariateDescription] { experiment.covariates.map { CovariateDescription($0) } }

    init(units: Int = 6_000, seed: UInt64 = 1, settings: TreeSettings = TreeSettings(maximumDepth: 3, minimumLeaf: 40))
        throws
    {
        experiment = Self.experiment(units: units, seed: seed)
        let context = RunContext(workers: Workers(count: 2))
        let binned = try BinnedCovariates(experiment, maximumBins: 32, context: context)
        let grown = try CausalTrees.grow(experiment, binned: binned, settings: settings, context: context)
        self.binned = binned
        trees = grown
        leaves = grown.map { $0.leaves(of: binned) }
        (partition, cohortOf) = CohortPartition.find(
            leaves: leaves, unitCount: units, tuneCount: experiment.tuneCount)
        table = CohortTable(
            partition, trees: grown, covariates: experiment.covariates.map { CovariateDescription($0) },
            outcomeCount: 2, shares: CutShares(grown, binned, units: 0..<experiment.tuneCount))
    }

    /// Encoded values of one unit.
    func point(_ unit: Int) -> [Float] { experiment.covariates.map { $0.values[unit] } }

    private static func experiment(units: Int, seed: UInt64) -> Experiment {
        var stream = RandomStream(seed: seed)
        var columns = [[Float]](repeating: [], count: 4)
        var assignment: [UInt8] = []
        var values = [[Double]](repeating: [], count: 2)
        for _ in 0..<units {
            let x = (0..<3).map { _ in stream.normal() }
            let level = stream.index(below: 5)
            let arm = stream.index(below: 3)
            for index in 0..<3 { columns[index].append(stream.bernoulli(0.05) ? .nan : Float(x[index])) }
            columns[3].append(Float(level))
            assignment.append(UInt8(arm))
            let first = x[0] > 0.5 ? 1.2 : level == 2 ? 0.9 : -0.4
            let second = x[1] > 0 ? 1.5 : x[0] < -0.5 ? -1 : 0
            values[0].append(stream.normal() + first * Double(arm) / 2)
            values[1].append(stream.normal() + second * (arm == 2 ? 1 : arm == 1 ? 0.6 : 0))
        }
        let tuneCount = units * 7 / 10
        return Experiment(
            spec: ExperimentSpec(
                name: "cohorts", data: "none", unit: .row,
                treatment: TreatmentSpec(column: "arm", control: "0"), outcomes: [], covariates: []),
            arms: ["0", "1", "2"],
            outcomes: values.enumerated().map {
                Outcome(
                    name: "y\($0)", direction: .maximize, threshold: nil, armCosts: [], observed: ScaledColumn($1))
            },
            covariates: columns.enumerated().map { index, values in
                Covariate(
                    name: "x\(index)",
                    encoding: index < 3 ? .numeric(centre: 0) : .categorical(levels: ["a", "b", "c", "d", "e"]),
                    values: values)
            },
            units: Units(
                keys: (0..<UInt64(units)).map { StableHash.mix($0) }, rows: (0..<UInt32(units)).map { $0 + 1 }),
            assignment: assignment, propensity: .shares([1, 1, 1].map { $0 / 3 }),
            splitRule: SplitRule(seed: seed, confirmShare: 0.3, foldCount: 5), tuneCount: tuneCount,
            suppliedEffects: [], dataDigest: DataDigest(path: "", bytes: 0, modified: 0, sha256: ""), droppedCount: 0)
    }
}
