/// Cost-complexity pruning (Breiman et al. 1984) with the honest criterion as a tree's worth.
extension GrownTree {
    /// For each node the price of a leaf from which on it no longer splits, weakest link first; 0 for leaves.
    ///
    /// - Complexity: O(nodes^2).
    func collapsePrices() -> [Double] {
        var prices = [Double](repeating: 0, count: nodes.count)
        var collapsed = nodes.map(\.isLeaf)
        var price = 0.0
        while !collapsed[0] {
            var worth = nodes.map(\.value)
            var leaves = [Double](repeating: 1, count: nodes.count)
            var weakest = (node: 0, link: Double.infinity)
            for node in nodes.indices.reversed() where !collapsed[node] {
                let left = nodes[node].left
                worth[node] = worth[left] + worth[left + 1]
                leaves[node] = leaves[left] + leaves[left + 1]
                let link = (worth[node] - nodes[node].value) / (leaves[node] - 1)
                if link <= weakest.link { weakest = (node, link) }
            }
            price = max(price, weakest.link)
            var pending = [weakest.node]
            while let node = pending.popLast() {
                guard !collapsed[node] else { continue }
                collapsed[node] = true
                prices[node] = price
                pending += [nodes[node].left, nodes[node].left + 1]
            }
        }
        return prices
    }

    /// The tree that is left when a leaf costs `price`: nodes whose own price is not above it stop splitting.
    func pruned(at price: Double) -> GrownTree {
        let prices = collapsePrices()
        var kept = [nodes[0]]
        var origins = [0]
        var next = 0
        while next < kept.count {
            let origin = origins[next]
            if prices[origin] > price {
                let left = nodes[origin].left
                kept[next].left = kept.count
                kept += [nodes[left], nodes[left + 1]]
                origins += [left, left + 1]
            } else {
                kept[next].split = nil
                kept[next].left = -1
            }
            next += 1
        }
        return GrownTree(nodes: kept)
    }

    /// The least price of a leaf at which the tree has at most so many; at least 0.
    func price(forLeaves most: Int) -> Double {
        let steps = Set(zip(nodes, collapsePrices()).filter { !$0.0.isLeaf }.map(\.1)).sorted()
        return ([0] + steps).first { pruned(at: $0).nodes.count { $0.isLeaf } <= most } ?? .infinity
    }
}
