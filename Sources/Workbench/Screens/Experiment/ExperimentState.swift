/// Where the analyst looks on the Experiment screen.
package struct ExperimentState: ScreenState {
    package var pane = ExperimentPane.effects
    package var row = 0

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case pane = "experimentPane"
        case row = "findingRow"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        pane = try container.decode(.pane, or: .effects)
        row = try container.decode(.row, or: 0)
    }
}

extension WorkbenchState {
    package var experiment: ExperimentState {
        get { self[ExperimentScreen.self] }
        set { self[ExperimentScreen.self] = newValue }
    }
}
