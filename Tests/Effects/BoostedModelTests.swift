import Effects
import Foundation
import Runtime
import Statistics
import Testing

@Suite struct BoostedModelTests {
    /// Features with a step, a missing column part and noise.
    private func sample(_ rows: Int) -> (features: [Float], labels: [Float]) {
        var stream = RandomStream(seed: 3)
        var features: [Float] = []
        var labels: [Float] = []
        for _ in 0..<rows {
            let x = Float(stream.normal())
            let hidden = stream.bernoulli(0.2)
            features += [x, hidden ? .nan : Float(stream.normal())]
            labels.append((x > 0.5 ? 2 : 0) + (hidden ? 1 : 0) + Float(0.1 * stream.normal()))
        }
        return (features, labels)
    }

    @Test func learnsAStepAndWhatMissingMeans() throws {
        let (features, labels) = sample(4_000)
        let model = try BoostedModel.train(
            TrainingSet(features: features, width: 2, labels: labels), settings: .standard(trainingUnits: 4_000),
            cancellation: Cancellation())
        let probes: [Float] = [1, 0, 0, 0, 1, .nan, 0, .nan]
        let predicted = model.predict(features: probes, width: 2, rows: 4)
        for (value, truth) in zip(predicted, [2, 0, 3, 1] as [Float]) { #expect(abs(value - truth) < 0.25) }
    }

    @Test func aModelReadBackPredictsTheSameBits() throws {
        let (features, labels) = sample(1_000)
        let model = try BoostedModel.train(
            TrainingSet(features: features, width: 2, labels: labels), settings: .standard(trainingUnits: 1_000),
            cancellation: Cancellation())
        let copy = try JSONDecoder().decode(BoostedModel.self, from: JSONEncoder().encode(model))
        #expect(copy == model)
        #expect(
            copy.predict(features: features, width: 2, rows: 1_000)
                == model.predict(features: features, width: 2, rows: 1_000))
    }

    /// 120 levels, half of which, in no order, raise the label by 2; a missing one by 1.
    @Test func levelsAreSplitIntoSets() throws {
        var stream = RandomStream(seed: 4)
        var (features, labels): ([Float], [Float]) = ([], [])
        func value(_ code: Float) -> Float { code.isNaN ? 1 : Int(code) * 7 % 13 % 2 == 0 ? 2 : 0 }
        for _ in 0..<6_000 {
            let code = stream.bernoulli(0.05) ? Float.nan : Float(Int(stream.uniform() * 120))
            features += [Float(stream.normal()), code]
            labels.append(value(code) + Float(0.5 * stream.normal()))
        }
        let model = try BoostedModel.train(
            TrainingSet(features: features, width: 2, labels: labels, categories: [false, true]),
            settings: .standard(trainingUnits: 6_000), cancellation: Cancellation())
        let codes = (0..<120).map(Float.init) + [.nan]
        let predicted = model.predict(features: codes.flatMap { [0, $0] }, width: 2, rows: codes.count)
        let errors = zip(predicted, codes).map { abs($0 - value($1)) }
        #expect(errors.reduce(0, +) / Float(errors.count) < 0.15)
        let copy = try JSONDecoder().decode(BoostedModel.self, from: JSONEncoder().encode(model))
        #expect(copy == model)
    }

    /// Labels that share a matrix of features, by rounds given and by early stopping, weighted or not, as trained alone.
    @Test(arguments: [0, 5]) func modelsOfOneMatrixAreThoseTrainedAlone(patience: Int) throws {
        let (features, labels) = sample(3_000)
        var stream = RandomStream(seed: 8)
        let others = labels.map { Float(stream.normal()) - 2 * $0 }
        let held = labels.map { _ in stream.bernoulli(0.2) }
        let weights = labels.map { _ in Float(0.5 + stream.uniform()) }
        var settings = BoostingSettings.standard(trainingUnits: 3_000)
        settings.patience = patience
        func set(_ labels: [Float], _ weights: [Float]? = nil) -> TrainingSet {
            TrainingSet(features: features, width: 2, labels: labels, weights: weights)
        }
        let sets = [set(labels), set(others), set(labels.map { _ in 1 }), set(labels, weights), set(others, weights)]
        let together = try BoostedModel.train(sets, held: held, settings: settings, cancellation: Cancellation())
        let alone = try sets.map {
            try BoostedModel.train($0, held: held, settings: settings, cancellation: Cancellation())
        }
        #expect(together == alone)
        #expect(together.map(\.trees.isEmpty) == [false, false, true, false, false])
    }

    /// Many rows at a time, one at a time and few at a time give the same bits, whatever the trees' sizes.
    @Test(arguments: [1, 3, 7]) func rowsScoredAloneAndTogetherAreTheSame(depth: Int) throws {
        let (features, labels) = sample(2_000)
        var settings = BoostingSettings.standard(trainingUnits: 2_000)
        settings.depth = depth
        settings.minimumChildWeight = 5
        let model = try BoostedModel.train(
            TrainingSet(features: features, width: 2, labels: labels), settings: settings,
            cancellation: Cancellation())
        let together = model.predict(features: features, width: 2, rows: 2_000)
        for count in [1, 5, 130] {
            var apart: [Float] = []
            for start in stride(from: 0, to: 2_000, by: count) {
                let end = min(2_000, start + count)
                apart += model.predict(features: Array(features[2 * start..<2 * end]), width: 2, rows: end - start)
            }
            #expect(apart == together)
        }
        #expect(Set(together).count > 2 * depth)
    }

    @Test func tooLittleOrNothingToLearnGivesTheMean() throws {
        func base(_ labels: [Float]) throws -> BoostedModel {
            try BoostedModel.train(
                TrainingSet(features: labels, width: 1, labels: labels),
                settings: .standard(trainingUnits: labels.count),
                cancellation: Cancellation())
        }
        #expect(try base([]) == BoostedModel(base: 0, trees: []))
        #expect(try base([1, 3]) == BoostedModel(base: 2, trees: []))
        #expect(try base(Array(repeating: 5, count: 100)) == BoostedModel(base: 5, trees: []))
    }

    @Test func cancellingStops() {
        let (features, labels) = sample(1_000)
        let cancellation = Cancellation()
        cancellation.cancel()
        #expect(throws: CancellationError.self) {
            try BoostedModel.train(
                TrainingSet(features: features, width: 2, labels: labels), settings: .standard(trainingUnits: 1_000),
                cancellation: cancellation)
        }
    }
}
