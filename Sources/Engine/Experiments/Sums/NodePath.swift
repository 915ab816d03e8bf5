/// A node of a tree by the conditions that lead to it from the root: what a warehouse writes as a branch of a CASE.
package struct NodePath: Sendable, Hashable {
    /// One condition: a split and the side of it.
    package struct Step: Sendable, Hashable {
        package let split: Split
        package let goesLeft: Bool

        package init(split: Split, goesLeft: Bool) {
            self.split = split
            self.goesLeft = goesLeft
        }
    }

    /// From the root down; empty for the root itself.
    package let steps: [Step]

    package init(_ steps: [Step]) { self.steps = steps }

    package static let root = NodePath([])

    /// The path of one child of this node.
    package func child(of split: Split, goesLeft: Bool) -> NodePath {
        NodePath(steps + [Step(split: split, goesLeft: goesLeft)])
    }
}
