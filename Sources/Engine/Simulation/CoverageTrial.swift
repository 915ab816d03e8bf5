import Effects
import Experiments
import Frontier
import Policies
import Runtime
import Statistics

/// One simulated experiment from data to picks: search on tune, k picks of largest hypervolume, their intervals on tune and on
/// confirm, held against the truth of the picked policies in a fresh population.
package struct CoverageTrial: Sendable {
    package var units: Int
    /// Multiplies every effect; at 0 no arm does anything.
    package var strength: Double
    package var lines: Int
    package var picks: Int
    /// Picks that differ from control on fewer units do not count: their intervals have next to nothing to cover.
    package var leastTreated = 0.05

    /// - Parameter lines: exact line searches of the search.
    package init(units: Int, strength: Double, lines: Int = 100, picks: Int = 5) {
        self.units = units
        self.strength = strength
        self.lines = lines
        self.picks = picks
    }

    /// What covered what in one experiment.
    package struct Outcome: Sendable, Equatable {
        /// Picks x outcomes that counted.
        package var intervals = 0
        package var confirmCovered = 0
        package var tuneCovered = 0
        /// Whether all joint intervals held at once; nil where no pick counted.
        package var confirmJointly: Bool?
        package var tuneJointly: Bool?
        /// Whether the tune interval of the pick with the best first outcome covers it; nil where no pick counted.
        package var bestOnTune: Bool?
        package var bestOnConfirm: Bool?
    }

    /// The units whose means are the truth, equal for all experiments.
    package struct Population: Sendable {
        let points: [[Double]]

        package init(units: Int = 20_000, seed: UInt64 = 1) {
            var stream = RandomStream(seed: seed, purpose: "coverage population")
            // With every x its mirror image, so that their means are exact.
            points = (0..<units / 2).flatMap { _ in
                let x = (0..<3).map { _ in stream.normal() }
                return [x, x.map { -$0 }]
            }
        }
    }

    /// - Throws: `EspalierError`, which no seed has been seen to bring about.
    package func run(seed: UInt64, population: Population) throws -> Outcome {
        let simulated = CoverageExperiment(units: units, strength: strength, seed: seed)
        let (space, table) = Self.prepare(simulated)
        let workers = Workers(count: 1)
        let tune = try PolicyEvaluator(space: space, table: table, workers: workers)
        let confirm = try PolicyEvaluator(space: space, table: table, split: .confirm, workers: workers)
        let reference = ReferencePoint.standard(arms: PolicySearch.armValues(tune))
        let front = try PolicySearch(
            evaluator: tune, grids: ParameterGrids(table: table, space: space),
            settings: SearchSettings(evaluations: lines, seed: seed, frontLimit: 100)
        ).run(reference: reference, context: RunContext(workers: workers))
        let selection = SubsetSelection(front.points.map(\.values), count: picks, reference: reference)
        let policies = selection.indices.map { LinearPolicy(front.points[$0].knobs, in: space) }.filter { policy in
            let choice = tune.choice(of: policy)
            return Double(choice.count { $0 != 0 }) >= leastTreated * Double(choice.count)
        }
        guard !policies.isEmpty, let onTune = PolicyFamily(policies, evaluator: tune),
            let onConfirm = PolicyFamily(policies, evaluator: confirm)
        else { return Outcome() }
        return judge(
            onTune, onConfirm, truths: policies.map { Self.truth(of: $0, simulated, population) })
    }

    private func judge(_ tune: PolicyFamily, _ confirm: PolicyFamily, truths: [[Double]]) -> Outcome {
        var outcome = Outcome(confirmJointly: true, tuneJointly: true)
        var best = -Double.infinity
        for (p, truth) in truths.enumerated() {
            for (j, value) in truth.enumerated() {
                let a = tune.difference(policy: p, outcome: j)
                let b = confirm.difference(policy: p, outcome: j)
                let coversTune = a.low <= value && value <= a.high
                let coversConfirm = b.low <= value && value <= b.high
                outcome.intervals += 1
                outcome.tuneCovered += coversTune ? 1 : 0
                outcome.confirmCovered += coversConfirm ? 1 : 0
                if value < a.simultaneousLow || value > a.simultaneousHigh { outcome.tuneJointly = false }
                if value < b.simultaneousLow || value > b.simultaneousHigh { outcome.confirmJointly = false }
                guard j == 0, a.value > best else { continue }
                best = a.value
                outcome.bestOnTune = coversTune
                outcome.bestOnConfirm = coversConfirm
            }
        }
        return outcome
    }

    private static func prepare(_ simulated: CoverageExperiment) -> (PolicySpace, PolicyTable) {
        let experiment = simulated.experiment
        let averages = AverageEffect.estimate(experiment, over: experiment.tune)
        let outcomes = experiment.outcomes.count
        let space = PolicySpace(
            arms: experiment.arms,
            outcomes: experiment.outcomes.map {
                PolicySpace.Outcome(
                    name: $0.name, direction: $0.direction, threshold: $0.threshold, centre: $0.observed.centre,
                    scale: $0.observed.scale)
            },
            averageEffects: experiment.arms.indices.map { arm in
                (0..<outcomes).map { arm == 0 ? 0 : averages[(arm - 1) * outcomes + $0].difference.effect }
            }, controlMeans: averages.prefix(outcomes).map(\.controlMean))
        let fit = simulated.effects
        let table = PolicyTable(
            effects: fit.estimates, scores: fit.scores, observed: experiment.outcomes.map(\.observed.values),
            armCosts: experiment.arms.map { _ in Array(repeating: 0, count: outcomes) },
            assignment: experiment.assignment,
            observedPropensity: experiment.propensity.observed(experiment.assignment),
            tuneCount: experiment.tuneCount)
        return (space, table)
    }

    /// The policy's true differences from control: fresh units, each by the model of a fold in turn, as it would be deployed.
    private static func truth(
        of policy: LinearPolicy, _ simulated: CoverageExperiment, _ population: Population
    ) -> [Double] {
        let arms = CoverageExperiment.armCount
        let outcomes = CoverageExperiment.outcomeCount
        let folds = simulated.experiment.splitRule.foldCount
        var sums = [Double](repeating: 0, count: outcomes)
        for (index, x) in population.points.enumerated() {
            // Mirror images share a fold.
            let fold = index / 2 % folds
            var best = policy.biases[0]
            var choice = 0
            for arm in 1..<arms {
                var utility = policy.biases[arm]
                for j in 0..<outcomes {
                    utility += policy.weights[j] * simulated.estimate(fold: fold, arm: arm, outcome: j, at: x)
                }
                if utility > best { (best, choice) = (utility, arm) }
            }
            guard choice > 0 else { continue }
            for j in 0..<outcomes { sums[j] += simulated.effect(arm: choice, outcome: j, at: x) }
        }
        return sums.map { $0 / Double(population.points.count) }
    }
}

