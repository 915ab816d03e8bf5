/// Every screen, in the order of its tab: the one place that names them all.
enum ScreenList {
    static let all: [any ScreenDefinition.Type] = [
        ExperimentScreen.self, TreesScreen.self, CohortsScreen.self, PolicyScreen.self, FrontScreen.self,
        ModelsScreen.self,
    ]
}
