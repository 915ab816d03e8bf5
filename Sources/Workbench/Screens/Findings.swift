import Experiments
import Policies
import Studies

/// The one plain sentence of each screen.
enum Findings {
    static func experiment(_ state: WorkbenchState) -> String {
        guard let description = state.description, let health = state.health else { return "reading the experiment" }
        if let blocking = health.findings.first(where: { $0.severity == .blocking }) { return blocking.sentence }
        let space = description.space
        let best = (1..<space.armCount).max { sign(space, $0) < sign(space, $1) } ?? 1
        let average = description.averageEffects[(best - 1) * space.outcomeCount]
        let name = space.outcomes[0].name
        let isSure = average.difference.low > 0 || average.difference.high < 0
        guard sign(space, best) > 0, isSure else { return "no single arm is sure to improve \(name)" }
        let broken = broken(space, best)
        let hasLimits = space.outcomes.contains { $0.threshold != nil }
        return broken.isEmpty
            ? "\(space.arms[best]) is the best single arm for \(name)\(hasLimits ? " and keeps the limits" : "")"
            : "\(space.arms[best]) wins alone on \(name) but breaks the limit on \(broken.joined(separator: " and "))"
    }

    private static func sign(_ space: PolicySpace, _ arm: Int) -> Double {
        space.outcomes[0].sign * space.averageEffects[arm][0]
    }

    private static func broken(_ space: PolicySpace, _ arm: Int) -> [String] {
        space.outcomes.indices.filter { j in
            let oriented = space.outcomes[j].sign * space.averageEffects[arm][j]
            switch space.outcomes[j].threshold {
            case nil: return false
            case .absolute(let least): return oriented < least
            case .relative(let least):
                return space.controlMeans[j] != 0 && oriented / abs(space.controlMeans[j]) < least
            }
        }.map { space.outcomes[$0].name }
    }

    static func trees(_ state: WorkbenchState) -> String {
        guard let trees = state.trees, let description = state.description,
            trees.trees.indices.contains(state.treeIndex)
        else { return "trees are being grown" }
        guard state.treesPane == .tree else { return SubgroupRows.finding(state) }
        let tree = trees.trees[state.treeIndex]
        let what = "\(description.space.arms[tree.arm]) on \(description.space.outcomes[tree.outcome].name)"
        let leaves = tree.leaves
        guard leaves.count > 1 else { return "no difference between units was found for \(what)" }
        let apart = leaves.filter { $0.estimate.low > 0 || $0.estimate.high < 0 }.count
        return "\(what): \(leaves.count) leaves, \(apart) with an interval that excludes 0"
    }

    static func cohorts(_ state: WorkbenchState) -> String {
        guard let trees = state.trees else { return "cohorts are being merged" }
        let count = trees.cohorts.rows.count
        return count == 1
            ? "one cohort: no tree found a difference between units"
            : "\(count) cohorts, each with the effects of its leaves"
    }

    static func front(_ state: WorkbenchState) -> String {
        guard state.workspace != nil else { return "effects are being estimated" }
        let visible = state.visibleCandidates
        guard !visible.isEmpty else { return "no candidates yet: s searches the front" }
        guard state.space?.outcomes.contains(where: { $0.threshold != nil }) == true else {
            return "\(visible.count) candidates; Space picks one, v looks closer at it"
        }
        let inside = visible.filter { $0.tune?.limits == .inside }.count
        return "\(visible.count) candidates, \(inside) inside every limit by their intervals"
    }
}
