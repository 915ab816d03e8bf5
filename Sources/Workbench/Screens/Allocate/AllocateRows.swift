import Allocation
import Policies
import Studies
import Texts

/// What the Allocate screen lists and says.
enum AllocateRows {
    static func limitCount(_ state: WorkbenchState) -> Int { max(0, (state.space?.outcomeCount ?? 0) - 1) }

    /// The outcome whose limit has the cursor.
    static func focusedLimit(_ state: WorkbenchState) -> Int? {
        state.allocate.row < limitCount(state) ? state.allocate.row + 1 : nil
    }

    /// The cohorts that have units and the words of the filter, the largest first.
    static func cohorts(_ state: WorkbenchState) -> [StudyAllocation.Row] {
        guard let found = state.results[.allocation]?.solved else { return [] }
        let words = state.filter.lowercased().split(separator: " ")
        return found.rows.filter { row in
            let rule = row.rule.lowercased()
            return row.units > 0 && words.allSatisfy { rule.contains($0) }
        }
    }

    static func focusedCohort(_ state: WorkbenchState) -> StudyAllocation.Row? {
        let rows = cohorts(state)
        let place = state.allocate.row - limitCount(state)
        return rows.indices.contains(place) ? rows[place] : rows.first
    }

    static func name(_ method: AllocationMethod) -> String {
        switch method {
        case .global: "one arm"
        case .mixture: "lottery"
        case .linear: "lp"
        case .stochastic: "stochastic"
        case .chance: "chance"
        case .member: "member"
        }
    }

    static func explanation(_ method: AllocationMethod) -> String {
        switch method {
        case .global: "one arm: the best single arm for everybody that keeps the limits"
        case .mixture: "lottery: the best shares of arms that everybody draws from alike"
        case .linear: "lp: the linear programme, as if the effects were known"
        case .stochastic: "stochastic: keeps the limits under draws of the effects' errors"
        case .chance: "chance: proves every limit by the effects' errors, at 95%"
        case .member: "member: every unit by its own effects; opens in Policy as weights"
        }
    }

    static func finding(_ state: WorkbenchState) -> String {
        guard let space = state.space else { return "" }
        switch state.results[.allocation] {
        case nil: return "cohorts are being allocated"
        case .refused(let sentence)?: return sentence
        case .solved(let found)?:
            let judged = state.results.isStale(.judgedAllocation) ? nil : state.results[.judgedAllocation]?.solved
            let gain = judged ?? found
            let objective = gain.outcomes[0]
            let value = objective.confirm ?? objective.fold ?? objective.plugIn
            let base = abs(space.controlMeans[0])
            let size = base > 0 ? Wording.points(value.value / base) : Wording.signed(value.value)
            let source =
                objective.confirm != nil ? "on confirm" : objective.fold != nil ? "across folds" : "by its own figures"
            let broken = gain.outcomes.filter { $0.limit == .outside }.map(\.name)
            let unsure = gain.outcomes.filter { $0.limit == .uncertain }.map(\.name)
            let limits =
                !broken.isEmpty
                ? ", but breaks the limit on \(broken.joined(separator: " and "))"
                : !unsure.isEmpty ? ", the limit on \(unsure.joined(separator: " and ")) is not sure" : ""
            return "\(space.outcomes[0].name) better by \(size) \(source)\(limits)"
        }
    }
}
