import Experiments
import Statistics

extension RuleTree {
    /// The rules of a boosted tree in terms of covariates, all effects still 0; a single leaf where there is no tree.
    init(_ tree: BoostedTree?, encoding: FeatureEncoding, covariates: [Covariate]) {
        guard let tree else {
            self.init(nodes: [Node(leaf: 0, standardError: nil)])
            return
        }
        self.init(
            nodes: tree.withNodes { nodes, _ in
                // Children of a boosted tree need not be neighbours: they are put side by side.
                var origins = [0]
                var result: [Node] = []
                while result.count < origins.count {
                    let node = nodes[origins[result.count]]
                    guard node.feature >= 0 else {
                        result.append(Node(leaf: 0, standardError: nil))
                        continue
                    }
                    let (covariate, code) = encoding.source(of: Int(node.feature))
                    var others: [UInt8]?
                    if let right = code.map({ [UInt8($0)] }) ?? tree.levels(at: origins[result.count]),
                        case .categorical(let levels) = covariates[covariate].encoding
                    {
                        others = levels.indices.map { UInt8($0) }.filter { !right.contains($0) }
                    }
                    result.append(
                        Node(
                            covariate: covariate, atMost: others == nil ? node.threshold.nextDown : nil, levels: others,
                            missingLeft: node.missingLeft, left: origins.count, effect: 0, standardError: nil))
                    origins += [Int(node.left), Int(node.right)]
                }
                return result
            })
    }

    /// The same rules with each leaf's effect and error from the scores of units that chose none of it; a leaf with fewer
    /// than two of them takes what all of them say.
    /// - Parameter isNormalised: whether the corrections are by weights that sum to the leaf's units in either arm.
    func estimated(_ scores: [ScoreParts], isNormalised: Bool, units: [Int], columns: [[Float]]) -> RuleTree {
        let leaves = units.map { leaf(of: $0, in: columns) }
        var everyone = ScoreWeights()
        var weights = [ScoreWeights](repeating: ScoreWeights(), count: nodes.count)
        for (leaf, score) in zip(leaves, scores) {
            weights[leaf].add(score)
            everyone.add(score)
        }
        var all = Moments()
        var own = [Moments](repeating: Moments(), count: nodes.count)
        for (leaf, score) in zip(leaves, scores) {
            own[leaf].add(isNormalised ? weights[leaf].normalised(score) : score.score)
            all.add(isNormalised ? everyone.normalised(score) : score.score)
        }
        return RuleTree(
            nodes: nodes.indices.map { index in
                guard nodes[index].covariate < 0 else { return nodes[index] }
                let moments = own[index].count > 1 ? own[index] : all
                return Node(leaf: Float(moments.mean), standardError: Float(moments.standardError))
            })
    }
}
