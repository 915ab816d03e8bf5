import Experiments
import Runtime

/// Grows a tree level by level from sums, with one request per level.
struct TreeGrower<Provider: SumsProvider, Finder: SplitFinder> {
    let sample: GrowthSample
    let maximumDepth: Int
    let search: Finder
    let context: RunContext

    /// What one covariate has to say about a level: sums of every node, and the best split of each in the level's order.
    private struct LevelFinding: Sendable {
        var sums: [Int: Finder.Bins] = [:]
        var candidates: [SplitCandidate<Finder.Sums>?] = []
    }

    /// Nodes of a level whose sums are asked for, and those that follow from parent less sibling.
    private struct LevelPlan: Sendable {
        var asked: [Int] = []
        var derived: [(node: Int, parent: Int, sibling: Int)] = []
    }

    /// - Throws: `CancellationError`, or what the provider throws.
    /// - Complexity: O(units x covariates x depth / 2): of two siblings only the smaller is asked for.
    func grow(_ source: Provider, root: Finder.Sums) throws -> GrownTree<Finder.Sums> {
        var provider = source
        let codes = provider.codes
        var tree = GrownTree(nodes: [GrownTree.Node(depth: 0, sums: root, value: search.value(of: root))])
        var paths = [NodePath.root]
        var plan = LevelPlan(asked: [0])
        var level = canSplit(tree.nodes[0]) ? [0] : []
        var parents = [[Int: Finder.Bins]](repeating: [:], count: codes.count)
        while !level.isEmpty, !codes.isEmpty {
            let answer = try provider.answer(
                sample.level(plan.asked.map { paths[$0] }, covariates: codes.count), context: context)
            let findings = try find(level, plan, tree, codes, answer, parents)
            var divided: [Int] = []
            for (position, node) in level.enumerated() {
                guard let best = best(findings, at: position) else { continue }
                divided.append(node)
                tree.divide(node, by: best, search: search)
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
                let smaller = search.units(of: tree.nodes[a].sums) <= search.units(of: tree.nodes[b].sums) ? a : b
                let larger = smaller == a ? b : a
                plan.asked.append(smaller)
                if children.contains(larger) {
                    plan.derived.append((larger, node, smaller))
                }
            }
        }
        return tree
    }

    private func canSplit(_ node: GrownTree<Finder.Sums>.Node) -> Bool {
        node.depth < maximumDepth && search.canSplit(node.sums)
    }

    private func find(
        _ level: [Int], _ plan: LevelPlan, _ tree: GrownTree<Finder.Sums>, _ codes: [BinCode],
        _ answer: SumsAnswer, _ parents: [[Int: Finder.Bins]]
    ) throws -> [LevelFinding] {
        try context.workers.map(codes.count) { covariate in
            try context.cancellation.check()
            var finding = LevelFinding()
            for (cell, node) in plan.asked.enumerated() {
                finding.sums[node] = search.bins(answer, covariate: covariate, cell: cell)
            }
            for derived in plan.derived {
                guard let parent = parents[covariate][derived.parent], let sibling = finding.sums[derived.sibling]
                else { continue }
                finding.sums[derived.node] = search.rest(of: parent, without: sibling)
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
    private func best(_ findings: [LevelFinding], at position: Int) -> SplitCandidate<Finder.Sums>? {
        var best: SplitCandidate<Finder.Sums>?
        for finding in findings {
            if let candidate = finding.candidates[position], candidate.gain > (best?.gain ?? 0) { best = candidate }
        }
        return best
    }
}

extension GrownTree {
    /// Appends the two children of a node.
    fileprivate mutating func divide<Finder: SplitFinder>(
        _ node: Int, by candidate: SplitCandidate<Sums>, search: Finder
    ) where Finder.Sums == Sums {
        let right = search.rest(of: nodes[node].sums, without: candidate.left)
        let depth = nodes[node].depth + 1
        nodes[node].split = candidate.split
        nodes[node].left = nodes.count
        nodes.append(Node(depth: depth, sums: candidate.left, value: search.value(of: candidate.left)))
        nodes.append(Node(depth: depth, sums: right, value: search.value(of: right)))
    }
}