/// Shares over many trials.
package struct CoverageTally: Sendable, Equatable {
    package private(set) var intervals = 0
    package private(set) var confirmCovered = 0
    package private(set) var tuneCovered = 0
    /// Experiments in which a pick counted.
    package private(set) var experiments = 0
    package private(set) var confirmJointly = 0
    package private(set) var tuneJointly = 0
    package private(set) var bestOnTune = 0
    package private(set) var bestOnConfirm = 0

    package init(_ outcomes: [CoverageTrial.Outcome]) {
        for outcome in outcomes {
            intervals += outcome.intervals
            confirmCovered += outcome.confirmCovered
            tuneCovered += outcome.tuneCovered
            experiments += outcome.bestOnTune == nil ? 0 : 1
            confirmJointly += outcome.confirmJointly == true ? 1 : 0
            tuneJointly += outcome.tuneJointly == true ? 1 : 0
            bestOnTune += outcome.bestOnTune == true ? 1 : 0
            bestOnConfirm += outcome.bestOnConfirm == true ? 1 : 0
        }
    }

    /// A count as a share of the intervals, or of the experiments.
    package func share(ofIntervals count: Int) -> Double { Double(count) / Double(max(1, intervals)) }
    package func share(ofExperiments count: Int) -> Double { Double(count) / Double(max(1, experiments)) }

    /// Runs trials of consecutive seeds.
    package static func run(
        _ trial: CoverageTrial, count: Int, from seed: UInt64 = 1, workers: Workers = Workers()
    ) throws -> CoverageTally {
        let population = CoverageTrial.Population()
        return CoverageTally(
            try workers.map(count) { try trial.run(seed: seed + UInt64($0), population: population) })
    }
}
