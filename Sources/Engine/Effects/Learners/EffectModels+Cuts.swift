import Experiments

extension EffectModels {
    /// Every cut of a numeric covariate in the models, in the order of the models.
    /// - Parameter body: given the covariate's index and the encoded value that its rule cuts at.
    /// - Complexity: O(nodes).
    package func eachCut(_ body: (_ covariate: Int, _ cut: Float) -> Void) {
        switch self {
        case .outcomes(let models):
            for case let model? in models.models { model.eachCut(models.encoding, body) }
        case .pairs(let models):
            if let embedding = models.embedding { return embedding.eachCentre(body) }
            for case let model? in models.models { model.eachCut(models.encoding, body) }
        }
    }
}

extension Embedding {
    /// It has no cuts: the centres of its numbers, and one unit of scale on either side.
    fileprivate func eachCentre(_ body: (Int, Float) -> Void) {
        for input in inputs where input.kind == .number {
            for step in [-1.0, 0, 1] { body(input.covariate, Float(input.centre + step * input.scale)) }
        }
    }
}

extension EffectModel {
    fileprivate func eachCut(_ encoding: FeatureEncoding, _ body: (Int, Float) -> Void) {
        switch self {
        case .boosted(let model): model.eachCut(encoding, body)
        case .blend(let blend):
            for model in [blend.control, blend.treated, blend.share] { model.eachCut(encoding, body) }
        case .linear(let linear):
            // A line has no cuts: its centre, and a unit on either side.
            for term in linear.terms {
                let source = encoding.source(of: term.feature)
                guard source.code == nil, let centre = term.centre else { continue }
                for step in [-1.0, 0, 1] { body(source.covariate, Float(centre + step)) }
            }
        case .rules(let tree):
            for node in tree.nodes where node.covariate >= 0 {
                if let cut = node.atMost { body(node.covariate, cut) }
            }
        case .forest(let forest):
            for tree in forest.trees {
                for case .inner(let split, _) in tree.list {
                    if case .atMost(let cut) = split.rule { body(split.covariate, cut) }
                }
            }
        case .difference(let difference):
            for model in [difference.treated, difference.control] { model.eachCut(encoding, body) }
        case .stack(let stack):
            for part in stack.parts { part.model.eachCut(encoding, body) }
        }
    }
}

extension BoostedModel {
    fileprivate func eachCut(_ encoding: FeatureEncoding, _ body: (Int, Float) -> Void) {
        for tree in trees {
            tree.withNodes { nodes, _ in
                for node in nodes where node.feature >= 0 && node.levels < 0 {
                    let source = encoding.source(of: Int(node.feature))
                    if source.code == nil { body(source.covariate, node.threshold) }
                }
            }
        }
    }
}
