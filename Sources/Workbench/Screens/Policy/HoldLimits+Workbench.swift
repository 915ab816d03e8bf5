import Frontier
import Studies

extension WorkKind {
    static let limits = WorkKind("limits", rank: 2)
}

extension HoldLimits: WorkbenchOperation {
    package static var work: WorkKind { .limits }

    package func isCurrent(_ state: WorkbenchState) -> Bool { from == state.decisions.knobs }

    package func take(_ found: BestWithinLimits.Found, in state: inout WorkbenchState) -> [Work] {
        state.message = Wording.held(found.verdict)
        return []
    }
}
