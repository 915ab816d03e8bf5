import Effects
import Experiments
import Runtime
import Testing

@Suite struct LearnerCapabilitiesTests {
    /// What every learner says of itself: name, intervals, nested outcome models, searched settings.
    @Test func theTable() {
        let table = (NamedLearner.fitted + [.columns]).map { named in
            let own = named.learner.capabilities
            let searched = (named.learner as? any SearchableLearner)?.searchSpace
            return "\(named.name) \(own.intervals ? "intervals" : "-") \(own.nestedOutcomeModels ? "nested" : "-") "
                + "\(own.columns) \(searched?.part.rawValue ?? "-")"
        }
        #expect(
            table == [
                "s - - covariates outcomeModels", "t - - covariates outcomeModels",
                "t-forest - - covariates outcomeModels", "x - - covariates effectModels",
                "r - nested covariates effectModels", "dr - nested covariates effectModels",
                "dml intervals nested covariates -", "hybrid intervals - covariates effectModels",
                "tree intervals - covariates -", "forest intervals nested covariates -",
                "stack - nested covariates -",
                "columns - - suppliedEffects -",
            ])
        #expect((NamedLearner.fitted + [.columns]).allSatisfy { $0.learner.capabilities.manyArms })
        #expect((NamedLearner.fitted + [.columns]).allSatisfy { $0.learner.capabilities.missingValues })
    }

    /// Outcome models that only scores come of train on a sample of many units, others on all.
    @Test(arguments: NamedLearner.fitted) func samplesAreForScoresAlone(_ named: NamedLearner) throws {
        let experiment = SimulatedExperiment(
            units: 900, shares: [1, 1], effect: { arm, x in x[0] > 0 ? Double(arm) : 0 }
        )
        .make()
        let data = TrainingData(experiment)
        let context = RunContext(workers: Workers(count: 1))
        func predictions(_ sample: Int) throws -> [[Float]] {
            try Nuisances.fit(data, for: [named], sample: sample, context: context).predictions
        }
        #expect(try (predictions(100) == predictions(10_000)) == (named.name != "tree"))
    }

    /// A learner does what it says, with three arms and missing values, and with no more than it asks for.
    @Test(arguments: NamedLearner.fitted) func whatItSaysIsSo(_ named: NamedLearner) throws {
        let experiment = SimulatedExperiment(
            units: 500, shares: [1, 1, 1], missing: 0.1, effect: { arm, x in x[0] > 0 ? Double(arm) : 0 }
        ).make()
        let data = TrainingData(experiment)
        let context = RunContext(workers: Workers(count: 1))
        let nuisances = try Nuisances.fit(data, for: [named], context: context)
        #expect((nuisances.nested != nil) == named.learner.capabilities.nestedOutcomeModels)
        let found = try named.learner.effects(data, nuisances: nuisances, context: context)
        let errors = try found.models?.standardErrors(data.columns, folds: data.folds, context: context)
        #expect((errors != nil) == named.learner.capabilities.intervals)
        #expect(found.estimates.columns.count == 2 && found.estimates.columns.allSatisfy { $0.count == 500 })
    }
}
