import Effects
import Experiments
import Policies
import Studies

/// The one plain sentence of each screen.
enum Findings {
    static func experiment(_ state: WorkbenchState) -> String {
        guard let description = state.description, let health = state.health else { return "reading the experiment" }
        if let blocking = health.findings.first(where: { $0.severity == .blocking }) { return blocking.sentence }
        let space = description.space
        let best = space.bestTreatment(on: 0)
        let contrast = ContrastIndex(arm: best, outcome: 0)
        let average = description.averageEffects[contrast.position(outcomeCount: space.outcomeCount)]
        let name = space.outcomes[0].name
        guard space.orientedEffect(best, 0) > 0, average.difference.excludesZero else {
            return "no single arm is sure to improve \(name)"
        }
        let verdicts = space.outcomes.indices.map { j in
            let position = ContrastIndex(arm: best, outcome: j).position(outcomeCount: space.outcomeCount)
            return space.outcomes[j].limit?.verdict(of: description.averageEffects[position])
        }
        func names(_ verdict: LimitVerdict) -> String {
            verdicts.indices.filter { verdicts[$0] == verdict }.map { space.outcomes[$0].name }.joined(
                separator: " and ")
        }
        let arm = space.arms[best]
        switch LimitVerdict.worst(of: verdicts) {
        case nil: return "\(arm) is the best single arm for \(name)"
        case .inside: return "\(arm) is the best single arm for \(name) and keeps the limits"
        case .uncertain:
            return
                "\(arm) is the best single arm for \(name); the limit on \(names(.uncertain)) holds by the estimate only"
        case .outside: return "\(arm) wins alone on \(name) but breaks the limit on \(names(.outside))"
        }
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
        let apart = leaves.filter(\.estimate.excludesZero).count
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
        guard state.space?.hasLimits == true else {
            return "\(visible.count) candidates; Space picks one, v looks closer at it"
        }
        let inside = visible.filter { $0.tune?.limits == .inside }.count
        return "\(visible.count) candidates, \(inside) inside every limit by their intervals"
    }
}
