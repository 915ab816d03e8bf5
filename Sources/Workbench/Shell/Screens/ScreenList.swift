/// Every screen, in the order of its tab: the one place that names them all.
enum ScreenList {
    static let all: [any ScreenDefinition.Type] = [
        ExperimentScreen.self, TreesScreen.self, CohortsScreen.self, PolicyScreen.self, FrontScreen.self,
        ModelsScreen.self, AllocateScreen.self, BudgetScreen.self, OnlineScreen.self, LaboratoryScreen.self,
        SetupScreen.self, PoolScreen.self,
    ]

    /// Those of a study.
    static let ofStudy = all.filter { $0.needsStudy }

    /// Those in the line of tabs: one without a tab comes before the others while it is shown.
    static func inTabs(_ state: WorkbenchState) -> [any ScreenDefinition.Type] {
        let shown = shown(state)
        return shown.filter { !$0.isTab && $0.screen == state.screen } + shown.filter { $0.isTab }
    }

    /// Those that can be shown now: one without a study stands alone.
    static func shown(_ state: WorkbenchState) -> [any ScreenDefinition.Type] {
        guard let definition = state.screen.definition, !definition.needsStudy else { return ofStudy }
        return [definition]
    }
}
