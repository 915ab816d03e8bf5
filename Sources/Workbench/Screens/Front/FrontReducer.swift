import Frontier
import Studies

/// Actions on the front as it was searched.
enum FrontReducer {
    static func apply(_ action: FrontAction, _ context: inout ScreenContext<FrontScreen>) {
        switch action {
        case .search:
            context.message = "searching the front"
            search(inside: false, &context)
        case .searchInside:
            guard context.state.space?.outcomes.contains(where: { $0.threshold != nil }) == true else {
                context.message = "no outcome has a limit; s searches everywhere"
                return
            }
            context.message = "searching inside the limits"
            search(inside: true, &context)
        case .setReference(let reference):
            context.message =
                reference == nil ? "the reference point of the search counts again" : "the reference point was moved"
            context.decide("move the reference") { $0.reference = reference }
        default: break
        }
    }

    /// Every search goes its own way: its seed is its number.
    private static func search(inside: Bool, _ context: inout ScreenContext<FrontScreen>) {
        let facts = context.state.facts
        let settings = SearchSettings(seed: UInt64((facts.front?.search ?? 0) + 1), feasible: inside)
        context.ask(for: .operation(SearchFront(settings, inputs: facts.inputs)))
    }
}
