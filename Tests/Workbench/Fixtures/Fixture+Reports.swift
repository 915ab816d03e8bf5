import Effects
import Experiments
import Frontier
import Policies
import Statistics
import Studies
import Workbench

extension Fixture {
    /// What one percent of every knob of D does: the weight of disables moves most.
    static let sensitivity = Sensitivity(
        allowedShare: 0.01, values: [3.12, 0.0992, 0.0203],
        parameters: Knob.all(in: space).enumerated().map { index, knob in
            let share = 0.001 * Double(index + 1)
            return Sensitivity.Parameter(
                knob: knob, value: 10, step: 0.1, isOfUnit: false,
                changes: [
                    Estimate(value: -share, standardError: share / 4),
                    Estimate(value: share / 50, standardError: share),
                    Estimate(value: -share / 100, standardError: share / 500),
                ], changedShare: share, low: 10 - 5 / Double(index + 1), high: 10 + 5 / Double(index + 1),
                profile: profile)
        })

    /// The shrinkage that gives almost what the biases of D give.
    static let shrinkage = ShrinkageInverse(
        knobs: PolicyKnobs(weights: [1, 15, 30], biases: [0, 0, 0], shrinkage: [0.3, 0.1, 0]),
        answer: .nearest(changedShare: 0.04), halfline: nil)

    /// `high` for daily members with few visits, control for everybody else.
    static let rules = PolicyExplanation(
        tree: DistilledTree(nodes: [
            .init(
                split: Split(covariate: 0, rule: .levels([0]), missingGoesLeft: false, missingSeen: false), left: 1,
                arm: 0, units: 21_000),
            .init(
                split: Split(covariate: 1, rule: .atMost(12), missingGoesLeft: true, missingSeen: true), left: 3,
                arm: 2, units: 8_000),
            .init(split: nil, left: -1, arm: 0, units: 13_000), .init(split: nil, left: -1, arm: 2, units: 6_000),
            .init(split: nil, left: -1, arm: 1, units: 2_000),
        ]), judgement: .crossFitted, fidelity: 0.91,
        losses: space.outcomes.enumerated().map { j, outcome in
            PolicyExplanation.Loss(
                name: outcome.name, difference: Estimate(value: -reach[j] / 4, standardError: reach[j] / 4),
                policy: Estimate(value: controlMeans[j] + 2 * reach[j], standardError: reach[j] / 2),
                rules: Estimate(value: controlMeans[j] + 1.75 * reach[j], standardError: reach[j] / 2))
        })

    /// Tune promised D more sessions than confirm bears out.
    static let picks: PickReport = {
        let family = SimultaneousIntervals(level: 0.95, critical: 2.4)
        func estimates(_ changes: [Double]) -> [PickReport.SplitEstimate] {
            changes.enumerated().map { j, change in
                PickReport.SplitEstimate(
                    difference: SimultaneousEstimate(value: change, standardError: reach[j] / 2, family: family),
                    relative: SimultaneousEstimate(
                        value: change / controlMeans[j], standardError: reach[j] / 2 / controlMeans[j], family: family))
            }
        }
        let (tune, confirm) = (estimates([0.12, -0.0008, 0.0003]), estimates([0.11, -0.0011, 0.0005]))
        let outcomes = space.outcomes.enumerated().map { j, outcome in
            PickReport.Outcome(
                name: outcome.name, tune: tune[j], confirm: confirm[j],
                optimism: Estimate(value: reach[j] / 3, standardError: reach[j] / 2), unitsPerArm: 12_000)
        }
        return PickReport(
            picks: [PickReport.Pick(id: 4, name: "D", treatedShare: 0.6, outcomes: outcomes)], tuneCritical: 2.4,
            confirmCritical: 2.4, tuneHypervolume: 0.000_001_2, confirmHypervolume: 0.000_001, alike: [],
            alikeSplit: .confirm, looks: 1)
    }()

    /// A search that finds most of the front in its first passes; the seconds are nobody's machine's.
    static let trace = (0...60).map { step in
        TracePoint(
            evaluations: 10 * step, seconds: 0.002 * Double(step * step),
            hypervolume: 0.000_001_2 * (1 - 1 / (1 + 0.3 * Double(step))), policies: 3 * step)
    }

    /// Effects of `high` on sessions differ between units; nothing else does. `t` finds it, `x` finds it better.
    static let models: ModelReport = {
        let learners = ["constant", "t", "x"]
        let judgements = learners.enumerated().flatMap { index, learner in
            [1, 2].flatMap { arm in
                space.outcomes.enumerated().map { j, outcome in
                    let gain = arm == 2 && j == 0 ? 0.004 * Double(index) : -0.001 * Double(index)
                    return ValidatedLearner(
                        learner: learner, arm: arms[arm], outcome: outcome.name, muRisk: index == 0 ? nil : 2.1,
                        tauRisk: 2 - gain, rScore: Measure(value: gain, standardError: 0.0015),
                        behindBest: Measure(value: 0.008 - gain, standardError: 0.002),
                        calibration: index == 0 ? nil : Measure(value: 0.8, standardError: 0.1),
                        curve: index == 0 ? nil : curve(gain),
                        test: HeterogeneityTest(statistic: index == 0 ? nil : 1_000 * gain), adjustedP: 1)
                }
            }
        }
        return ModelReport(
            units: 21_000, folds: 5, learners: learners, arms: ["low", "high"], outcomes: space.outcomes.map(\.name),
            judgements: judgements, projections: Array(repeating: nil, count: 6), intervals: [], caveats: [])
    }()

    private static func curve(_ gain: Double) -> RankingCurve {
        let gains = RankingCurve.shares.map { share in share * 0.15 + 20 * gain * share * (1 - share) }
        return RankingCurve(
            gains: gains, band: gains.map { Interval(low: $0 - 0.02, high: $0 + 0.02) },
            autoc: Measure(value: 10 * gain, standardError: 0.01), qini: Measure(value: 5 * gain, standardError: 0.005))
    }

    /// The Models screen with that report.
    static func judgedState() throws -> WorkbenchState {
        var state = try state(on: .models)
        state.results[.modelReport] = models
        state.trees.index = 3
        return state
    }

    /// The Front screen with a view of candidate D.
    static func viewedState(_ pane: FrontPane) throws -> WorkbenchState {
        var state = try searchedState()
        state.front.pane = pane
        state.results[.pickReport] = picks
        state.results[.searchTrace] = trace
        let found: [FrontPane: CandidateReport] = [
            .moves: .moves(sensitivity), .shrinkage: .shrinkage(shrinkage), .rules: .rules(rules),
        ]
        for (pane, report) in found {
            state.results[.candidateReports].found[CandidateReports.Key(pane: pane, candidate: 4)] = report
        }
        return state
    }
}
