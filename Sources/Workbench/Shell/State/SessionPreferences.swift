/// What the workbench knows of the terminal and the person before it: none of it belongs to the study.
package struct SessionPreferences: Sendable, Equatable {
    /// The theme in use, and all there are.
    package var theme: String
    package var themes: [String]
    package var mouse: Bool
    /// Screens whose first-run hint is still to be shown.
    package var hints: Set<Screen>
    /// Where a choice of theme is kept, for the message that says so.
    package var configFile: String

    /// Without arguments: no terminal, nothing to choose, nothing to hint at.
    package init(
        theme: String = "", themes: [String] = [], mouse: Bool = false, hints: Set<Screen> = [],
        configFile: String = ""
    ) {
        self.theme = theme
        self.themes = themes
        self.mouse = mouse
        self.hints = hints
        self.configFile = configFile
    }
}
