import Effects
import Experiments
import Runtime
import Statistics

/// An experiment in a laboratory's world: arms in turn, and what was observed.
struct LaboratoryExperiment: Sendable {
    let experiment: Experiment
    let binned: BinnedCovariates

    /// Bins of a covariate: more add nothing to some thousand units.
    private static let bins = 64

    /// - Parameter seed: the same seed is the same units at every noise level.
    init(_ world: some LaboratoryWorld, noiseLevel: Double, unitsPerArm: Int, seed: UInt64) throws {
        var stream = RandomStream(seed: seed, purpose: "laboratory experiment")
        let armCount = world.arms.count
        let units = world.draw(unitsPerArm * armCount, noiseLevel: noiseLevel, &stream)
        let assignment = (0..<units.count).map { UInt8($0 % armCount) }
        let observed = world.outcomeNames.indices.map { outcome in
            (0..<units.count).map { unit -> Double in
                let arm = Int(assignment[unit])
                let base = Double(units.control[outcome][unit])
                return arm == 0 ? base : base + Double(units.effects[outcome][arm - 1][unit])
            }
        }
        experiment = Self.assemble(world, units, assignment, observed, seed: seed)
        binned = try BinnedCovariates(
            experiment, maximumBins: Self.bins, context: RunContext(workers: Workers(count: 1)))
    }

    private static func assemble(
        _ world: some LaboratoryWorld, _ units: LaboratoryUnits, _ assignment: [UInt8], _ observed: [[Double]],
        seed: UInt64
    ) -> Experiment {
        let splits = SplitSpec(seed: seed, confirm: 0)
        return Experiment(
            spec: ExperimentSpec(
                name: world.name, data: "laboratory", unit: .row,
                treatment: TreatmentSpec(column: "arm", control: world.arms[0], arms: world.arms),
                outcomes: world.outcomeNames.map { OutcomeSpec(name: $0, direction: .maximize) }, covariates: [],
                splits: splits),
            arms: world.arms,
            outcomes: zip(world.outcomeNames, observed).map { name, values in
                Outcome(
                    name: name, direction: .maximize, threshold: nil, armCosts: [], observed: ScaledColumn(values))
            },
            covariates: zip(world.covariates, units.columns).map {
                Covariate(name: $0.name, encoding: $0.encoding, values: $1)
            },
            units: Units(
                keys: (0..<UInt64(units.count)).map { StableHash.mix($0) },
                rows: (0..<UInt32(units.count)).map { $0 + 1 }),
            assignment: assignment,
            propensity: .shares(world.arms.map { _ in 1 / Double(world.arms.count) }), splitRule: SplitRule(splits),
            tuneCount: units.count, suppliedEffects: [],
            dataDigest: DataDigest(path: "", bytes: 0, modified: 0, sha256: ""), droppedCount: 0)
    }
}
