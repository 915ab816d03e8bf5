import Experiments
import Studies

extension ExperimentScreen {
    package static var terms: [Explained] {
        [
            Explained(.sampleRatio) { finding(.sampleRatio, $0) }, Explained(.interval, focusedEffect),
            Explained(.marks), Explained(.limit, limits), Explained(.balance) { finding(.balance, $0) },
            Explained(.fewEvents),
        ]
    }

    private static func finding(_ check: HealthFinding.Check, _ state: WorkbenchState) -> String? {
        state.facts.health?.findings.first { $0.check == check }.map { $0.sentence + "." }
    }

    static func focusedEffect(_ state: WorkbenchState) -> String? {
        guard let description = state.facts.description else { return nil }
        let averages = ExperimentRows.averages(state, description)
        let row = state.experiment.pane == .effects ? state.experiment.row : 0
        guard averages.indices.contains(row) else { return nil }
        let (average, space) = (averages[row], description.space)
        let texts = EffectText(description)
        let (low, high) = (average.difference.low, average.difference.high)
        return "\(space.arms[average.arm]) changes \(space.outcomes[average.outcome].name) by "
            + "\(texts.value(average.difference.effect, average.outcome)), and anything from "
            + "\(texts.value(low, average.outcome)) to \(texts.value(high, average.outcome)) agrees with the data."
    }

    private static func limits(_ state: WorkbenchState) -> String? {
        let limited = (state.facts.description?.space.outcomes ?? []).filter { $0.threshold != nil }
        guard !limited.isEmpty else { return "no outcome has a limit." }
        return limited.map { "\($0.name), \(DecisionText.threshold($0))" }.joined(separator: "; ") + "."
    }
}
