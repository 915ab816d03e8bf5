extension BoostedModel {
    /// The model with the features from `first` on set to fixed values: what an S-learner predicts for one arm is a model
    /// of the other features alone, which adds the same leaves in the same order.
    func resolving(from first: Int, values: [Float]) throws -> BoostedModel {
        BoostedModel(base: base, trees: try trees.map { try $0.resolving(from: first, values: values) })
    }
}

extension BoostedTree {
    fileprivate func resolving(from first: Int, values: [Float]) throws -> BoostedTree {
        try withNodes { nodes, _ in
            func resolved(_ start: Int) -> Int {
                var index = start
                while Int(nodes[index].feature) >= first {
                    let node = nodes[index]
                    index = Int(values[Int(node.feature) - first] < node.threshold ? node.left : node.right)
                }
                return index
            }
            // Parents before children, as the tree demands.
            var origins = [resolved(0)]
            var (left, right): ([Int32], [Int32]) = ([], [])
            while left.count < origins.count {
                let node = nodes[origins[left.count]]
                guard node.feature >= 0 else {
                    left.append(-1)
                    right.append(-1)
                    continue
                }
                left.append(Int32(origins.count))
                right.append(Int32(origins.count + 1))
                origins += [resolved(Int(node.left)), resolved(Int(node.right))]
            }
            return try BoostedTree(
                features: origins.map { nodes[$0].feature }, thresholds: origins.map { nodes[$0].threshold },
                missingLeft: origins.map { nodes[$0].missingLeft }, levels: origins.map(levels), left: left,
                right: right)
        }
    }
}
