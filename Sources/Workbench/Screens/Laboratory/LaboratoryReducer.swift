import Simulation
import Studies

/// Actions on what is compared, and the comparison itself.
enum LaboratoryReducer {
    static func apply(_ action: LaboratoryAction, _ context: inout ScreenContext<LaboratoryScreen>) {
        switch action {
        case .nextWorld:
            context.own.world = context.own.world.next
            context.message = LaboratoryRows.explanation(context.own.world)
        case .turnNoise(let steps):
            guard context.own.world != .study else {
                context.message = "the noise is that of the study; w chooses a scenario, which has levels of it"
                return
            }
            let range = LaboratoryState.noiseRange
            let level = context.own.noise + 5 * Double(steps)
            context.own.noise = min(max(level, range.lowerBound), range.upperBound)
            context.message = ""
        case .turnReplicates(let steps): turnReplicates(steps, &context)
        case .setUnits(let units):
            context.own.units = units
            context.message = ""
        case .nextOrder:
            context.own.order = context.own.order.next
            context.own.row = 0
            context.message = "sorted by \(context.own.order.rawValue)"
        case .toggleMethod:
            guard let name = LaboratoryRows.focused(context.state)?.name else { return }
            if context.own.leftOut.remove(name) == nil { context.own.leftOut.insert(name) }
            context.message = ""
        case .run: run(&context)
        }
    }

    /// To the next step in the direction, from wherever a command or an older version left it.
    private static func turnReplicates(_ steps: Int, _ context: inout ScreenContext<LaboratoryScreen>) {
        let all = LaboratoryState.replicateSteps
        let present = context.own.replicates
        let next = steps > 0 ? all.first { $0 > present } : all.last { $0 < present }
        context.own.replicates = next ?? present
        context.message = ""
    }

    private static func run(_ context: inout ScreenContext<LaboratoryScreen>) {
        guard context.state.facts.workspace != nil, context.state.facts.isOpen else { return context.sayNotReady() }
        let own = context.own
        guard !own.methods.isEmpty else {
            context.message = "every method is left out: Space takes one in"
            return
        }
        context.own.pane = .methods
        context.message = "comparing \(own.methods.count) methods"
        let comparison = CompareMethods(methods: own.methods, replicates: own.replicates, units: own.units)
        if own.world == .study {
            context.ask(for: .operation(comparison))
        } else {
            context.ask(for: .task(CompareInScenario(own.world, noise: own.noise, comparison)))
        }
    }
}
