import Effects
import Experiments
import Foundation
import Frontier
import Policies
import Runtime
import Statistics
import Studies

/// A fixed trade-off for comparing searches: effects that differ from unit to unit, estimates of them with errors, and scores
/// as noisy as an experiment of so many units makes them. The truth is known, so what a search recommends can be judged.
struct TradeOffProblem {
    let name: String
    /// What a search sees: policies decide by estimated effects, doubly robust scores say what that would have brought.
    let noisy: PolicyWorkspace
    /// The same decisions, valued by the true effects.
    let truth: PolicyWorkspace
    /// The same decisions, valued by the estimated effects and but a share of the doubly robust correction.
    let believing: PolicyWorkspace
    static let believedShare = 0.3

    /// - Parameters:
    ///   - noise: standard deviation of an outcome around its mean.
    ///   - error: standard deviation of the estimated effects around the true ones, smooth in the covariates.
    ///   - scale: what all effects are multiplied by.
    init(
        name: String, units: Int, arms: Int, outcomes: Int, noise: Double, error: Double, scale: Double = 1,
        seed: UInt64
    ) {
        self.name = name
        var stream = RandomStream(seed: seed, purpose: name)
        let covariates = 5
        let pairs = (arms - 1) * outcomes
        func coefficients() -> [[Double]] {
            (0..<pairs).map { _ in (0..<2 * covariates).map { _ in stream.normal() } }
        }
        let signal = coefficients()
        let mistake = coefficients()
        // Later arms are stronger; the first outcome likes what the others do not.
        let level = (0..<pairs).map { pair -> Double in
            let strength = Double(pair / outcomes + 1) / Double(arms - 1)
            return scale * (pair % outcomes == 0 ? 0.12 : -0.10) * strength
        }
        var estimated = [[Float]](repeating: [], count: pairs)
        var actual = [[Float]](repeating: [], count: pairs)
        var residuals = [[Float]](repeating: [], count: outcomes)
        var control = [[Float]](repeating: [], count: outcomes)
        var assignment: [UInt8] = []
        for _ in 0..<units {
            let x = (0..<covariates).map { _ in stream.normal() }
            // A saturating and a curved part, so that effects are not linear in anything.
            let features = x.map { tanh(1.5 * $0) } + x.map { sin(2 * $0) }
            func mix(_ weights: [Double]) -> Double { zip(weights, features).reduce(0) { $0 + $1.0 * $1.1 } }
            let arm = stream.index(below: arms)
            assignment.append(UInt8(arm))
            for pair in 0..<pairs {
                let tau = level[pair] + scale * 0.06 * mix(signal[pair])
                actual[pair].append(Float(tau))
                estimated[pair].append(Float(tau + error / 2 * mix(mistake[pair])))
            }
            for j in 0..<outcomes {
                control[j].append(Float(0.3 * x[j % covariates]))
                let pair = (arm - 1) * outcomes + j
                let missed =
                    arm > 0
                    ? Double(actual[pair][actual[pair].count - 1] - estimated[pair][estimated[pair].count - 1]) : 0
                residuals[j].append(Float(Double(arms) * (missed + noise * stream.normal())))
            }
        }
        let space = PolicySpace(
            arms: (0..<arms).map { $0 == 0 ? "control" : "arm \($0)" },
            outcomes: (0..<outcomes).map {
                PolicySpace.Outcome(name: "y\($0)", direction: .maximize, threshold: nil, centre: 1, scale: 1)
            },
            averageEffects: (0..<arms).map { arm in
                (0..<outcomes).map { arm == 0 ? 0 : level[(arm - 1) * outcomes + $0] }
            }, controlMeans: Array(repeating: 1, count: outcomes))
        let effects = EffectEstimates(armCount: arms, outcomeCount: outcomes, columns: estimated)
        let zeros = [[Float]](repeating: Array(repeating: 0, count: units), count: outcomes)
        func workspace(_ scores: ScoreTable) -> PolicyWorkspace {
            PolicyWorkspace(
                space: space,
                table: PolicyTable(
                    effects: effects, scores: scores, observed: zeros,
                    armCosts: Array(repeating: Array(repeating: 0, count: outcomes), count: arms),
                    assignment: assignment, observedPropensity: Array(repeating: 1 / Float(arms), count: units),
                    tuneCount: units))
        }
        noisy = workspace(ScoreTable(control: control, contrasts: effects, residuals: residuals))
        let shrunk = residuals.map { $0.map { Float(Self.believedShare) * $0 } }
        believing = workspace(ScoreTable(control: control, contrasts: effects, residuals: shrunk))
        truth = workspace(
            ScoreTable(
                control: control,
                contrasts: EffectEstimates(armCount: arms, outcomeCount: outcomes, columns: actual), residuals: zeros))
    }

    /// Judges policies by their true values, against the true reference point.
    struct Judge {
        let evaluator: PolicyEvaluator
        let reference: [Double]

        init(_ problem: TradeOffProblem) throws {
            evaluator = try problem.truth.evaluator(workers: Workers(count: 1))
            reference = ReferencePoint.standard(arms: PolicySearch.armValues(evaluator))
        }

        func values(_ knobs: PolicyKnobs) -> [Double] {
            let profile = evaluator.moments(of: LinearPolicy(knobs, in: evaluator.space))
            return profile.outcomes.map { $0?.value ?? -.infinity }
        }

        func hypervolume(_ points: [FrontPoint]) throws -> Double {
            let values = try Workers().map(points.count) { self.values(points[$0].knobs) }
            return Hypervolume.of(values, reference: reference)
        }
    }
}
