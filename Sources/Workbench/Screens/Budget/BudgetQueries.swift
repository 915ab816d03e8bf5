import Policies
import Ranking
import Runtime
import Studies

extension WorkKind {
    static let ranking = WorkKind("ranking", rank: 6)
    static let budgetEffects = WorkKind("budget effects")
}

extension ResultKey where Value == BudgetAnswer? {
    /// Rankers that are fitted in moments.
    package static var ranking: ResultKey { ResultKey("ranking") }
    /// Those and the forests.
    package static var furtherRanking: ResultKey { ResultKey("further ranking") }
}

extension ResultKey where Value == BudgetView? {
    /// Rankers as confirm judges them; only what was asked for.
    package static var confirmedRanking: ResultKey { ResultKey("confirmed ranking") }
}

extension ResultKey where Value == BudgetEffectsAnswer? {
    package static var budgetEffects: ResultKey { ResultKey("budget effects") }
}

/// The rankers of what the screen asks for, judged on tune.
struct RankPresent: DerivedQuery {
    let inputs: RankingRequest
    private let isFurther: Bool

    init?(_ state: WorkbenchState, isFurther: Bool) {
        guard state.screen == .budget, state.facts.isOpen, BudgetRows.cost(state) != nil else { return nil }
        var request = state.budget.request
        request.rankers = StudyRanker.standard.filter { isFurther || $0 != .forest }
        inputs = request
        self.isFurther = isFurther
    }

    static var work: WorkKind { .ranking }

    func run(_ study: Study, _ context: RunContext) throws -> BudgetAnswer {
        do {
            return .ranked(BudgetView(try study.answer(RankUnits(inputs, percents: true, replicates: 200), context)))
        } catch let error as EspalierError where [.check, .usage, .data].contains(error.kind) {
            return .refused([error.message, error.remedy].compactMap { $0 }.joined(separator: "; "))
        }
    }

    func take(_ answer: BudgetAnswer, in state: inout WorkbenchState) -> [Work] {
        state.results.take(answer, as: isFurther ? .furtherRanking : .ranking, from: inputs)
        return []
    }
}

/// What the budget at hand does.
struct SpendPresent: DerivedQuery {
    struct Inputs: Sendable, Equatable {
        let request: RankingRequest
        let ranker: StudyRanker
        let budget: RankingBudget
    }

    let inputs: Inputs

    init?(_ state: WorkbenchState) {
        guard state.screen == .budget, state.facts.isOpen, let view = BudgetRows.view(state) else { return nil }
        inputs = Inputs(
            request: state.budget.request, ranker: view.ranker(state.budget.row), budget: state.budget.budget)
    }

    static var work: WorkKind { .budgetEffects }

    func run(_ study: Study, _ context: RunContext) throws -> BudgetEffectsAnswer {
        do {
            let target = try study.target(inputs.request, by: inputs.ranker, inputs.budget, context)
            let evaluator = try study.workspace.evaluator(.tune, workers: context.workers)
            let evaluation = evaluator.evaluate(
                try target.probabilities(evaluator.units), weights: PolicyKnobs.start(in: study.space).weights)
            return .known(
                BudgetEffects(
                    share: target.share, evaluation: evaluation, cohorts: Self.cohorts(target.targeted, of: study)))
        } catch let error as EspalierError where [.check, .usage, .data].contains(error.kind) {
            return .refused([error.message, error.remedy].compactMap { $0 }.joined(separator: "; "))
        }
    }

    /// How much of every cohort of the one tree is targeted; of the merged ones in studies of earlier versions.
    private static func cohorts(_ targeted: [UInt32], of study: Study) -> [BudgetEffects.Cohort] {
        let joint = study.trees.joint.flatMap { joint in study.units.jointCohorts.map { (joint.table, $0) } }
        let (table, cohortOf) = joint ?? (study.trees.cohorts, study.units.cohorts)
        let tune = study.description.tuneCount
        var (units, given) = (
            [Int](repeating: 0, count: table.rows.count), [Int](repeating: 0, count: table.rows.count)
        )
        for unit in 0..<tune where Int(cohortOf[unit]) < units.count {
            units[Int(cohortOf[unit])] += 1
            given[Int(cohortOf[unit])] += Int(targeted[unit])
        }
        return table.rows.indices.filter { units[$0] > 0 }.map { cohort in
            BudgetEffects.Cohort(
                id: cohort + 1, rule: table.rows[cohort].rule, share: Double(units[cohort]) / Double(max(1, tune)),
                targeted: Double(given[cohort]) / Double(units[cohort]))
        }.sorted { ($1.targeted, $1.share, $0.id) < ($0.targeted, $0.share, $1.id) }
    }

    func take(_ answer: BudgetEffectsAnswer, in state: inout WorkbenchState) -> [Work] {
        state.results.take(answer, as: .budgetEffects, from: inputs)
        return []
    }
}

extension AddRanking: WorkbenchOperation {
    package func take(_ candidate: Candidate, in state: inout WorkbenchState) -> [Work] {
        state.facts.merge([candidate])
        state.front.focusedCandidate = candidate.id
        state.message = "added candidate \(candidate.name); 5 shows it on the front, e exports it"
        return []
    }
}

extension ConfirmRanking: WorkbenchOperation {
    package func take(_ outcome: (ranking: StudyRanking, looks: Int), in state: inout WorkbenchState) -> [Work] {
        state.facts.looks = outcome.looks
        state.results[.confirmedRanking] = BudgetView(outcome.ranking)
        state.message = "confirm was opened for these rankers; looks so far: \(outcome.looks)"
        return []
    }
}
