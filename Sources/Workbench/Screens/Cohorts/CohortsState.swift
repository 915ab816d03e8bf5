/// Where the analyst looks on the Cohorts screen.
package struct CohortsState: ScreenState {
    package var row = 0
    package var view = CohortsView()

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case row = "cohortRow"
        case view = "cohortsView"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        row = try container.decode(.row, or: 0)
        view = try container.decode(CohortsView.self, forKey: .view)
        // Earlier versions knew two kinds, and none of them groups.
        if view.kind == nil, try container.decode(OlderView.self, forKey: .view).isMerged == true {
            view.kind = .merged
        }
    }

    private struct OlderView: Decodable {
        let isMerged: Bool?
    }
}

extension WorkbenchState {
    package var cohorts: CohortsState {
        get { self[CohortsScreen.self] }
        set { self[CohortsScreen.self] = newValue }
    }
}
