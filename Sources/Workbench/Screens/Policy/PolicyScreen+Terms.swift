import Policies
import Texts

extension PolicyScreen {
    package static var terms: [Explained] {
        [
            Explained(.weight, knob), Explained(.bias), Explained(.shrinkage), Explained(.interval, objective),
            Explained(.limit), Explained(.marks), Explained(.bestArm, bestArm), Explained(.doublyRobust),
            Explained(.effectiveSample, effectiveSample), Explained(.splits),
        ]
    }

    private static func knob(_ state: WorkbenchState) -> String? {
        guard let space = state.space, case .weight(let j)? = state.knob else { return nil }
        let weight = state.decisions.knobs.weights[j]
        return "one unit of \(space.outcomes[j].name) counts as \(Wording.number(weight)) of \(space.outcomes[0].name)."
    }

    private static func objective(_ state: WorkbenchState) -> String? {
        guard let outcome = state.results[.evaluation]?.outcomes[0], let difference = outcome.difference,
            let low = difference.low, let high = difference.high
        else { return nil }
        return "under this policy \(outcome.name) differs from control by \(Wording.signed(difference.value)), and "
            + "anything from \(Wording.signed(low)) to \(Wording.signed(high)) agrees with the data."
    }

    private static func bestArm(_ state: WorkbenchState) -> String? {
        guard let evaluation = state.results[.evaluation] else { return nil }
        let outcome = evaluation.outcomes[0]
        let change = Wording.changeFromBestArm(outcome).map {
            ", from which this policy differs by \($0.value) in \(outcome.name)"
        }
        return "\(evaluation.bestArm)\(change ?? "")."
    }

    private static func effectiveSample(_ state: WorkbenchState) -> String? {
        state.results[.evaluation].map {
            "\(NumberText.grouped(Int($0.effectiveSampleSize.rounded()))) of \(NumberText.grouped($0.units)) units."
        }
    }
}
