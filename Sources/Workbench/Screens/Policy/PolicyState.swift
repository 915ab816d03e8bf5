import Policies

/// Where the analyst looks on the Policy screen.
package struct PolicyState: ScreenState {
    /// By its position among the knobs.
    package var focusedKnob = 0
    package var pane = PolicyPane.curves

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case focusedKnob
        case pane = "policyPane"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        focusedKnob = try container.decode(.focusedKnob, or: 0)
        pane = try container.decode(.pane, or: .curves)
    }
}

extension WorkbenchState {
    package var policy: PolicyState {
        get { self[PolicyScreen.self] }
        set { self[PolicyScreen.self] = newValue }
    }

    package var knob: Knob? { knobs.indices.contains(policy.focusedKnob) ? knobs[policy.focusedKnob] : nil }
}
