import Effects
import Experiments
import Testing

@Suite struct TrainingDataTests {
    private let experiment = SimulatedExperiment(
        units: 400, shares: [2, 1, 1], confirm: 0.3, variesPropensity: true
    ).make(outcomes: 2)

    @Test func itIsWhatTheExperimentHolds() {
        let data = TrainingData(experiment)
        #expect(data.armCount == 3 && data.outcomeCount == 2 && data.unitCount == 400)
        #expect(data.training == experiment.tune && data.heldOut == experiment.confirm)
        #expect(data.outcomes == experiment.outcomes.map(\.observed))
        #expect(data.folds == experiment.splitRule.folds(experiment.units.keys))
        #expect(data.contrasts == ContrastIndex.all(arms: 3, outcomes: 2))
        for fold in 0..<data.foldCount {
            #expect(data.training(outside: fold) == experiment.tune.filter { Int(data.folds[$0]) != fold })
        }
        let share = data.share(ofArm: 2, unit: 7)
        let (own, control) = (experiment.propensity.of(arm: 2, unit: 7), experiment.propensity.of(arm: 0, unit: 7))
        #expect(share == own / (own + control))
    }

    /// Columns are the experiment's own memory, not copies.
    @Test func columnsAreShared() {
        let data = TrainingData(experiment)
        func address(_ values: [Float]) -> UnsafeRawPointer? {
            values.withUnsafeBytes { $0.baseAddress }
        }
        for (column, covariate) in zip(data.columns, experiment.covariates) {
            #expect(address(column) == address(covariate.values))
        }
        for (column, outcome) in zip(data.outcomes, experiment.outcomes) {
            #expect(address(column.values) == address(outcome.observed.values))
        }
    }
}
