import Synchronization

/// Counts finished pieces of work across threads.
package final class Counter: Sendable {
    private let value = Atomic<Int>(0)

    package init() {}

    /// The count after adding one.
    package func next() -> Int { value.add(1, ordering: .relaxed).newValue }
}
