import Runtime

/// Grows a tree level by level from sums.
struct TreeGrower<Provider: SumsProvider> {
    private let maximumDepth: Int
    private let search: SplitSearch
    private let context: RunContext

    init(maximumDepth: Int, search: SplitSearch, context: RunContext) {
        self.maximumDepth = maximumDepth
        self.search = search
        self.context = context
    }

    /// What one covariate has to say about a level: sums and best split per node, in the order asked.
    private struct LevelAnswer: Sendable {
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
        var plan = LevelPlan(asked: [0])
        var level = canSplit(tree.nodes[0]) ? [0] : []
        var parents = [[Int: BinSums]](repeating: [:], count: codes.count)
        while !level.isEmpty, !codes.isEmpty {
            let answers = try answer(level, plan, tree, provider, parents)
            var divisions: [NodeDivision] = []
            for (position, node) in level.enumerated() {
                guard let best = best(answers, at: position) else { continue }
                divisions.append(NodeDivision(node: node, branch: Branch(split: best.split, left: tree.nodes.count)))
                tree.divide(node, by: best, criterion: search.criterion)
            }
            try provider.divide(divisions)
            parents = answers.map(\.sums)
            plan = LevelPlan()
            level = []
            for division in divisions {
                let (a, b) = (division.branch.left, division.branch.right)
                let children = [a, b].filter { canSplit(tree.nodes[$0]) }
                guard !children.isEmpty else { continue }
                level += children
                let smaller = tree.nodes[a].sums.units <= tree.nodes[b].sums.units ? a : b
                let larger = smaller == a ? b : a
                plan.asked.append(smaller)
                if children.contains(larger) {
                    plan.derived.append((larger, division.node, smaller))
                }
            }
        }
        return tree
    }

    private func canSplit(_ node: GrownTree.Node) -> Bool {
        node.depth < maximumDepth && node.sums.smallestGroup(honest: search.honest) >= 2 * search.minimumLeaf
    }

    private func answer(
        _ level: [Int], _ plan: LevelPlan, _ tree: GrownTree, _ provider: Provider, _ parents: [[Int: BinSums]]
    ) throws -> [LevelAnswer] {
        try context.workers.map(provider.codes.count) { covariate in
            try context.cancellation.check()
            var answer = LevelAnswer()
            for (node, sums) in zip(plan.asked, try provider.sums(of: plan.asked, covariate: covariate)) {
                answer.sums[node] = sums
            }
            for derived in plan.derived {
                guard let parent = parents[covariate][derived.parent], let sibling = answer.sums[derived.sibling]
                else { continue }
                answer.sums[derived.node] = parent - sibling
            }
            answer.candidates = level.map { node in
                answer.sums[node].flatMap {
                    search.best(
                        of: $0, covariate: covariate, code: provider.codes[covariate], total: tree.nodes[node].sums)
                }
            }
            return answer
        }
    }

    /// The candidate of most gain; of equal ones that of the first covariate.
    private func best(_ answers: [LevelAnswer], at position: Int) -> SplitSearch.Candidate? {
        var best: SplitSearch.Candidate?
        for answer in answers {
            if let candidate = answer.candidates[position], candidate.gain > (best?.gain ?? 0) { best = candidate }
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
