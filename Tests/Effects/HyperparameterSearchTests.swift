import Effects
import Experiments
import Foundation
import Runtime
import Synchronization
import Testing

@Suite struct HyperparameterSearchTests {
    private func data(units: Int = 1_500) -> TrainingData {
        TrainingData(SimulatedExperiment(units: units, effect: { _, x in x[0] > 0 ? 1 : -1 }).make())
    }

    /// The search is a function of data and seed, best first, with the defaults among the trials.
    @Test(arguments: [NamedLearner.t, .tForest, .x]) func theSearchIsSeededAndSorted(_ named: NamedLearner) throws {
        let data = data()
        let learner = try #require(named.learner as? any SearchableLearner)
        func search(_ seed: UInt64, threads: Int) throws -> HyperparameterSearch {
            try HyperparameterSearch.search(
                data, learner: learner, named: named.name, trials: 3, seed: seed,
                context: RunContext(workers: Workers(count: threads)))
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

    /// Studies hold the learner as specs spell it: `{"tForest": {}}`.
    @Test(arguments: [("t-forest", #"{"tForest":{}}"#), ("constant", #""constant""#)])
    func theLearnerIsStoredAsSpecsDo(name: String, json: String) throws {
        let search = HyperparameterSearch(learner: name, part: .outcomeModels, seed: 1, trials: [])
        let stored = try JSONEncoder().encode(search)
        #expect(String(decoding: stored, as: UTF8.self).contains("\"learner\":" + json))
        #expect(try JSONDecoder().decode(HyperparameterSearch.self, from: stored) == search)
    }

    @Test func progressIsReportedAndCancellingStops() {
        let cancellation = Cancellation()
        let phases = Mutex<[String]>([])
        let context = RunContext(workers: Workers(count: 1), cancellation: cancellation) { progress in
            phases.withLock { $0.append(progress.phase) }
            if progress.done == 1 { cancellation.cancel() }
        }
        #expect(throws: CancellationError.self) {
            try HyperparameterSearch.search(
                data(units: 600), learner: TLearner(), named: "t", trials: 5, seed: 1, context: context)
        }
        #expect(phases.withLock { $0 } == ["tuning t", "tuning t"])
    }
}
