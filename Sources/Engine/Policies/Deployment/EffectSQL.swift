import Effects
import Experiments
import Warehouses

/// Effects of models as expressions, in the precision and the order of sums that `assign` has.
struct EffectSQL {
    let dialect: SQLDialect
    /// What models read as features, by index.
    let features: [TreeSQL.Value]
    /// Columns of encoded covariates, for rules and forests.
    let covariates: [String]
    private var trees: TreeSQL { TreeSQL(dialect: dialect) }

    private func literal(_ number: Double) -> String { dialect.operand(number) }

    /// A model of boosted trees, in single precision.
    func boosted(_ model: BoostedModel, fold: Int, _ sums: inout RunningSums) throws -> String {
        guard !model.trees.isEmpty else { return dialect.single(model.base) }
        return try sums.add(
            fold: fold, isSingle: true, start: dialect.single(model.base),
            terms: model.trees.map { trees.text($0, features) })
    }

    /// - Returns: an expression in single precision, over columns of the sums.
    func effect(_ model: EffectModel, fold: Int, _ sums: inout RunningSums) throws -> String {
        switch model {
        case .boosted(let model): return try boosted(model, fold: fold, &sums)
        case .difference(let difference):
            let treated = try boosted(difference.treated, fold: fold, &sums)
            return "(\(treated) - \(try boosted(difference.control, fold: fold, &sums)))"
        case .blend(let blend):
            let share = try boosted(blend.share, fold: fold, &sums)
            let (control, treated) = (
                try boosted(blend.control, fold: fold, &sums), try boosted(blend.treated, fold: fold, &sums)
            )
            let (zero, one) = (dialect.single(0), dialect.single(1))
            let weight =
                blend.share.trees.isEmpty
                ? dialect.single(min(1, max(0, blend.share.base))) : "LEAST(\(one), GREATEST(\(zero), \(share)))"
            return "(\(weight) * \(control) + (\(one) - \(weight)) * \(treated))"
        case .linear(let linear):
            let terms = linear.terms.map { "\(literal($0.coefficient)) * \(value(of: $0))" }
            let sum = try sums.add(fold: fold, isSingle: false, start: literal(linear.intercept), terms: terms)
            return dialect.real(sum)
        case .rules(let tree): return dialect.real(trees.text(tree, covariates))
        case .forest(let forest): return try effect(forest, fold: fold, &sums)
        case .stack(let stack):
            let parts = try stack.parts.map { part in
                "\(literal(part.weight)) * \(dialect.double(try effect(part.model, fold: fold, &sums)))"
            }
            return dialect.real("(\(parts.joined(separator: " + ")))")
        }
    }

    private func value(of term: LinearEffect.Term) -> String {
        let (zero, one) = (dialect.literal(0), dialect.literal(1))
        let (column, value) =
            switch features[term.feature] {
            case .column(let column): (column, column)
            case .indicator(let column, let code):
                (column, "(CASE WHEN \(column) = \(code) THEN \(one) ELSE \(zero) END)")
            }
        guard let centre = term.centre else { return "(CASE WHEN \(column) IS NULL THEN \(one) ELSE \(zero) END)" }
        return "(CASE WHEN \(column) IS NULL THEN \(zero) ELSE \(value) - \(literal(centre)) END)"
    }

    private func effect(_ forest: CausalForest, fold: Int, _ sums: inout RunningSums) throws -> String {
        let constant = dialect.single(Float(forest.constant.effect))
        let own = forest.trees.filter { !$0.isEmpty }
        guard !own.isEmpty else { return constant }
        let zero = dialect.literal(0)
        let means: [(ForestTree.LeafMeans) -> Float] = [\.treatment, \.outcome, \.product, \.square]
        let count = literal(Double(own.count))
        let (w, y, p, s) = try {
            let columns = try means.map { mean in
                let terms = own.map { trees.text($0, covariates, mean: mean) }
                return "(\(try sums.add(fold: fold, isSingle: false, start: zero, terms: terms)) / \(count))"
            }
            return (columns[0], columns[1], columns[2], columns[3])
        }()
        let spread = "(\(s) - \(w) * \(w))"
        let effect = dialect.real("((\(p) - \(w) * \(y)) / \(spread))")
        return "CASE WHEN \(spread) > \(dialect.literal(1e-10)) THEN \(effect) ELSE \(constant) END"
    }
}
