import Frontier
import Policies

extension Action {
    /// Whether it means something in a study of this size: knobs, arms and outcomes it has, steps and counts that hands and
    /// commands make. A log is a file that anybody may have written.
    func fits(_ space: PolicySpace) -> Bool {
        switch self {
        case .move(let steps), .focus(let steps), .turn(let steps), .rewind(let steps), .cycleArm(let steps),
            .cycleOutcome(let steps):
            Bounds.steps.contains(steps)
        case .set(let knob, let value): Knob.all(in: space).contains(knob) && value.isFinite
        case .prompt(.value(let knob)): knob.fits(space)
        case .pickBest(let count): Bounds.counts.contains(count)
        case .cohorts(.moveColumn(let steps)): Bounds.steps.contains(steps)
        case .front(.zoom(let factor)): Bounds.factors.contains(factor)
        case .front(.pan(let across, let up)): Bounds.shares.contains(across) && Bounds.shares.contains(up)
        case .front(.step(let across, let up)): Bounds.steps.contains(across) && Bounds.steps.contains(up)
        case .setReference(let reference):
            (reference ?? [:]).allSatisfy { name, value in
                value.isFinite && space.outcomes.contains { $0.name == name }
            }
        default: true
        }
    }
}

/// Far beyond what anybody does, and far from where whole numbers end.
private enum Bounds {
    static let steps = -1_000_000...1_000_000
    static let counts = 1...10_000_000
    static let factors = 1e-3...1e3
    static let shares = -1e3...1e3
}
