import Effects
import Experiments
import Runtime
import Synchronization
import Testing

@Suite struct TuningTests {
    private func experiment(_ learner: LearnerSpec, units: Int = 1_500) -> Experiment {
        SimulatedExperiment(units: units, effect: { _, x in x[0] > 0 ? 1 : -1 }).make().replacing(learner: learner)
    }

    /// The search is a function of data and seed, best first, with the defaults among the trials.
    @Test(arguments: [LearnerSpec.t, .tForest, .x]) func theSearchIsSeededAndSorted(_ learner: LearnerSpec) throws {
        let experiment = experiment(learner)
        func search(_ seed: UInt64, threads: Int) throws -> HyperparameterSearch {
            try HyperparameterSearch.search(
                experiment, trials: 3, seed: seed, context: RunContext(workers: Workers(count: threads)))
        }
        let (one, two, other) = (try search(1, threads: 1), try search(1, threads: 2), try search(2, threads: 2))
        #expect(one.trials.map(\.score) == two.trials.map(\.score))
        #expect(one.trials.map(\.settings) == two.trials.map(\.settings))
        #expect(Set(one.trials.map(\.score)) != Set(other.trials.map(\.score)))
        #expect(one.trials.map(\.score) == one.trials.map(\.score).sorted(by: >))
        let defaults = try #require(one.trials.first { $0.number == 0 })
        #expect(defaults.settings == BoostingSpec() && defaults.gain == nil && defaults.score > 0)
        for trial in one.trials where trial.number > 0 {
            let gain = try #require(trial.gain)
            #expect(abs(gain.value - (trial.score - defaults.score)) < 1e-9 && gain.standardError > 0)
        }
    }

    @Test func learnersWithoutBoostedModelsSaySo() {
        let error = #expect(throws: EspalierError.self) {
            try HyperparameterSearch.search(experiment(.dml), trials: 1, seed: 1, context: RunContext())
        }
        #expect(error?.message == "the learner dml has no boosted models to tune")
    }

    @Test func progressIsToldAndCancellingStops() {
        let cancellation = Cancellation()
        let phases = Mutex<[String]>([])
        let context = RunContext(workers: Workers(count: 1), cancellation: cancellation) { progress in
            phases.withLock { $0.append(progress.phase) }
            if progress.done == 1 { cancellation.cancel() }
        }
        #expect(throws: CancellationError.self) {
            try HyperparameterSearch.search(experiment(.t, units: 600), trials: 5, seed: 1, context: context)
        }
        #expect(phases.withLock { $0 } == ["tuning t", "tuning t"])
    }
}
