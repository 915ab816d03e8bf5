import Allocation
import Policies
import Studies

/// Actions on limits and on how they are kept.
enum AllocateReducer {
    static func apply(_ action: AllocateAction, _ context: inout ScreenContext<AllocateScreen>) {
        guard let space = context.state.facts.workspace?.space else { return context.sayNotReady() }
        switch action {
        case .turn(let steps): turn(steps, space, &context)
        case .setLimit(let outcome, let value): set(outcome, value, space, &context)
        case .resetLimit: reset(space, &context)
        case .nextMethod:
            let all = AllocationMethod.allCases
            let place = all.firstIndex(of: context.own.request.method) ?? 0
            context.own.request.method = all[(place + 1) % all.count]
            context.message = AllocateRows.explanation(context.own.request.method)
        case .nextCohorts:
            context.own.request.cohorts = context.own.request.cohorts == .joint ? .merged : .joint
            startAnew(&context)
        case .divide(let kind):
            context.own.request.cohorts = kind
            startAnew(&context)
        case .nextEffects:
            context.own.request.effects = context.own.request.effects == .inherited ? .shrunk : .inherited
            context.message =
                context.own.request.effects == .inherited
                ? "every cohort has the effects of its leaves" : "a cohort's own effects, shrunk to its leaves'"
        case .add:
            guard let found = present(&context) else { return }
            if let known = AllocateScreen.candidate(context.state) {
                context.message = "this allocation is candidate \(known.name) already"
            } else {
                context.ask(for: .operation(AddAllocation(found)))
            }
        case .confirm:
            guard context.state.facts.description?.hasConfirm == true else {
                context.message = "the study has no confirm split"
                return
            }
            guard let found = present(&context) else { return }
            context.ask(for: .operation(ConfirmAllocation(found)))
        case .explainLaboratory: context.message = LaboratoryAdvice.sentence(context.state)
        case .useLaboratory: useLaboratory(&context)
        }
    }

    private static func useLaboratory(_ context: inout ScreenContext<AllocateScreen>) {
        guard let advice = LaboratoryAdvice(context.state) else {
            context.message = LaboratoryAdvice.sentence(context.state)
            return
        }
        advice.use(in: &context.own.request)
        context.own.row = min(context.own.row, max(0, AllocateRows.limitCount(context.state) - 1))
        context.filter = ""
        context.message = "method, cohorts and effects are those of \(advice.best.name)"
    }

    /// The allocation of what is asked for now.
    private static func present(_ context: inout ScreenContext<AllocateScreen>) -> StudyAllocation? {
        if let judged = context.state.results[.judgedAllocation]?.solved,
            !context.state.results.isStale(.judgedAllocation)
        {
            return judged
        }
        guard let found = context.state.results[.allocation]?.solved, !context.state.results.isStale(.allocation)
        else {
            context.message = "there is no allocation yet"
            return nil
        }
        return found
    }

    private static func startAnew(_ context: inout ScreenContext<AllocateScreen>) {
        context.own.row = min(context.own.row, max(0, AllocateRows.limitCount(context.state) - 1))
        context.filter = ""
        context.message = "cohorts: \(context.own.request.cohorts)"
    }

    private static func turn(
        _ steps: Int, _ space: PolicySpace, _ context: inout ScreenContext<AllocateScreen>
    ) {
        guard let outcome = AllocateRows.focusedLimit(context.state) else {
            context.message = "j and k go to a limit, h and l move it"
            return
        }
        let track = LimitTrack(space, outcome)
        let present = track.value(context.own.request.threshold(outcome, space), space, outcome)
        set(outcome, present.map { track.step(from: $0, by: steps) } ?? 0, space, &context)
    }

    private static func set(
        _ outcome: Int, _ value: Double, _ space: PolicySpace, _ context: inout ScreenContext<AllocateScreen>
    ) {
        let track = LimitTrack(space, outcome)
        let name = space.outcomes[outcome].name
        context.own.request.limits[name] = track.threshold(value)
        context.message = "\(name) has to be better by at least \(track.text(value))"
    }

    private static func reset(_ space: PolicySpace, _ context: inout ScreenContext<AllocateScreen>) {
        guard let outcome = AllocateRows.focusedLimit(context.state) else { return }
        let name = space.outcomes[outcome].name
        context.own.request.limits[name] = nil
        context.message = space.outcomes[outcome].limit == nil ? "\(name) has no limit" : "\(name) has the spec's limit"
    }
}
