import Experiments
import Foundation
import Runtime
import Statistics

/// How large the difference between the effects of two halves must be for an honest causal tree to find it with 80% power, by
/// growing trees.
///
/// The halves are those of one normal covariate among others that mean nothing. A tree finds them where it splits and the honest
/// effects of the two sides of its first split differ beyond their errors (95%). Power depends on the difference in standard
/// errors, on the covariates and on how large leaves must be beside the arms; more units than `fewUnits` in the smallest of arm
/// and honest half change nothing else, so that the trees of larger experiments are grown on as many.
struct TreePower: Hashable, Sendable {
    /// Of the arm, among its units and control's.
    let share: Double
    /// Units of the pair that are drawn.
    let units: Int
    let covariates: Int
    let minimumLeaf: Int

    private static let fewUnits = 400.0
    /// More covariates than this are drawn as this many.
    private static let mostCovariates = 40
    private static let bins = 32

    init(_ size: ExperimentSize) {
        let smallest = size.shares.dropFirst().min() ?? size.shares[0]
        share = smallest / (smallest + size.shares[0])
        let pair = Double(size.units) * (smallest + size.shares[0])
        let group = pair * min(share, 1 - share) / 2
        let thinning = max(1, group / Self.fewUnits)
        units = max(8, Int((pair / thinning).rounded()))
        covariates = min(Self.mostCovariates, size.covariates)
        let leaf = TreeSettings().leafSize(smallestGroup: Int(group))
        minimumLeaf = max(2, Int((Double(leaf) / thinning).rounded()))
    }

    /// Trees for each difference that is looked at while the range is sought, and for each of those it is fitted by.
    private static let (coarse, fine) = (40, 160)

    /// In standard errors of the average effect; nil where trees of such units do not find any difference.
    /// - Throws: `CancellationError`.
    func strength(context: RunContext) throws -> Double? {
        func found(_ strength: Double, _ count: Int, from seed: Int) throws -> Int {
            try context.workers.map(count) { index -> Bool in
                try context.cancellation.check()
                return try isFound(strength, seed: UInt64(seed + index))
            }.count { $0 }
        }
        var strength = 5.0
        while Double(try found(strength, Self.coarse, from: 0)) < MinimumDetectableEffect.power * Double(Self.coarse) {
            strength *= 1.25
            guard strength < 200 else { return nil }
        }
        let trials = try [0.75, 0.9, 1.05, 1.2].enumerated().map { index, factor in
            (
                x: log(factor * strength),
                found: Double(try found(factor * strength, Self.fine, from: 1_000 * (index + 1)))
            )
        }
        return Self.reached(trials, of: Double(Self.fine)).map(exp)
    }

    /// Where a logistic curve through shares reaches the power asked for; nil where it does not rise.
    private static func reached(_ trials: [(x: Double, found: Double)], of count: Double) -> Double? {
        let centre = trials.reduce(0) { $0 + $1.x } / Double(trials.count)
        var (level, slope) = (1.0, 5.0)
        for _ in 0..<50 {
            var (g0, g1, h00, h01, h11) = (0.0, 0.0, 1e-9, 0.0, 1e-9)
            for trial in trials {
                let x = trial.x - centre
                let p = 1 / (1 + exp(-(level + slope * x)))
                let (rest, weight) = (trial.found - count * p, count * p * (1 - p))
                (g0, g1) = (g0 + rest, g1 + rest * x)
                (h00, h01, h11) = (h00 + weight, h01 + weight * x, h11 + weight * x * x)
            }
            let determinant = h00 * h11 - h01 * h01
            guard determinant > 0 else { break }
            level += max(-2, min(2, (h11 * g0 - h01 * g1) / determinant))
            slope += max(-5, min(5, (h00 * g1 - h01 * g0) / determinant))
        }
        let power = MinimumDetectableEffect.power
        guard slope > 0, slope.isFinite else { return nil }
        return centre + (log(power / (1 - power)) - level) / slope
    }

    private func isFound(_ strength: Double, seed: UInt64) throws -> Bool {
        let context = RunContext(workers: Workers(count: 1))
        let experiment = experiment(strength, seed: seed)
        let trees = try CausalTrees.grow(
            experiment, binned: BinnedCovariates(experiment, maximumBins: Self.bins, context: context),
            settings: TreeSettings(minimumLeaf: minimumLeaf), context: context)
        return trees[0].tellsSidesApart
    }

    /// Noise of variance 1 in both arms.
    private func experiment(_ strength: Double, seed: UInt64) -> Experiment {
        var stream = RandomStream(seed: seed, purpose: "tree power")
        let error = ((1 / share + 1 / (1 - share)) / Double(units)).squareRoot()
        let effect = strength * error / 2
        var columns = [[Float]](repeating: [], count: covariates)
        var (assignment, y) = ([UInt8](), [Double]())
        for _ in 0..<units {
            for index in columns.indices { columns[index].append(Float(stream.normal())) }
            let isTreated = stream.bernoulli(share)
            let own = (columns.first?.last ?? 0) > 0 ? effect : -effect
            assignment.append(isTreated ? 1 : 0)
            y.append((isTreated ? own : 0) + stream.normal())
        }
        let names = columns.indices.map { "x\($0)" }
        return Experiment(
            spec: ExperimentSpec(
                name: "power", data: "", unit: .row, treatment: TreatmentSpec(column: "arm", control: "control"),
                outcomes: [OutcomeSpec(name: "y", direction: .maximize)],
                covariates: names.map { CovariateSpec(column: $0) }), arms: ["control", "arm"],
            outcomes: [
                Outcome(name: "y", direction: .maximize, threshold: nil, armCosts: [0, 0], observed: ScaledColumn(y))
            ],
            covariates: zip(names, columns).map {
                Covariate(name: $0, encoding: .numeric(centre: 0), values: $1)
            },
            units: Units(
                keys: (0..<units).map { StableHash.key("\(seed) \($0)") }.sorted(), rows: (1...units).map(UInt32.init)),
            assignment: assignment, propensity: .shares([1 - share, share]),
            splitRule: SplitRule(seed: seed, confirmShare: 0, foldCount: 5), tuneCount: units, suppliedEffects: [],
            dataDigest: DataDigest(path: "", bytes: 0, modified: 0, sha256: ""), droppedCount: 0)
    }
}

extension CausalTree {
    /// Whether the honest effects of the two sides of the first split differ beyond their errors (95%).
    package var tellsSidesApart: Bool {
        guard nodes[0].split != nil else { return false }
        let (left, right) = (nodes[nodes[0].left].estimate, nodes[nodes[0].left + 1].estimate)
        let error = (left.standardError * left.standardError + right.standardError * right.standardError).squareRoot()
        return abs(left.effect - right.effect) > Confidence.critical * error
    }
}
