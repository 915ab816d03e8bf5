import Runtime
import Statistics

/// What moves what: for every knob of a policy the exact profile, what one percent of it does to each outcome, and how far it
/// may go before more than a given share of units change arm (METHODS section 3).
package struct Sensitivity: Sendable, Equatable {
    package struct Parameter: Sendable, Equatable {
        package let knob: Knob
        package let value: Double
        /// What one percent was: of the value, or of the knob's unit on its track where the value is 0.
        package let step: Double
        package let isOfUnit: Bool
        /// Change of every outcome, in its own unit, per `step`, by the central difference; nil for estimators that have no
        /// paired terms.
        package let changes: [Estimate]?
        /// Share of units whose arm changes between one step down and one step up, halved.
        package let changedShare: Double
        /// The values that give the same arm to all but the allowed share of units; infinite where nothing bounds them.
        package let low: Double
        package let high: Double
        package let profile: ParameterProfile

        package init(
            knob: Knob, value: Double, step: Double, isOfUnit: Bool, changes: [Estimate]?, changedShare: Double,
            low: Double, high: Double, profile: ParameterProfile
        ) {
            self.knob = knob
            self.value = value
            self.step = step
            self.isOfUnit = isOfUnit
            self.changes = changes
            self.changedShare = changedShare
            self.low = low
            self.high = high
            self.profile = profile
        }
    }

    /// The change of an outcome's value per step of a knob in percent of it; nil where the value is 0 or either is not
    /// estimable.
    package func elasticity(_ parameter: Parameter, outcome j: Int) -> Double? {
        guard let change = parameter.changes?[j], let value = values[j], value != 0 else { return nil }
        return 100 * change.value / abs(value)
    }

    /// The share of units that may change arm within `low`...`high`.
    package let allowedShare: Double
    /// Every outcome's value under the policy; nil where not estimable.
    package let values: [Double?]
    package let parameters: [Parameter]

    package init(allowedShare: Double, values: [Double?], parameters: [Parameter]) {
        self.allowedShare = allowedShare
        self.values = values
        self.parameters = parameters
    }

    private static let percent = 0.01

    /// - Parameter allowedShare: in [0, 1].
    /// - Complexity: O(units) per knob, a few passes each.
    package init(
        of knobs: PolicyKnobs, allowedShare: Double, evaluator: PolicyEvaluator, grids: ParameterGrids,
        context: RunContext = RunContext()
    ) throws {
        let space = evaluator.space
        let choice = evaluator.choice(of: LinearPolicy(knobs, in: space))
        let allowed = Int((allowedShare * Double(choice.count)).rounded(.down))
        self.allowedShare = allowedShare
        values = evaluator.moments(of: LinearPolicy(knobs, in: space)).outcomes.map { $0?.value }
        parameters = try Knob.all(in: space).map { knob in
            try context.cancellation.check()
            return Self.parameter(knob, knobs, choice, allowed, evaluator, grids)
        }
    }

    private static func parameter(
        _ knob: Knob, _ knobs: PolicyKnobs, _ choice: [UInt8], _ allowed: Int, _ evaluator: PolicyEvaluator,
        _ grids: ParameterGrids
    ) -> Parameter {
        let space = evaluator.space
        let value = knobs[knob]
        let step = percent * (value == 0 ? grids.unit(of: knob) : abs(value))
        var bounds = (low: -Double.infinity, high: Double.infinity)
        if case .shrinkage = knob { bounds = (0, 1) }
        let steps = [max(bounds.low, value - step), min(bounds.high, value + step)]
        let choices = steps.map { position -> [UInt8] in
            var turned = knobs
            turned[knob] = position
            return evaluator.choice(of: LinearPolicy(turned, in: space))
        }
        // Per step, however far apart the two ends are: a shrinkage at its end has one side only.
        let perStep = step / (steps[1] - steps[0])
        let changes = evaluator.jointDifferences(ofAssignments: choices).map { joint in
            space.outcomes.indices.map { j -> Estimate in
                let whole = joint.absolute.difference(
                    joint.index(policy: 1, outcome: j), less: joint.index(policy: 0, outcome: j))
                return Estimate(
                    value: perStep * whole.value, standardError: whole.standardError.map { perStep * $0 })
            }
        }
        let differing = zip(choices[0], choices[1]).count { $0 != $1 }
        let range = evaluator.agreement(with: choice, along: PolicyLine(of: knob, from: knobs, in: space))
            .range(around: value, allowed: allowed)
        return Parameter(
            knob: knob, value: value, step: step, isOfUnit: value == 0, changes: changes,
            changedShare: perStep * Double(differing) / Double(max(1, choice.count)),
            low: max(bounds.low, range.low), high: min(bounds.high, range.high),
            profile: ParameterProfile(of: knob, from: knobs, grid: grids[knob].values, evaluator: evaluator))
    }
}
