/// What can be done on the Models screen.
package enum ModelsAction: ScreenAction {
    /// Judges the usual learners, or every one.
    case judge(all: Bool)
    /// Searches settings of the study's learner.
    case searchSettings
    /// Fits the experiment with a learner as another study.
    case fit(learner: String, path: String)
}

extension Action {
    package static func models(_ action: ModelsAction) -> Action { .own(OwnAction(ModelsScreen.self, action)) }
}
