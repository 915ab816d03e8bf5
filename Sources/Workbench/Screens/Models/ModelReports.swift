import Effects
import Policies

/// Takes in a report on the learners.
enum ModelReports {
    /// Keeps the report. Where tuning has not begun it starts from nearly average effects on the outcomes without detectable
    /// heterogeneity, by actions like those of the analyst: logged, and undone like them.
    /// - Parameter setsStart: whether tuning may not have begun.
    static func take(_ report: ModelReport, setsStart: Bool, in state: inout WorkbenchState) -> [Work] {
        state.results[.modelReport] = report
        if state.screen == ModelsScreen.screen { state.message = "" }
        guard setsStart, let space = state.space, state.decisions.knobs == PolicyKnobs.start(in: space) else {
            return []
        }
        let start = PolicyKnobs.start(in: space, judgedBy: report)
        let shrunk = space.outcomes.indices.filter { start.shrinkage[$0] > 0 }
        let work = shrunk.flatMap { Reducer.reduce(&state, .policy(.set(.shrinkage($0), start.shrinkage[$0]))) }
        if !shrunk.isEmpty { state.message = ModelRows.startedShrunk(shrunk.map { space.outcomes[$0].name }) }
        return work
    }
}
