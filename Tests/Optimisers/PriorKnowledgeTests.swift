import Optimisers
import Runtime
import Statistics
import Testing

/// What is held of the objectives besides what was told.
@Suite struct PriorKnowledgeTests {
    private let context = RunContext()

    /// Two goals, the front of which is x0 in [0, 1] at x1 = 0.7.
    private static func values(_ place: [Double]) -> [Double] {
        let ridge = 1.5 * (place[1] - 0.7) * (place[1] - 0.7)
        return [place[0] - ridge, 1 - place[0] * place[0] - ridge]
    }

    private func told(_ places: [[Double]], shift: Double = 0) -> [Observation] {
        places.map { place in
            Observation(
                parameters: place, objectives: Self.values(place).map { NoisyValue($0 + shift, variance: 1e-4) })
        }
    }

    private let picks = [[0.1, 0.2], [0.9, 0.3], [0.4, 0.9], [0.2, 0.6], [0.7, 0.7], [0.5, 0.1]]

    /// Six places told before anything was asked for are the start: what is asked for next is chosen, not the rest of a sequence.
    @Test func whatWasToldIsTheStart() throws {
        var method = NParEGO(dimensions: 2, seed: 1, batchSize: 3)
        method.tell(Array(told(picks).prefix(4)))
        #expect(method.startCount == 4)
        let places = try method.ask(limit: 3, context: context)
        let sequence = SobolSequence(dimensions: 2, seed: 1)
        #expect(places.count == 3)
        for index in 4..<6 { #expect(!places.contains(sequence.point(index))) }
        var asked = NParEGO(dimensions: 2, seed: 1)
        #expect(try asked.ask(limit: 6, context: context) == (0..<6).map(sequence.point))
    }

    /// Where means are held that miss nothing, what is recommended is their front among the candidates, whatever few places were
    /// measured; and a batch is of the candidates.
    @Test func meansAreHeld() throws {
        let sequence = SobolSequence(dimensions: 2, seed: 3)
        let candidates = (0..<128).map(sequence.point)
        let prior = try PriorKnowledge(means: { Self.values($0) }, candidates: candidates)
        var method = NParEGO(dimensions: 2, seed: 1, batchSize: 4)
        method.tell(told(picks))
        for place in try method.recommended(prior: prior, context: context) {
            let own = Self.values(place)
            #expect(
                !candidates.contains { other in
                    let values = Self.values(other)
                    return values[0] > own[0] && values[1] > own[1]
                })
        }
        let batch = try method.ask(limit: 4, prior: prior, context: context)
        #expect(batch.count == 4 && batch.allSatisfy(candidates.contains))
    }

    /// A level that the means miss everywhere is learned from the measured places, once there are enough of them.
    @Test func whatMeansMissIsLearned() throws {
        let prior = try PriorKnowledge(means: { Self.values($0) })
        var method = NParEGO(dimensions: 2, seed: 1)
        method.tell(told(picks, shift: 0.5))
        let shifted = try #require(
            try method.expected([[0.3, 0.3]], prior: prior, context: context))
        #expect(abs(shifted[0][0].value - Self.values([0.3, 0.3])[0] - 0.5) < 0.1)
    }

    /// Features that a function is linear in carry what is learned to places far from those measured.
    @Test func featuresCarryFar() throws {
        let prior = try PriorKnowledge(features: { [4 * $0[0] - 2] })
        var method = NParEGO(dimensions: 2, seed: 1)
        let near = (0..<8).map { [0.02 * Double($0), 0.1 + 0.1 * Double($0 % 3)] }
        method.tell(
            near.map { place in
                Observation(parameters: place, objectives: [NoisyValue(3 * place[0], variance: 1e-6)])
            })
        let far = try #require(try method.expected([[1, 0.2]], prior: prior, context: context))
        #expect(abs(far[0][0].value - 3) < 0.6)
    }
}
