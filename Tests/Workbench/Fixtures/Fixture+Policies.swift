import Effects
import Frontier
import Policies
import Statistics
import Studies
import Workbench

extension Fixture {
    static let knobs = PolicyKnobs(weights: [1, 2.5, 6], biases: [0, 0.4, -0.2], shrinkage: [0.15, 0, 0])

    /// Four units whose effects are whole numbers: the units of the sliders are 1.
    static let workspace: PolicyWorkspace = {
        let column: [Float] = [-1, 1, -1, 1]
        let effects = EffectEstimates(armCount: 3, outcomeCount: 3, columns: Array(repeating: column, count: 6))
        let zeros = Array(repeating: [Float](repeating: 0, count: 4), count: 3)
        let table = PolicyTable(
            effects: effects, scores: ScoreTable(control: zeros, contrasts: effects, residuals: zeros), observed: zeros,
            armCosts: zeros.map { Array($0.prefix(3)) }, assignment: [0, 1, 2, 0],
            observedPropensity: [0.25, 0.25, 0.5, 0.25], tuneCount: 4)
        return PolicyWorkspace(space: space, table: table)
    }()

    /// An evaluation from the changes against control.
    static func evaluation(
        sessions: Double, ctr: Double, disables: Double, shares: [Double] = [0.4, 0.25, 0.35],
        split: EvaluationSplit = .tune
    ) -> PolicyEvaluation {
        let changes = [sessions, ctr, disables]
        let outcomes = space.outcomes.enumerated().map { j, outcome in
            let change = Estimate(value: changes[j], standardError: reach[j] / 2)
            return OutcomeEvaluation(
                name: outcome.name, control: controlMeans[j], value: controlMeans[j] + changes[j],
                standardError: reach[j] / 2, difference: change, relative: change.divided(by: controlMeans[j]),
                againstBestArm: Estimate(value: changes[j] - effects[1][j], standardError: reach[j] / 2),
                limit: limit(j, changes[j]))
        }
        return PolicyEvaluation(
            estimator: "dr", split: split, units: split == .tune ? 21_000 : 9_000, effectiveSampleSize: 6_400,
            weights: ["sessions": 1, "ctr": 2.5, "disables": 6], biases: ["low": 0.4, "high": -0.2],
            shares: Dictionary(uniqueKeysWithValues: zip(arms, shares)), outcomes: outcomes, bestArm: "low")
    }

    /// A policy that was pinned before: a little less of everything.
    static let pin = PolicyKnobs(weights: [1, 4, 3], biases: [0, 0, 0], shrinkage: [0, 0, 0])
    static let pinned = PinEvaluations(
        by: .dr, [pin: evaluation(sessions: 0.09, ctr: -0.0002, disables: 0.0001, shares: [0.5, 0.3, 0.2])])

    /// By the estimate and its interval: ctr may fall by 2 %, disables rise by 3 %.
    private static func limit(_ outcome: Int, _ change: Double) -> LimitVerdict? {
        let worst: (estimate: Double, bound: Double, allowed: Double)
        switch outcome {
        case 1: worst = (-change, -change + reach[1], 0.02 * controlMeans[1])
        case 2: worst = (change, change + reach[2], 0.03 * controlMeans[2])
        default: return nil
        }
        return worst.estimate > worst.allowed ? .outside : worst.bound > worst.allowed ? .uncertain : .inside
    }

    static let armEvaluations = arms.indices.map { arm in
        evaluation(
            sessions: effects[arm][0], ctr: effects[arm][1], disables: effects[arm][2],
            shares: arms.indices.map { $0 == arm ? 1 : 0 })
    }

    /// Along the weight of ctr: the greater it is, the fewer sessions, the more clicks.
    static let profile: ParameterProfile = {
        let grid = workspace.grids[.weight(1)].values
        let points = grid.indices.map { index -> ProfilePoint in
            let share = Double(index) / Double(grid.count - 1)
            let changes = [0.2 - 0.16 * share, -0.003 + 0.004 * share, 0.0011 - 0.0012 * share]
            return ProfilePoint(
                shares: [0.2 + 0.5 * share, 0.2, 0.6 - 0.5 * share],
                outcomes: changes.indices.map { j in
                    OutcomeMoments(
                        value: controlMeans[j] + changes[j], valueVariance: reach[j] * reach[j] / 4,
                        control: controlMeans[j], controlVariance: reach[j] * reach[j] / 9, difference: changes[j],
                        differenceVariance: reach[j] * reach[j] / 4, differenceControlCovariance: 0)
                })
        }
        return ParameterProfile(knob: .weight(1), grid: grid, points: points)
    }()

    /// From safe to bold; B is by hand and noted, the others were found by a search.
    static let candidates: [Candidate] = {
        let changes = [
            (0.02, 0.0012, -0.0006), (0.06, 0.0006, 0.0001), (0.09, 0.0001, 0.0002), (0.12, -0.0008, 0.0003),
            (0.16, -0.0016, 0.0005), (0.2, -0.0029, 0.0011),
        ]
        return changes.enumerated().map { index, change in
            let knobs = PolicyKnobs(
                weights: [1, Double(6 - index), Double(9 - index)],
                biases: [0, 0.1 * Double(index), 0.2 * Double(index)], shrinkage: [0, 0, 0])
            return Candidate(
                id: index + 1, note: index == 1 ? "internal favourite" : "", origin: index == 1 ? .hand : .search(1),
                knobs: knobs, policy: .linear(LinearPolicy(knobs, in: space)), isPicked: index == 3,
                tune: evaluation(sessions: change.0, ctr: change.1, disables: change.2),
                confirm: index == 3 ? evaluation(sessions: 0.11, ctr: -0.0011, disables: 0.0005, split: .confirm) : nil)
        }
    }()

    /// The front as a search found it, with candidate D picked and focused.
    static func searchedState(on screen: Screen = .front) throws -> WorkbenchState {
        var state = try state(on: screen)
        state.facts.candidates = candidates
        state.facts.front = FrontRecord(
            reference: ["sessions": 3, "ctr": 0.097, "disables": 0.0212], hypervolume: 0.000_001_2,
            candidates: candidates.map(\.id), search: 1,
            points: [
                FrontPoint(knobs: knobs, values: [3.04, 0.1009, -0.0197]),
                FrontPoint(knobs: knobs, values: [3.14, 0.0987, -0.0204]),
            ],
            weightsOnly: ParetoFront(
                [
                    FrontPoint(knobs: knobs, values: [3.03, 0.1003, -0.0199]),
                    FrontPoint(knobs: knobs, values: [3.11, 0.0986, -0.0206]),
                ], reference: [3, 0.097, -0.0212]), settings: SearchSettings(evaluations: 600, seed: 1))
        state.facts.looks = 1
        state.decisions.picked = [4]
        state.front.focusedCandidate = 4
        state.front.view.wanted = 3
        state.results[.feasibility] = [1: 0.999, 2: 0.98, 3: 0.97, 4: 0.93, 5: 0.58, 6: 0.002]
        return state
    }
}
