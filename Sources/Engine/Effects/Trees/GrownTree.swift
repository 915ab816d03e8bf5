import Statistics

/// A tree as it grows: splits and the growing half's view of them, before its leaves are estimated.
struct GrownTree {
    struct Node {
        var split: Split?
        /// Index of the left child; the right one follows it.
        var left: Int
        let depth: Int
        /// The honest criterion's part as a leaf.
        let score: Double
        /// The growing half's effect, which pruning judges.
        let effect: Double
    }

    private(set) var nodes: [Node] = []

    /// Grows until no split gains or depth is reached. Nodes are in depth-first order of their making, children in pairs.
    static func grow<Provider: NodeSumsProvider>(
        _ provider: Provider, search: SplitSearch, maximumDepth: Int, cancellation: Cancellation
    ) throws -> GrownTree {
        var tree = GrownTree()
        var pending: [(index: Int, node: Provider.Node)] = []
        func add(_ node: Provider.Node, depth: Int) {
            // Any covariate's bins sum to the node; a tree without covariates is a single leaf.
            let (treated, control) = totals(provider, node)
            tree.nodes.append(
                Node(
                    split: nil, left: -1, depth: depth, score: search.score(treated: treated, control: control),
                    effect: treated.mean - control.mean))
            pending.append((tree.nodes.count - 1, node))
        }
        add(provider.root, depth: 0)
        while let (index, node) = pending.popLast() {
            try cancellation.check()
            guard tree.nodes[index].depth < maximumDepth else { continue }
            var best: SplitSearch.Found?
            for covariate in provider.codes.indices {
                let found = search.best(
                    provider.sums(at: node, covariate: covariate), covariate: covariate,
                    code: provider.codes[covariate],
                    parentScore: tree.nodes[index].score)
                if let found, found.gain > (best?.gain ?? 0) { best = found }
            }
            guard let best else { continue }
            let children = provider.children(of: node, by: best.split)
            tree.nodes[index].split = best.split
            tree.nodes[index].left = tree.nodes.count
            let depth = tree.nodes[index].depth + 1
            add(children.left, depth: depth)
            add(children.right, depth: depth)
        }
        return tree
    }

    private static func totals<Provider: NodeSumsProvider>(
        _ provider: Provider, _ node: Provider.Node
    ) -> (treated: ArmSums, control: ArmSums) {
        guard !provider.codes.isEmpty else { return (ArmSums(), ArmSums()) }
        let sums = provider.sums(at: node, covariate: 0).growing
        var totals = [ArmSums(), ArmSums()]
        for (cell, sum) in sums.enumerated() { totals[cell % 2] += sum }
        return (totals[1], totals[0])
    }

    // MARK: Cost-complexity pruning

    /// For each inner node the complexity price at which it becomes a leaf (weakest link first); leaves have none.
    func collapsePrices() -> [Double?] {
        var collapsed = [Bool](repeating: false, count: nodes.count)
        var prices = [Double?](repeating: nil, count: nodes.count)
        func leaves(_ index: Int) -> (score: Double, count: Int) {
            guard nodes[index].split != nil, !collapsed[index] else { return (nodes[index].score, 1) }
            let left = leaves(nodes[index].left)
            let right = leaves(nodes[index].left + 1)
            return (left.score + right.score, left.count + right.count)
        }
        func isReachable(_ index: Int, from root: Int = 0) -> Bool {
            if root == index { return true }
            guard nodes[root].split != nil, !collapsed[root] else { return false }
            return isReachable(index, from: nodes[root].left) || isReachable(index, from: nodes[root].left + 1)
        }
        var price = 0.0
        while true {
            var weakest: (index: Int, price: Double)?
            for index in nodes.indices where nodes[index].split != nil && !collapsed[index] && isReachable(index) {
                let below = leaves(index)
                let link = (below.score - nodes[index].score) / Double(below.count - 1)
                if link < weakest?.price ?? .infinity { weakest = (index, link) }
            }
            guard let found = weakest else { return prices }
            price = max(price, found.price)
            collapsed[found.index] = true
            prices[found.index] = price
        }
    }

    /// Whether each node still splits when complexity costs `price` a leaf.
    func splits(at price: Double, _ prices: [Double?]) -> [Bool] {
        nodes.indices.map { nodes[$0].split != nil && (prices[$0] ?? 0) > price }
    }
}
