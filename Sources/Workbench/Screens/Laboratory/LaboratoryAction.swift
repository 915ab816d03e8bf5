import Policies
import Studies

/// What can be done on the Laboratory screen.
package enum LaboratoryAction: ScreenAction {
    /// The study, or the next scenario.
    case nextWorld
    /// Moves the noise level by steps of 5.
    case turnNoise(Int)
    /// More or fewer experiments.
    case turnReplicates(Int)
    /// Units of every arm; nil for the usual number.
    case setUnits(Int?)
    case nextOrder
    /// Leaves the focused method out, or takes it in again.
    case toggleMethod
    /// Compares the methods.
    case run

    package func fits(_ space: PolicySpace) -> Bool {
        switch self {
        case .turnNoise(let steps), .turnReplicates(let steps): ActionBounds.steps.contains(steps)
        case .setUnits(let units): units.map(CompareMethods.unitRange.contains) ?? true
        default: true
        }
    }
}

extension Action {
    package static func laboratory(_ action: LaboratoryAction) -> Action {
        .own(OwnAction(LaboratoryScreen.self, action))
    }
}

extension Action.Prompt {
    package static let laboratoryUnits = Action.Prompt(LaboratoryUnitsPrompt())
}

/// Units of an arm, typed.
struct LaboratoryUnitsPrompt: PromptLine {
    func question(_ state: WorkbenchState) -> String { "units of every arm =" }
    func start(_ state: WorkbenchState) -> String { "" }

    func action(for text: String, _ state: WorkbenchState) -> PromptAnswer {
        let range = CompareMethods.unitRange
        guard let units = Int(text), range.contains(units) else {
            return .wrong("\"\(text)\" is no number of units; type one from \(range.lowerBound) to \(range.upperBound)")
        }
        return .right(.laboratory(.setUnits(units)))
    }
}
