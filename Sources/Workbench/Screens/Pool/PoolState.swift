import Pooling

/// A pool of experiments and where the analyst looks in it. The pool is a file of its own, which no study keeps.
package struct PoolState: UnsavedState {
    /// nil in a study.
    package var fit: PoolFit?
    /// The experiment with the cursor, in the order of the pool.
    package var focused = 0
    /// The outcome looked at, in the order of the pool.
    package var outcome = 0
    /// Whether the details of the focused experiment are open.
    package var isDetailed = false

    package init() {}
}

extension WorkbenchState {
    package var pool: PoolState {
        get { self[PoolScreen.self] }
        set { self[PoolScreen.self] = newValue }
    }
}
