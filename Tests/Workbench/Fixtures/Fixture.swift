import Effects
import Experiments
import Groups
import Policies
import Studies
import Workbench

/// A study made up for the screens, every number of it written down here: what is drawn can be read and checked by hand, and
/// no sum of the engine has any part in it.
///
/// Three arms on three outcomes. `high` wins on sessions but breaks the limit on disables; `low` is safe. Daily members respond
/// to `high` more than the others do.
enum Fixture {
    static let arms = ["control", "low", "high"]
    static let controlMeans = [3.0, 0.1, 0.02]

    /// Effects by arm and outcome, control first.
    static let effects = [[0, 0, 0], [0.06, 0.0005, 0.0001], [0.15, -0.001, 0.0009]]
    /// Half the width of their intervals, by outcome.
    static let reach = [0.03, 0.0006, 0.0004]

    static let space = PolicySpace(
        arms: arms,
        outcomes: [
            .init(name: "sessions", direction: .maximize, threshold: nil, centre: 0, scale: 1),
            .init(name: "ctr", direction: .maximize, threshold: .relative(-0.02), centre: 0, scale: 1),
            .init(name: "disables", direction: .minimize, threshold: .relative(-0.03), centre: 0, scale: 1),
        ], averageEffects: effects, controlMeans: controlMeans)

    static let covariates = [
        CovariateDescription(name: "segment", encoding: .categorical(levels: ["daily", "rare", "weekly"])),
        CovariateDescription(name: "visits", encoding: .numeric(centre: 0)),
    ]

    static func spec() throws -> ExperimentSpec {
        try ExperimentSpec.read(
            yaml: """
                name: made-up
                data: units.csv
                unit: member
                treatment: {column: arm, control: control, arms: [control, low, high], shares: [1, 1, 1]}
                outcomes:
                  - {name: sessions, direction: maximize}
                  - {name: ctr, direction: maximize, threshold: {relative: -0.02}}
                  - {name: disables, direction: minimize, threshold: {relative: -0.03}}
                covariates:
                  - {column: segment, kind: categorical}
                  - visits
                splits: {seed: 7}
                """, file: "experiment.yaml")
    }

    static func description() throws -> StudyDescription {
        StudyDescription(
            spec: try spec(), folder: "/data",
            dataDigest: DataDigest(path: "/data/units.csv", bytes: 1_000, modified: 0, sha256: ""), unitCount: 30_000,
            tuneCount: 21_000, droppedCount: 0, armCounts: [10_020, 9_990, 9_990],
            plannedShares: [1.0 / 3, 1.0 / 3, 1.0 / 3], armCosts: [[0, 0, 0], [0, 0, 0], [0, 0, 0]],
            covariates: covariates, space: space, averageEffects: averageEffects)
    }

    static func difference(_ effect: Double, _ reach: Double) -> MeanDifference {
        MeanDifference(effect: effect, standardError: reach / 2, low: effect - reach, high: effect + reach)
    }

    private static var averageEffects: [AverageEffect] {
        [1, 2].flatMap { arm in
            (0...2).map { j in
                let effect = effects[arm][j]
                return AverageEffect(
                    arm: arm, outcome: j, controlCount: 7_014, armCount: 6_993, controlMean: controlMeans[j],
                    controlStandardError: reach[j] / 3, armMean: controlMeans[j] + effect,
                    difference: difference(effect, reach[j]),
                    lift: .init(value: effect / controlMeans[j], standardError: reach[j] / 2 / controlMeans[j]))
            }
        }
    }

    static let health = HealthReport(
        findings: [
            HealthFinding(.arms, .ok, "every arm has units"),
            HealthFinding(
                .sampleRatio, .ok, "the arms have the planned shares, p 0.97", details: [.init("p", 0.97)]),
            HealthFinding(
                .balance, .warning, "visits differs between the arms", remedy: "look at how arms were assigned",
                details: [.init("visits", 0.0004)], subject: "visits"),
            HealthFinding(.outliers, .note, "1 % of the units hold 9 % of sessions"),
        ],
        balance: BalanceReport(
            arms: ["low", "high"], control: "control",
            covariates: [
                CovariateBalance(
                    name: "segment", differences: [0.004, -0.011], level: "rare",
                    levels: [
                        .init(name: "daily", differences: [0.001, 0.005]),
                        .init(name: "rare", differences: [0.004, -0.011]),
                        .init(name: "weekly", differences: [-0.003, 0.006]),
                    ], missingDifferences: nil, test: nil, adjustedP: 0.71),
                CovariateBalance(
                    name: "visits", differences: [0.061, 0.018], level: nil, levels: [],
                    missingDifferences: [0.002, -0.001], test: nil, adjustedP: 0.0004),
            ], omnibus: nil, isWeighted: false))

    /// The state of a fitted study on its first screen: nothing decided, nothing searched.
    static func state(on screen: Screen = .experiment) throws -> WorkbenchState {
        var state = WorkbenchState(title: "made-up")
        state.facts.description = try description()
        state.facts.health = health
        state.facts.trees = trees
        state.facts.workspace = workspace
        state.facts.inputs = "made-up"
        state.facts.studyPath = "/data/made-up.espalier"
        state.decisions.knobs = knobs
        state.results[.evaluation] = evaluation(sessions: 0.12, ctr: -0.0008, disables: 0.0002)
        state.results[.profile] = profile
        state.results[.arms] = armEvaluations
        state.results[.cohortGains] = gains
        state.cohorts.view = CohortsView(outcomeCount: 3)
        state.screen = screen
        return state
    }
}
