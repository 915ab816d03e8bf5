import Experiments

/// How an inner node divides: its rule, and the numbers of its children.
package struct Branch: Sendable, Equatable {
    package let split: Split
    package let left: Int

    package init(split: Split, left: Int) {
        self.split = split
        self.left = left
    }

    package var right: Int { left + 1 }
}
