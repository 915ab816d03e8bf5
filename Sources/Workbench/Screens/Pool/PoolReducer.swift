import Texts

/// Actions on where the analyst looks in a pool.
enum PoolReducer {
    static func apply(_ action: PoolAction, _ context: inout ScreenContext<PoolScreen>) {
        guard let fit = context.own.fit else { return }
        context.message = ""
        switch action {
        case .cycleOutcome(let steps):
            let count = fit.model.shape.outcomes.count
            context.own.outcome = ((context.own.outcome + steps) % count + count) % count
        case .open: context.own.isDetailed = !PoolRows.experiments(context.state).isEmpty
        case .close: context.own.isDetailed = false
        case .notes:
            guard !fit.notes.isEmpty else {
                context.message = "there is nothing to be noted of how the experiments go together"
                return
            }
            // A page does not wrap, and the least terminal is 60 columns wide.
            let text = fit.notes.map { TextWidth.wrap($0, to: 56).joined(separator: "\n") }.joined(separator: "\n\n")
            context.display(Page(title: "notes on the pool", text: text))
        }
    }
}
