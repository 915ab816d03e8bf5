import Effects
import Experiments
import Foundation
import Frontier
import Policies
import Runtime
import Statistics

/// Simulated experiments of one hard design through the whole pipeline, from a data file to picks, their intervals held against
/// the truth.
package struct HardDesignTrial: Sendable {
    package let design: HardDesign
    package let units: Int
    package let learner: NamedLearner
    /// Exact line searches before picking.
    package let lines: Int

    package init(
        _ design: HardDesign, units: Int, learner: NamedLearner = NamedLearner("t", TLearner()), lines: Int = 30
    ) {
        self.design = design
        self.units = units
        self.learner = learner
        self.lines = lines
    }

    /// What an interval is of.
    package enum Quantity: String, Sendable, CaseIterable {
        case average = "average effects on tune"
        case leaf = "effects of the trees' leaves"
        case fixedTune = "fixed policy against control, tune"
        case fixedConfirm = "fixed policy against control, confirm"
        case fixedBest = "fixed policy against the best arm, tune"
        case fixedBestConfirm = "fixed policy against the best arm, confirm"
        case fixedSelfNormalised = "fixed policy against control, SNIPS, tune"
        case fixedInverse = "fixed policy against control, IPS, tune"
        case pickConfirm = "pick against control, confirm"
        case pickBestConfirm = "pick against the best arm, confirm"
    }

    /// Intervals that covered, and how many there were.
    package struct Tally: Sendable, Equatable {
        package private(set) var counts: [Quantity: (covered: Int, of: Int)] = [:]

        package init() {}

        package static func == (a: Tally, b: Tally) -> Bool {
            Quantity.allCases.allSatisfy { (a.counts[$0] ?? (0, 0)) == (b.counts[$0] ?? (0, 0)) }
        }

        mutating func add(_ quantity: Quantity, _ covers: Bool) {
            let (covered, of) = counts[quantity] ?? (0, 0)
            counts[quantity] = (covered + (covers ? 1 : 0), of + 1)
        }

        mutating func add(_ other: Tally) {
            for (quantity, count) in other.counts {
                let (covered, of) = counts[quantity] ?? (0, 0)
                counts[quantity] = (covered + count.covered, of + count.of)
            }
        }

        package func share(_ quantity: Quantity) -> Double? {
            counts[quantity].flatMap { $0.of > 0 ? Double($0.covered) / Double($0.of) : nil }
        }
    }

    /// Runs experiments of consecutive seeds.
    /// - Throws: `EspalierError`.
    package func run(count: Int, from seed: UInt64 = 1, workers: Workers = Workers()) throws -> Tally {
        let points = HardDesign.population(4_000)
        return try workers.map(count) { try run(seed: seed + UInt64($0), points: points) }.reduce(into: Tally()) {
            $0.add($1)
        }
    }

    private func run(seed: UInt64, points: [[Double]]) throws -> Tally {
        let context = RunContext(workers: Workers(count: 1))
        let experiment = try read(seed: seed, context: context)
        let fit = try EffectsFit.run(TrainingData(experiment), learner: learner, context: context)
        let averages = AverageEffect.estimate(experiment, over: experiment.tune)
        let space = space(experiment, averages)
        let table = table(experiment, fit)
        var tally = Tally()
        for average in averages {
            let truth = design.difference(of: { _ in average.arm }, from: 0, points: points)
            tally.add(.average, average.difference.low <= truth && truth <= average.difference.high)
        }
        for covers in try leaves(experiment, points, context) { tally.add(.leaf, covers) }
        let weights = [1.0]
        let tune = try PolicyEvaluator(space: space, table: table, workers: context.workers)
        let confirm = try PolicyEvaluator(space: space, table: table, split: .confirm, workers: context.workers)
        let best = space.bestArm(weights: weights)
        func judge(
            _ evaluation: PolicyEvaluation, _ choice: ([Double]) -> Int, _ control: Quantity, _ bestArm: Quantity?
        ) {
            let outcome = evaluation.outcomes[0]
            for (estimate, arm, quantity) in [
                (outcome.difference, 0, Optional(control)), (outcome.againstBestArm, best, bestArm),
            ] {
                guard let quantity, let low = estimate?.low, let high = estimate?.high else { continue }
                let truth = design.difference(of: choice, from: arm, points: points)
                tally.add(quantity, low <= truth && truth <= high)
            }
        }
        func fixed(_ units: Range<Int>) -> [UInt8] {
            units.map { unit in UInt8(design.fixedArm(x: experiment.covariates.map { Double($0.values[unit]) })) }
        }
        for (evaluator, control, bestArm) in [
            (tune, Quantity.fixedTune, Quantity.fixedBest), (confirm, .fixedConfirm, .fixedBestConfirm),
        ] {
            judge(
                evaluator.evaluate(
                    ArmProbabilities(assignment: fixed(evaluator.units), armCount: space.armCount), weights: weights),
                design.fixedArm, control, bestArm)
        }
        for (estimator, quantity) in [(Estimator.snips, Quantity.fixedSelfNormalised), (.ips, .fixedInverse)] {
            let evaluator = try PolicyEvaluator(
                space: space, table: table, estimator: estimator, workers: context.workers)
            judge(
                evaluator.evaluate(
                    ArmProbabilities(assignment: fixed(tune.units), armCount: space.armCount), weights: weights),
                design.fixedArm, quantity, nil)
        }
        if let (policy, choice) = try pick(tune, fit, experiment, points, context) {
            let evaluation = confirm.evaluate(policy, weights: weights)
            var place = 0
            // The truth asks for the points in their order.
            func next(_ x: [Double]) -> Int {
                defer { place = (place + 1) % points.count }
                return choice[place]
            }
            judge(evaluation, next, .pickConfirm, .pickBestConfirm)
        }
        return tally
    }

    /// Whether the interval of each leaf of the honest trees covers the mean effect of the population in it.
    private func leaves(_ experiment: Experiment, _ points: [[Double]], _ context: RunContext) throws -> [Bool] {
        let trees = try CausalTrees.grow(
            experiment, binned: BinnedCovariates(experiment, context: context), settings: TreeSettings(),
            context: context)
        let centres = experiment.covariates.map { covariate in
            if case .numeric(let centre) = covariate.encoding { centre } else { 0.0 }
        }
        return trees.flatMap { tree -> [Bool] in
            let leaves = tree.leaves
            var sums = [Double](repeating: 0, count: leaves.count)
            var counts = [Int](repeating: 0, count: leaves.count)
            for x in points {
                let leaf = tree.leaf(of: zip(x, centres).map { Float($0 - $1) })
                sums[leaf] += design.mean(arm: tree.arm, x: x) - design.mean(arm: 0, x: x)
                counts[leaf] += 1
            }
            return leaves.indices.filter { counts[$0] > 0 }.map { leaf in
                let (own, truth) = (leaves[leaf].estimate, sums[leaf] / Double(counts[leaf]))
                return own.low <= truth && truth <= own.high
            }
        }
    }

    private func read(seed: UInt64, context: RunContext) throws -> Experiment {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let spec = try design.write(units: units, seed: seed, to: folder.path)
        return try Experiment.read(specPath: spec, context: context).experiment
    }

    private func space(_ experiment: Experiment, _ averages: [AverageEffect]) -> PolicySpace {
        let outcome = experiment.outcomes[0]
        return PolicySpace(
            arms: experiment.arms,
            outcomes: [
                PolicySpace.Outcome(
                    name: outcome.name, direction: outcome.direction, threshold: nil, centre: outcome.observed.centre,
                    scale: outcome.observed.scale, clustering: outcome.clustering, denominators: outcome.denominators,
                    indexError: outcome.indexError)
            ],
            averageEffects: experiment.arms.indices.map { [$0 == 0 ? 0 : averages[$0 - 1].difference.effect] },
            controlMeans: [averages[0].controlMean])
    }

    private func table(_ experiment: Experiment, _ fit: EffectsFit) -> PolicyTable {
        PolicyTable(
            effects: fit.estimates, scores: fit.scores, observed: experiment.outcomes.map(\.observed.values),
            armCosts: experiment.arms.map { _ in [0] }, assignment: experiment.assignment,
            observedPropensity: experiment.propensity.observed(experiment.assignment), tuneCount: experiment.tuneCount,
            clusters: experiment.units.clusters)
    }

    /// The policy of a search on tune that is worth most, and the arms it gives to fresh units as it would be deployed; nil where
    /// everyone gets control.
    private func pick(
        _ tune: PolicyEvaluator, _ fit: EffectsFit, _ experiment: Experiment, _ points: [[Double]],
        _ context: RunContext
    ) throws -> (policy: LinearPolicy, choice: [Int])? {
        let space = tune.space
        let reference = ReferencePoint.standard(arms: PolicySearch.armValues(tune))
        let front = try PolicySearch(
            evaluator: tune, grids: ParameterGrids(table: tune.table, space: space),
            settings: SearchSettings(evaluations: lines, seed: 1, frontLimit: 50)
        ).run(reference: reference, context: context)
        guard let best = front.points.max(by: { $0.values[0] < $1.values[0] }), let models = fit.models else {
            return nil
        }
        let policy = LinearPolicy(best.knobs, in: space)
        guard tune.choice(of: policy).contains(where: { $0 > 0 }) else { return nil }
        let folds = points.indices.map { UInt8($0 / 2 % experiment.splitRule.foldCount) }
        let columns = (0..<2).map { index -> [Float] in
            guard case .numeric(let centre) = experiment.covariates[index].encoding else { return [] }
            return points.map { Float($0[index] - centre) }
        }
        let effects = try models.estimates(columns, folds: folds, context: context)
        let slope = policy.weights[0] * space.outcomes[0].sign * space.outcomes[0].scale
        let choice = points.indices.map { point in
            var best = 0
            var utility = policy.biases[0]
            for arm in 1..<space.armCount {
                let own = policy.biases[arm] + slope * Double(effects.column(arm: arm, outcome: 0)[point])
                if own > utility { (best, utility) = (arm, own) }
            }
            return best
        }
        return (policy, choice)
    }
}
