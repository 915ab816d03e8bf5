import Effects
import Texts

extension ModelsScreen {
    package static var terms: [Explained] {
        [
            Explained(.heterogeneity, verdict), Explained(.tauRisk, best), Explained(.autoc, ranking),
            Explained(.calibration, calibration), Explained(.interval),
        ]
    }

    private static func judged(_ state: WorkbenchState) -> [ValidatedLearner] {
        guard let report = state.results[.modelReport], let space = state.facts.description?.space else { return [] }
        let pair = ModelRows.pair(state)
        return report.judgements.filter {
            $0.arm == space.arms[pair.arm] && $0.outcome == space.outcomes[pair.outcome].name
        }
    }

    private static func verdict(_ state: WorkbenchState) -> String? {
        guard let report = state.results[.modelReport], let first = judged(state).first else { return nil }
        return report.verdicts.first { $0.arm == first.arm && $0.outcome == first.outcome }.map {
            "\($0.sentence), p \(NumberText.significant($0.adjustedP, 2)) after Holm."
        }
    }

    private static func best(_ state: WorkbenchState) -> String? {
        judged(state).min { $0.tauRisk < $1.tauRisk }.map {
            "\($0.learner) has the lowest, \(NumberText.significant($0.tauRisk, 4))."
        }
    }

    private static func ranking(_ state: WorkbenchState) -> String? {
        let best = judged(state).filter { $0.curve != nil }.min { $0.tauRisk < $1.tauRisk }
        return best.flatMap { judgement in
            judgement.curve.map { "\(judgement.learner) has AUTOC \(NumberText.significant($0.autoc.value, 2))." }
        }
    }

    private static func calibration(_ state: WorkbenchState) -> String? {
        let best = judged(state).filter { $0.calibration != nil }.min { $0.tauRisk < $1.tauRisk }
        return best.flatMap { judgement in
            judgement.calibration.map {
                "the slope of \(judgement.learner) is \(NumberText.significant($0.value, 2)) "
                    + "±\(NumberText.significant($0.halfWidth, 2))."
            }
        }
    }
}
