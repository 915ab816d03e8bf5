/// Every screen, in the order of its tab: the one place that names them all.
enum ScreenList {
    static let all: [any ScreenDefinition.Type] = [
        ExperimentScreen.self, TreesScreen.self, CohortsScreen.self, PolicyScreen.self, FrontScreen.self,
        ModelsScreen.self, AllocateScreen.self, BudgetScreen.self, SetupScreen.self,
    ]

    /// Those of a study.
    static let ofStudy = all.filter { $0.needsStudy }

    /// Those that can be shown now.
    static func shown(_ state: WorkbenchState) -> [any ScreenDefinition.Type] {
        state.screen.definition?.needsStudy == false ? all.filter { !$0.needsStudy } : ofStudy
    }
}
