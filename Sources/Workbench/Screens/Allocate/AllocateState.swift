import Policies
import Studies

/// What is allocated on the Allocate screen, and where the analyst looks.
package struct AllocateState: ScreenState {
    /// Limits first, then the cohorts that are listed.
    package var row = 0
    package var request = AllocationRequest(cohorts: .joint)

    package init() {}
}

extension WorkbenchState {
    package var allocate: AllocateState {
        get { self[AllocateScreen.self] }
        set { self[AllocateScreen.self] = newValue }
    }
}
