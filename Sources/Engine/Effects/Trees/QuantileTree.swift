import Experiments
import Runtime

/// A tree whose leaves are cells by quantiles of named covariates (S0's heuristic cohorts), with the effects of every arm and
/// outcome in each. No outcome has a part in it, so that all tune units estimate.
package enum QuantileTree {
    /// A covariate and the number of cells of about equal size that its values are cut into.
    package struct Cut: Sendable, Hashable {
        /// Index into the experiment's covariates.
        package let covariate: Int
        package let cells: Int

        package init(covariate: Int, cells: Int) {
            precondition(cells >= 1)
            self.covariate = covariate
            self.cells = cells
        }
    }

    /// Covariates with fewer different values than cells give fewer cells. Missing values are in the lowest one.
    /// - Returns: by `ContrastIndex.position` the effects in the same nodes: trees of one shape. Effects are net of arm costs.
    /// - Throws: `CancellationError`, or what the provider throws.
    package static func grow(
        _ source: some SumsProvider, _ outline: ExperimentOutline, cuts: [Cut], context: RunContext
    ) throws -> [CausalTree] {
        var provider = source
        let answer = try provider.answer(
            SumsRequest(.level([.root], covariates: cuts.map(\.covariate)), arms: nil, counted: [.tune]),
            context: context)
        var tree = GrownTree(nodes: [Node(depth: 0, sums: ContrastSums(), value: 0)])
        let divisions = zip(cuts, answer.tables).map { cut, table in
            rules(cut, code: provider.codes[cut.covariate], counts: table.counts)
        }
        divide(0, of: &tree, by: divisions[...])
        let paths = tree.paths()
        let (arms, outcomes) = (Array(0..<outline.armCount), Array(outline.outcomes.indices))
        let sums = try provider.answer(
            SumsRequest(.nodes(paths), arms: arms, outcomes: outcomes, summed: [.tune]), context: context)
        let counts = try provider.answer(SumsRequest(.nodes(paths), arms: nil, counted: [.tune]), context: context)
        return ContrastIndex.all(arms: outline.armCount, outcomes: outline.outcomes.count).map { contrast in
            func pair(_ cell: Int) -> (control: ArmSums, treated: ArmSums) {
                (
                    sums.sums(cell: cell, arm: 0, outcome: contrast.outcome),
                    sums.sums(cell: cell, arm: contrast.arm, outcome: contrast.outcome)
                )
            }
            return HonestEstimation(
                tree: tree, estimating: paths.indices.map { pair($0) },
                units: paths.indices.map { counts.count(cell: $0) }
            ).causalTree(arm: contrast.arm, outcome: contrast.outcome, outline.outcomes[contrast.outcome]) { pair(0) }
        }
    }

    private typealias Node = GrownTree<ContrastSums>.Node

    /// The cuts of one covariate, ascending.
    /// - Parameter counts: of the bins, the missing one last.
    private static func rules(_ cut: Cut, code: BinCode, counts: [Double]) -> ArraySlice<Split> {
        let total = counts.dropLast().reduce(0, +)
        var splits: [Split] = []
        var (below, taken) = (0.0, 0.0)
        for (bin, edge) in code.edges.enumerated() {
            below += counts[bin]
            let reached = (below * Double(cut.cells) / max(1, total)).rounded(.down)
            guard below < total, reached > taken else { continue }
            // A bin that holds several quantiles makes one cut.
            taken = reached
            splits.append(
                Split(
                    covariate: cut.covariate, rule: .atMost(edge), missingGoesLeft: splits.isEmpty,
                    missingSeen: splits.isEmpty && counts[code.missingBin] > 0))
            if splits.count == cut.cells - 1 { break }
        }
        return splits[...]
    }

    /// Divides a node by the cuts of the first covariate, and its cells by those of the others.
    private static func divide(
        _ node: Int, of tree: inout GrownTree<ContrastSums>, by rules: ArraySlice<ArraySlice<Split>>
    ) {
        guard let own = rules.first else { return }
        guard let split = own.first else { return divide(node, of: &tree, by: rules.dropFirst()) }
        let left = tree.nodes.count
        tree.nodes[node].split = split
        tree.nodes[node].left = left
        let child = Node(depth: tree.nodes[node].depth + 1, sums: ContrastSums(), value: 0)
        tree.nodes += [child, child]
        divide(left, of: &tree, by: rules.dropFirst())
        divide(left + 1, of: &tree, by: [own.dropFirst()] + rules.dropFirst())
    }
}
