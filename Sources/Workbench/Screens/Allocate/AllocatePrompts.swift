import Groups
import Policies
import Runtime

extension Action.Prompt {
    package static func allocationLimit(_ outcome: Int) -> Action.Prompt {
        Action.Prompt(AllocationLimitPrompt(outcome: outcome))
    }
    package static let divide = Action.Prompt(DividePrompt())
}

/// A limit, typed.
struct AllocationLimitPrompt: PromptLine {
    let outcome: Int

    func question(_ state: WorkbenchState) -> String {
        guard let space = state.space, space.outcomes.indices.contains(outcome) else { return "at least =" }
        let name = space.outcomes[outcome].name
        return LimitTrack(space, outcome).isRelative
            ? "\(name) better by at least, % =" : "\(name) better by at least ="
    }

    func start(_ state: WorkbenchState) -> String { "" }

    func action(for text: String, _ state: WorkbenchState) -> PromptAnswer {
        let number = text.hasSuffix("%") ? String(text.dropLast()) : text
        guard let space = state.space, let value = Double(number), value.isFinite else {
            return .wrong("\"\(text)\" is not a number; type one like -2")
        }
        return .right(.allocate(.setLimit(outcome, LimitTrack(space, outcome).isRelative ? value / 100 : value)))
    }
}

/// Covariates to divide the units by, typed.
struct DividePrompt: PromptLine {
    func question(_ state: WorkbenchState) -> String { "covariates and cells, as visits:4,age:2 =" }
    func start(_ state: WorkbenchState) -> String { "" }

    func action(for text: String, _ state: WorkbenchState) -> PromptAnswer {
        guard !text.isEmpty else { return .right(.allocate(.divide(.joint))) }
        do {
            return .right(.allocate(.divide(try CohortKind("heuristic:" + text))))
        } catch let error as EspalierError {
            return .wrong([error.message, error.remedy].compactMap { $0 }.joined(separator: "; "))
        } catch {
            return .wrong("write covariates with their number of cells")
        }
    }
}
