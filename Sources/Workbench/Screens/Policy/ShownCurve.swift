import Policies

/// The curve of the focused knob that is shown: the exact one, a sample's until that is there, or else the last exact one.
struct ShownCurve {
    let profile: ParameterProfile
    let isSample: Bool
    let isStale: Bool

    /// nil where there is none of that knob.
    init?(_ state: WorkbenchState) {
        guard let knob = state.knob else { return nil }
        let exact = state.results[.profile].flatMap { $0.knob == knob ? $0 : nil }
        let sample = state.results[.profileSample].flatMap { $0.knob == knob ? $0 : nil }
        isSample =
            (exact == nil || state.results.isStale(.profile)) && sample != nil
            && !state.results.isStale(.profileSample)
        guard let profile = isSample ? sample : exact else { return nil }
        self.profile = profile
        isStale = !isSample && state.results.isStale(.profile)
    }
}
