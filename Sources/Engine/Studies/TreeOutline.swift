import Effects

/// A tree as nested nodes with rules in words: what the screen outlines and `espalier tree` prints.
package struct TreeOutline: Sendable, Equatable, Codable {
    /// The condition that leads here from the parent; "all units" at the root.
    package let rule: String
    /// Tune units of all arms.
    package let units: Int
    package let effect: Double
    package let standardError: Double
    package let low: Double
    package let high: Double
    package let children: [TreeOutline]
}

extension StudyTrees {
    /// The outline of the tree at (arm - 1) * outcomes + outcome.
    package func outline(of index: Int) -> TreeOutline {
        let tree = trees[index]
        func visit(_ node: Int, rule: String) -> TreeOutline {
            let own = tree.nodes[node]
            let children = own.split.map { split in
                (0..<2).map { side in
                    visit(own.left + side, rule: split.text(left: side == 0, covariates))
                }
            }
            return TreeOutline(
                rule: rule, units: own.units, effect: own.estimate.effect, standardError: own.estimate.standardError,
                low: own.estimate.low, high: own.estimate.high, children: children ?? [])
        }
        return visit(0, rule: "all units")
    }
}
