import Experiments
import Runtime

/// What one learner has found about one arm and outcome outside one fold: tau as a function of the covariates, scaled and
/// gross of costs, in single precision.
package enum EffectModel: Sendable, Equatable {
    /// A boosted model of the effect itself (R, DR, and the one tree of the hybrid).
    case boosted(BoostedModel)
    /// X: share * control + (1 - share) * treated, the share clamped to 0...1.
    case blend(BlendedEffect)
    /// Linear in the features (DML).
    case linear(LinearEffect)
    /// A causal tree's rules with the effects of its leaves.
    case rules(RuleTree)
    /// A causal forest's trees with the means of their leaves.
    case forest(CausalForest)
    /// The difference of two models of the outcome (S and T as parts of a stack).
    case difference(DifferenceEffect)
    /// A convex combination of models of several learners.
    case stack(StackedEffect)

    /// - Throws: `CancellationError`.
    func predict(_ rows: ScoredRows, cancellation: Cancellation) throws -> [Float] {
        switch self {
        case .boosted(let model):
            model.predict(features: rows.features, width: rows.width, rows: rows.units.count)
        case .blend(let blend): blend.predict(rows)
        case .linear(let linear): linear.predict(rows)
        case .rules(let tree): tree.values(of: rows)
        case .forest(let forest):
            try forest.predict(
                rows.columns, units: rows.units, variances: false,
                context: RunContext(workers: Workers(count: 1), cancellation: cancellation)
            ).effects
        case .difference(let difference): difference.predict(rows)
        case .stack(let stack): try stack.predict(rows, cancellation: cancellation)
        }
    }

    /// The standard error of each prediction; nil where the model has none.
    /// - Throws: `CancellationError`.
    func standardErrors(_ rows: ScoredRows, cancellation: Cancellation) throws -> [Float]? {
        switch self {
        case .boosted, .blend, .difference, .stack: nil
        case .linear(let linear): linear.standardErrors(rows)
        case .rules(let tree): tree.standardErrors(of: rows)
        case .forest(let forest):
            try forest.predict(
                rows.columns, units: rows.units,
                context: RunContext(workers: Workers(count: 1), cancellation: cancellation)
            ).variances.map { max(0, $0).squareRoot() }
        }
    }

    var hasStandardErrors: Bool {
        switch self {
        case .boosted, .blend, .difference, .stack: false
        case .linear(let linear): linear.covariance != nil
        case .rules(let tree): tree.hasStandardErrors
        case .forest: true
        }
    }

    /// The same for export: what says how sure the effects are stays in the study.
    var withoutErrors: EffectModel {
        switch self {
        case .boosted, .blend, .forest, .difference: self
        case .linear(let linear): .linear(linear.withoutCovariance)
        case .rules(let tree): .rules(tree.withoutErrors)
        case .stack(let stack): .stack(stack.withoutErrors)
        }
    }

    /// An effect that is the same for everybody.
    package static func constant(_ value: Float) -> EffectModel { .boosted(BoostedModel(base: value, trees: [])) }

    /// Whether every feature it reads is one of an encoding's, and every covariate among so many.
    package func reads(_ encoding: FeatureEncoding, covariateCount: Int) -> Bool {
        switch self {
        case .boosted(let model): encoding.fits(model)
        case .blend(let blend): [blend.control, blend.treated, blend.share].allSatisfy(encoding.fits)
        case .linear(let linear): linear.terms.allSatisfy { (0..<encoding.width).contains($0.feature) }
        case .rules(let tree): tree.nodes.allSatisfy { $0.covariate < covariateCount }
        case .forest(let forest): forest.reads(covariateCount: covariateCount)
        case .difference(let difference): [difference.treated, difference.control].allSatisfy(encoding.fits)
        case .stack(let stack):
            stack.parts.allSatisfy { $0.model.reads(encoding, covariateCount: covariateCount) }
        }
    }
}

extension EffectModel: Codable {
    private enum CodingKeys: String, CodingKey {
        case kind, model
    }

    private enum Kind: String, Codable {
        case boosted, blend, linear, rules, forest, difference, stack
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self =
            switch try container.decode(Kind.self, forKey: .kind) {
            case .boosted: .boosted(try container.decode(BoostedModel.self, forKey: .model))
            case .blend: .blend(try container.decode(BlendedEffect.self, forKey: .model))
            case .linear: .linear(try container.decode(LinearEffect.self, forKey: .model))
            case .rules: .rules(try container.decode(RuleTree.self, forKey: .model))
            case .forest: .forest(try container.decode(CausalForest.self, forKey: .model))
            case .difference: .difference(try container.decode(DifferenceEffect.self, forKey: .model))
            case .stack: .stack(try container.decode(StackedEffect.self, forKey: .model))
            }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        func put(_ kind: Kind, _ model: some Encodable) throws {
            try container.encode(kind, forKey: .kind)
            try container.encode(model, forKey: .model)
        }
        switch self {
        case .boosted(let model): try put(.boosted, model)
        case .blend(let blend): try put(.blend, blend)
        case .linear(let linear): try put(.linear, linear)
        case .rules(let tree): try put(.rules, tree)
        case .forest(let forest): try put(.forest, forest)
        case .difference(let difference): try put(.difference, difference)
        case .stack(let stack): try put(.stack, stack)
        }
    }
}
