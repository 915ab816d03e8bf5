import Frontier
import Policies
import Studies
import Texts

extension FrontScreen {
    package static var terms: [Explained] {
        [
            Explained(.front) { state in
                state.facts.front.map { "the last search found \(NumberText.grouped($0.points.count)) policies on it." }
            },
            Explained(.symbols), Explained(.splits),
            Explained(.look) { "looks at confirm so far: \($0.facts.looks)." },
            Explained(.optimism, optimism), Explained(.kept), Explained(.hypervolume, hypervolume), Explained(.limit),
            Explained(.marks), Explained(.interval),
        ]
    }

    private static func optimism(_ state: WorkbenchState) -> String? {
        guard let candidate = state.focused, let tune = candidate.tune?.outcomes[0],
            let confirm = candidate.confirm?.outcomes[0]
        else { return nil }
        return "\(candidate.name) changes \(tune.name) by \(DecisionText.change(tune)) on tune and by "
            + "\(DecisionText.change(confirm)) on confirm."
    }

    private static func hypervolume(_ state: WorkbenchState) -> String? {
        state.facts.front.map { front in
            let isDrawn = Hypervolume.isDrawn(width: state.space?.outcomeCount ?? 0)
            return "that of the front is \(isDrawn ? "about " : "")\(NumberText.significant(front.hypervolume, 3))."
        }
    }
}
