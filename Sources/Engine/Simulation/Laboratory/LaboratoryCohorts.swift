import Allocation
import Effects
import Experiments
import Groups
import Runtime
import Statistics

/// The cohorts that an experiment gives, their estimated effects, and which of them each unit of the population is in.
struct LaboratoryCohorts {
    /// Effects of the outcomes in the cohorts; those that only the population has come last.
    let effects: [OutcomeEffects]
    /// Units of the experiment.
    let sizes: [Double]
    let armCount: Int
    let populationCohorts: [Int32]
    private let leaves: CohortLeaves
    private let units: CohortUnits
    private let kind: CohortEffects
    private let names: [String]

    /// - Parameter estimator: one of cohorts; nil puts everybody into one.
    init(
        _ experiment: LaboratoryExperiment, _ estimator: LaboratoryMethod.Estimator?,
        _ population: LaboratoryPopulation, _ context: RunContext
    ) throws {
        let made = experiment.experiment
        let (grouping, cohortOf) = try CohortGrouping.find(
            Self.kind(estimator, made), made, binned: experiment.binned, settings: TreeSettings(), context: context)
        var known = Dictionary(uniqueKeysWithValues: grouping.table.rows.enumerated().map { ($1.leaves, Int32($0)) })
        var tuples = grouping.table.rows.map(\.leaves)
        populationCohorts = grouping.tuples(of: population.columns).map { tuple in
            if let cohort = known[tuple] { return cohort }
            known[tuple] = Int32(tuples.count)
            tuples.append(tuple)
            return Int32(tuples.count - 1)
        }
        armCount = made.arms.count
        // Leaves of trees are chosen by the growing half's outcomes, which would flatter their effects; shrinkage needs all
        // units that a cohort has, and cells of covariates have been chosen by nobody.
        let honest = estimator == .trees || estimator == .joint
        let estimates = honest ? made.splitRule.estimation(made.units.splitKeys) : []
        let kept = (0..<made.unitCount).filter { !honest || estimates[$0] }
        units = CohortUnits(
            cohortCount: tuples.count, cohorts: kept.map { Int32(cohortOf[$0]) }, armCount: armCount,
            arms: kept.map { made.assignment[$0] },
            outcomes: made.outcomes.map { outcome in kept.map { Float(outcome.observed.value($0)) } })
        var sizes = [Double](repeating: 0, count: tuples.count)
        for cohort in cohortOf { sizes[Int(cohort)] += 1 }
        self.sizes = sizes
        let outcomeCount = made.outcomes.count
        leaves = CohortLeaves(
            leafOf: (0..<outcomeCount).map { outcome in
                (1..<made.arms.count).map { arm in
                    let tree = ContrastIndex(arm: arm, outcome: outcome).position(outcomeCount: outcomeCount)
                    return tuples.map { Int($0[tree]) }
                }
            })
        kind = estimator == .shrunk ? .shrunk : .inherited
        names = made.outcomes.map(\.name)
        effects = kind.estimate(units.sums, leaves: leaves, names: names)
    }

    /// The effects of as many units of every arm, drawn with replacement; the cohorts and how much is shrunk stay.
    func resampledEffects(_ stream: inout RandomStream) -> [OutcomeEffects] {
        kind.estimate(units.resampled(&stream), leaves: leaves, names: names, holding: effects)
    }

    func problem(limits: [AllocationLimit]) throws -> AllocationProblem {
        try AllocationProblem(armCount: armCount, sizes: sizes, outcomes: effects, limits: limits)
    }

    /// Medians of the first four numeric covariates; one cell where there is none, or nothing is asked for.
    private static func kind(_ estimator: LaboratoryMethod.Estimator?, _ experiment: Experiment) -> CohortKind {
        switch estimator {
        case .trees, .shrunk: return .merged
        case .joint: return .joint
        case nil: return .heuristic([])
        default:
            return .medians(of: experiment.covariates.map { CovariateDescription($0) }) ?? .heuristic([])
        }
    }
}
