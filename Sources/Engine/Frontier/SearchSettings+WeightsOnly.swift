extension SearchSettings {
    /// The same search of the weights alone, with the share of the effort that its smaller space needs.
    package var weightsOnly: SearchSettings {
        var settings = self
        settings.method = .weights
        settings.evaluations = max(1, evaluations / 2)
        return settings
    }
}
