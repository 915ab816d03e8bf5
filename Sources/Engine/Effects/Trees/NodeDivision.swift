/// A node and the branch that replaces it.
package struct NodeDivision: Sendable, Equatable {
    package let node: Int
    package let branch: Branch

    package init(node: Int, branch: Branch) {
        self.node = node
        self.branch = branch
    }
}
