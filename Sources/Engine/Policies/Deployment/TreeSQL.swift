import Effects
import Experiments
import Warehouses

/// Trees as nested `CASE` expressions over columns of encoded covariates, where NULL is missing and levels are their codes.
///
/// A comparison with NULL is not true, so a condition names the side that missing values do not go to.
struct TreeSQL {
    /// What a rule reads.
    enum Value: Sendable, Equatable {
        /// A column of numbers, or of codes.
        case column(String)
        /// 1 where a column of codes has this one, else 0.
        case indicator(String, code: Int)
    }

    let dialect: SQLDialect

    /// The condition of one side of a node; nil where every value goes to the other, and all that is missing too.
    private enum Side {
        case condition(String)
        case all
        case none
    }

    private func choice(missingLeft: Bool, left: Side, right: Side, _ children: (left: String, right: String)) -> String
    {
        let (stated, first, other) =
            missingLeft ? (right, children.right, children.left) : (left, children.left, children.right)
        return switch stated {
        case .condition(let text): "CASE WHEN \(text) THEN \(first) ELSE \(other) END"
        case .all: first
        case .none: other
        }
    }

    private func list(_ codes: [UInt8]) -> String { codes.map { "\($0)" }.joined(separator: ", ") }

    // MARK: Boosted trees

    /// - Parameter features: by index.
    func text(_ tree: BoostedTree, _ features: [Value]) -> String {
        let steps = tree.list
        func node(_ index: Int) -> String {
            guard case .inner(let feature, let below, let right, let missingLeft, let children) = steps[index] else {
                if case .leaf(let value) = steps[index] { return dialect.near(value) }
                return ""
            }
            let sides = sides(features[feature], below: below, right: right)
            return choice(
                missingLeft: missingLeft, left: sides.left, right: sides.right,
                (node(children.left), node(children.right)))
        }
        return node(0)
    }

    private func sides(_ value: Value, below: Float, right: [UInt8]?) -> (left: Side, right: Side) {
        switch value {
        case .column(let column):
            if let right { return sides(column, left: false, right) }
            let bound = SQLDialect.Bound(below, includes: false, dialect)
            return (.condition(bound.holds(column)), .condition(bound.fails(column)))
        case .indicator(let column, let code):
            // Of 0 and 1.
            switch (0 < below, 1 < below) {
            case (true, false): return (.condition("\(column) <> \(code)"), .condition("\(column) = \(code)"))
            case (true, true): return (.condition("\(column) IS NOT NULL"), .none)
            default: return (.none, .condition("\(column) IS NOT NULL"))
            }
        }
    }

    /// - Parameter left: whether the codes are those that go left.
    private func sides(_ column: String, left: Bool, _ codes: [UInt8]) -> (left: Side, right: Side) {
        let own: Side = codes.isEmpty ? .none : .condition("\(column) IN (\(list(codes)))")
        let others: Side =
            .condition(codes.isEmpty ? "\(column) IS NOT NULL" : "\(column) NOT IN (\(list(codes)))")
        return left ? (own, others) : (others, own)
    }

    // MARK: Trees of rules

    /// A node of rules: nil limits and levels let every value that is there go left.
    struct Rule {
        let column: String
        let atMost: Float?
        let levels: [UInt8]?
        let missingLeft: Bool
        let left: Int
    }

    /// - Parameters:
    ///   - rule: of a node; nil in leaves.
    ///   - leaf: what stands in one.
    func text(_ rule: (Int) -> Rule?, leaf: (Int) -> String) -> String {
        func node(_ index: Int) -> String {
            guard let rule = rule(index) else { return leaf(index) }
            let sides: (left: Side, right: Side)
            if let levels = rule.levels {
                sides = self.sides(rule.column, left: true, levels)
            } else if let limit = rule.atMost, limit.isFinite {
                let bound = SQLDialect.Bound(limit, includes: true, dialect)
                sides = (.condition(bound.holds(rule.column)), .condition(bound.fails(rule.column)))
            } else {
                sides = (.condition("\(rule.column) IS NOT NULL"), .none)
            }
            return choice(
                missingLeft: rule.missingLeft, left: sides.left, right: sides.right,
                (node(rule.left), node(rule.left + 1)))
        }
        return node(0)
    }

    func text(_ tree: RuleTree, _ columns: [String]) -> String {
        text(
            { index in
                let node = tree.nodes[index]
                guard node.covariate >= 0 else { return nil }
                return Rule(
                    column: columns[node.covariate], atMost: node.atMost, levels: node.levels,
                    missingLeft: node.missingLeft, left: node.left)
            }, leaf: { dialect.near(tree.nodes[$0].effect) })
    }

    /// The number of the leaf, or what stands for it.
    func text(_ tree: RegionTree, _ columns: [String]) -> String {
        text(
            { index in
                let node = tree.nodes[index]
                guard node.covariate >= 0 else { return nil }
                return Rule(
                    column: columns[node.covariate], atMost: node.atMost, levels: node.levels,
                    missingLeft: node.missingLeft, left: node.left)
            }, leaf: { "\(tree.nodes[$0].leaf)" })
    }

    /// - Parameter mean: which of the leaf's means.
    func text(_ tree: ForestTree, _ columns: [String], mean: (ForestTree.LeafMeans) -> Float) -> String {
        let nodes = tree.list
        return text(
            { index in
                guard case .inner(let split, let left) = nodes[index] else { return nil }
                return Rule(
                    column: columns[split.covariate], atMost: split.rule.limit, levels: split.rule.leftLevels,
                    missingLeft: split.missingGoesLeft, left: left)
            },
            leaf: { index in
                guard case .leaf(let means) = nodes[index] else { return "" }
                // Forests are summed in double precision.
                return dialect.literal(Double(mean(means)))
            })
    }
}
