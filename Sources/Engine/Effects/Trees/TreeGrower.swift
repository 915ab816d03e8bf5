import Experiments
import Runtime

/// Grows a tree level by level from sums, with one request per level.
struct TreeGrower<Provider: SumsProvider> {
    let sample: GrowthSample
    let maximumDepth: Int
    let search: SplitSearch
    let context: RunContext

    /// What one covariate has to say about a level: sums of every node, and the best split of each in the level's order.
    private struct LevelFinding: Sendable {
        var sums: [Int: BinSums] = [:]
        var candidates: [SplitSearch.Candidate?] = []
    }

    /// Nodes of a level whose sums are asked for, and those that follow from parent less sibling.
    private struct LevelPlan: Sendable {
        var asked: [Int] = []
        var derived: [(node: Int, parent: Int, sibling: Int)] = []
    }

    /// - Throws: `CancellationError`, or what the provider throws.
    /// - Complexity: O(units x covariates x depth / 2): of two siblings only the smaller is asked for.
    func grow(_ source: Provider, root: ContrastSums) throws -> GrownTree {
        var provider = source
        let codes = provider.codes
        var tree = GrownTree(
            nodes: [GrownTree.Node(depth: 0, sums: root, value: search.criterion.value(root))])
        var paths = [NodePath.root]
        var plan = LevelPlan(asked: [0])
        var level = canSplit(tree.nodes[0]) ? [0] : []
        var parents = [[Int: BinSums]](repeating: [:], count: codes.count)
        while !level.isEmpty, !codes.isEmpty {
            let answer = try provider.answer(
                sample.level(plan.asked.map { paths[$0] }, covariates: codes.count), context: context)
            let findings = try find(level, plan, tree, codes, answer, parents)
            var divided: [Int] = []
            for (position, node) in level.enumerated() {
                guard let best = best(findings, at: position) else { continue }
                divided.append(node)
                tree.divide(node, by: best, criterion: search.criterion)
                for goesLeft in [true, false] {
                    paths.append(paths[node].child(of: best.split, goesLeft: goesLeft))
                }
            }
            parents = findings.map(\.sums)
            plan = LevelPlan()
            level = []
            for node in divided {
                let (a, b) = (tree.nodes[node].left, tree.nodes[node].left + 1)
                let children = [a, b].filter { canSplit(tree.nodes[$0]) }
                guard !children.isEmpty else { continue }
                level += children
                let smaller = tree.nodes[a].sums.units <= tree.nodes[b].sums.units ? a : b
                let larger = smaller == a ? b : a
                plan.asked.append(smaller)
                if children.contains(larger) {
                    plan.derived.append((larger, node, smaller))
                }
            }
        }
        return tree
    }

    private func canSplit(_ node: GrownTree.Node) -> Bool {
        node.depth < maximumDepth && node.sums.smallestGroup(honest: search.honest) >= 2 * search.minimumLeaf
    }

    private func find(
        _ level: [Int], _ plan: LevelPlan, _ tree: GrownTree, _ codes: [BinCode], _ answer: SumsAnswer,
        _ parents: [[Int: BinSums]]
    ) throws -> [LevelFinding] {
        try context.workers.map(codes.count) { covariate in
            try context.cancellation.check()
            var finding = LevelFinding()
            for (cell, node) in plan.asked.enumerated() {
                finding.sums[node] = BinSums(answer, covariate: covariate, cell: cell)
            }
            for derived in plan.derived {
                guard let parent = parents[covariate][derived.parent], let sibling = finding.sums[derived.sibling]
                else { continue }
                finding.sums[derived.node] = parent - sibling
            }
            finding.candidates = level.map { node in
                finding.sums[node].flatMap {
                    search.best(
                        of: $0, covariate: covariate, code: codes[covariate], total: tree.nodes[node].sums)
                }
            }
            return finding
        }
    }

    /// The candidate of most gain; of equal ones that of the first covariate.
    private func best(_ findings: [LevelFinding], at position: Int) -> SplitSearch.Candidate? {
        var best: SplitSearch.Candidate?
        for finding in findings {
            if let candidate = finding.candidates[position], candidate.gain > (best?.gain ?? 0) { best = candidate }
        }
        return best
    }
}

extension GrownTree {
    /// Appends the two children of a node.
    mutating func divide(_ node: Int, by candidate: SplitSearch.Candidate, criterion: HonestCriterion) {
        let right = nodes[node].sums - candidate.left
        let depth = nodes[node].depth + 1
        nodes[node].split = candidate.split
        nodes[node].left = nodes.count
        nodes.append(Node(depth: depth, sums: candidate.left, value: criterion.value(candidate.left)))
        nodes.append(Node(depth: depth, sums: right, value: criterion.value(right)))
    }
}
