import Effects
import Policies
import Studies
import Texts

extension TreesScreen {
    package static var terms: [Explained] {
        [
            Explained(.leaf, focusedNode), Explained(.honestTree), Explained(.importance, mostImportant),
            Explained(.interval), Explained(.marks),
        ]
    }

    private static func focusedNode(_ state: WorkbenchState) -> String? {
        guard let trees = state.facts.trees, let description = state.facts.description,
            trees.trees.indices.contains(state.trees.index)
        else { return nil }
        let rows = TreeRows.visible(state)
        guard rows.indices.contains(state.trees.row) else { return nil }
        let (node, tree, space) = (rows[state.trees.row].node, trees.trees[state.trees.index], description.space)
        let texts = EffectText(description)
        return "\(NumberText.grouped(node.units)) units, for whom \(space.arms[tree.arm]) changes "
            + "\(space.outcomes[tree.outcome].name) by \(texts.value(node.effect, tree.outcome)), between "
            + "\(texts.value(node.low, tree.outcome)) and \(texts.value(node.high, tree.outcome))."
    }

    private static func mostImportant(_ state: WorkbenchState) -> String? {
        guard let trees = state.facts.trees, trees.trees.indices.contains(state.trees.index) else { return nil }
        let shares = trees.trees[state.trees.index].importance(covariateCount: trees.covariates.count)
        guard let most = shares.indices.max(by: { shares[$0] < shares[$1] }), shares[most] > 0 else {
            return "no covariate divides the units."
        }
        return "\(trees.covariates[most].name) has \(NumberText.percent(shares[most], 0)) of the gain."
    }
}
