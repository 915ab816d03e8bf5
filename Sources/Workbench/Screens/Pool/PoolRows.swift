import Pooling
import Texts

/// What the Pool screen lists and says.
enum PoolRows {
    /// Indices of the experiments that pass the filter.
    static func experiments(_ state: WorkbenchState) -> [Int] {
        guard let fit = state.pool.fit else { return [] }
        let all = fit.model.shape.experiments
        return all.indices.filter { state.passesFilter(of: .pool, all[$0].name) }
    }

    static func outcome(_ state: WorkbenchState, _ fit: PoolFit) -> String {
        fit.model.shape.outcomes[state.pool.outcome]
    }

    /// What independent effects on the outcome looked at have in common.
    static func structure(_ state: WorkbenchState, _ fit: PoolFit) -> PoolStructure.Outcome? {
        let name = outcome(state, fit)
        return fit.structure.outcomes.first { $0.outcome == name }
    }

    /// The learners on the outcome looked at.
    static func judged(_ state: WorkbenchState, _ fit: PoolFit) -> [PoolJudgement.Row] {
        let name = outcome(state, fit)
        return fit.judgement.rows.filter { $0.outcome == name }
    }

    static func finding(_ state: WorkbenchState) -> String {
        guard let fit = state.pool.fit else { return "" }
        guard !experiments(state).isEmpty else { return "no experiment has \"\(state.filter)\" in its name" }
        let (better, outcomes) = (fit.betterOutcomes, fit.model.shape.outcomes)
        switch better.count {
        case outcomes.count: return "the pool predicts every outcome better than the experiments alone"
        case 0: return "the pool predicts no outcome clearly better than the experiments alone"
        default:
            let names = better.joined(separator: ", ")
            return "the pool predicts \(names) better than the experiments alone, the others not"
        }
    }
}
