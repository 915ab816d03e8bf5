import Allocation
import Policies
import Studies

extension Screen {
    package static let allocate = Screen("allocate")
}

/// Who gets what under limits: limits as sliders on the left, cohorts and their arms, and what each method promises and keeps.
package enum AllocateScreen: ScreenDefinition {
    package typealias State = AllocateState
    package typealias OwnAction = AllocateAction

    package static let screen = Screen.allocate
    package static let number = 7
    package static let title = "Allocate"
    package static let shortTitle = "Alloc"
    package static let hint = "Who gets what under limits? h/l moves one: see its price."

    package static let keys =
        [
            Binding([.character("l"), .right], "limit", "loosen or tighten the limit a step up", .allocate(.turn(1))),
            Binding([.character("h"), .left], "", "move the limit a step down", .allocate(.turn(-1))),
            Binding([.character("L")], "×10", "move the limit ten steps up", .allocate(.turn(10))),
            Binding([.character("H")], "", "move the limit ten steps down", .allocate(.turn(-10))),
            Binding([.character("=")], "type", "type the limit, in percent of control", .prompt(.allocationLimit(0))),
            Binding([.character("x")], "reset", "the spec's limit again", .allocate(.resetLimit)),
            Binding([.character("o")], "method", "the next method", .allocate(.nextMethod)),
            Binding([.character("c")], "cohorts", "merged or joint cohorts", .allocate(.nextCohorts)),
            Binding([.character("d")], "divide", "cohorts by quantiles of covariates", .prompt(.divide)),
            Binding(
                [.character("s")], "effects", "the leaf's effects, or the cohort's shrunk to them",
                .allocate(.nextEffects)),
            Binding([.character("a")], "add", "add the allocation as a candidate", .allocate(.add)),
            Binding([.character("C")], "confirm", "look at it on confirm, which counts", .allocate(.confirm)),
            Binding(
                [.character("I")], "", "what the laboratory says of the methods", .allocate(.explainLaboratory)),
            Binding([.character("r")], "", "use the laboratory's best method", .allocate(.useLaboratory)),
        ] + KeyTable.movement

    package static let derivations: [Derivation] = [
        Derivation(.allocation) { state in AllocatePresent(state, resamples: nil) },
        Derivation(.judgedAllocation, after: .allocation) { state in AllocatePresent(state, resamples: 200) },
        Derivation(.limitCurve, after: .allocation) { state in TracePresent(state) },
        Derivation(.methodComparison, after: .judgedAllocation) { state in ComparePresent(state) },
    ]

    package static func rowCount(_ state: WorkbenchState) -> Int {
        AllocateRows.limitCount(state) + AllocateRows.cohorts(state).count
    }

    package static func row(_ state: WorkbenchState) -> Int { state.allocate.row }

    package static func focus(_ row: Int, _ context: inout ScreenContext<Self>) {
        context.own.row = row
        context.message = ""
    }

    package static func reduce(_ action: AllocateAction, _ context: inout ScreenContext<Self>) {
        AllocateReducer.apply(action, &context)
    }

    /// The candidate that the present allocation is.
    package static func candidate(_ state: WorkbenchState) -> Candidate? {
        guard let found = state.results[.allocation]?.solved else { return nil }
        return state.visibleCandidates.last { $0.policy == found.policy }
    }

    package static func notedCandidate(_ state: WorkbenchState) -> Candidate? { candidate(state) }

    /// The limit that a typed value is for.
    package static func resolve(_ action: Action, _ state: WorkbenchState) -> Action? {
        guard case .prompt(let prompt) = action, prompt.line is AllocationLimitPrompt else { return action }
        return AllocateRows.focusedLimit(state).map { .prompt(.allocationLimit($0)) }
    }

    package static func slide(track: Int, to share: Double, _ state: WorkbenchState) -> Action? {
        guard let space = state.space, space.outcomes.indices.contains(track + 1) else { return nil }
        return .allocate(.setLimit(track + 1, LimitTrack(space, track + 1).value(at: share)))
    }

    package static func slide(by steps: Int) -> Action? { .allocate(.turn(steps)) }

    package static func filter(_ text: String, _ context: inout ScreenContext<Self>) {
        context.filter = text
        focus(min(context.own.row, max(0, rowCount(context.state) - 1)), &context)
    }

    package static func fits(_ saved: AllocateState, _ space: PolicySpace) -> Bool { saved.request.fits(space) }

    package static func finding(_ state: WorkbenchState) -> String { AllocateRows.finding(state) }
}
