import Policies
import Studies

/// What is allocated on the Allocate screen, and where the analyst looks.
package struct AllocateState: ScreenState {
    /// Limits first, then the cohorts that are listed.
    package var row = 0
    package var request = AllocationRequest(cohorts: .joint)

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case row = "allocateRow"
        case request = "allocation"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        row = try container.decode(.row, or: 0)
        request = try container.decode(.request, or: AllocationRequest(cohorts: .joint))
    }
}

extension WorkbenchState {
    package var allocate: AllocateState {
        get { self[AllocateScreen.self] }
        set { self[AllocateScreen.self] = newValue }
    }
}
