/// Where the analyst looks on the Models screen.
package struct ModelsState: ScreenState {
    /// The focused learner, in the report's order.
    package var row = 1
    package var pane = ModelsPane.curve

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case row = "modelRow"
        case pane = "modelsPane"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        row = try container.decode(.row, or: 1)
        pane = try container.decode(.pane, or: .curve)
    }
}

extension WorkbenchState {
    package var models: ModelsState {
        get { self[ModelsScreen.self] }
        set { self[ModelsScreen.self] = newValue }
    }
}
