import Frontier
import Optimisers
import Policies
import Runtime
import Statistics

/// What rounds of an online test say of policies that they did not test, and which to test next (METHODS 8.2): the doubly
/// robust values of all rows with a Gaussian process on what they miss, or, where only averages came back, a process with the
/// offline values and the arms' shares as features.
package struct NextPolicies: Sendable {
    /// A policy that was measured.
    package struct Measured: Sendable, Equatable {
        /// In the box's own cube.
        package let place: [Double]
        /// Oriented; noise as variance of the mean.
        package let values: [NoisyValue]

        package init(place: [Double], values: [NoisyValue]) {
            self.place = place
            self.values = values
        }
    }

    package let optimiser: NParEGO
    private let prior: PriorKnowledge
    /// Oriented.
    private let reference: [Double]

    /// - Parameters:
    ///   - measured: at least one.
    ///   - reference: of the hypervolume, oriented.
    package init(
        dimensions: Int, measured: [Measured], prior: PriorKnowledge, reference: [Double], batch: Int, seed: UInt64
    ) {
        precondition(!measured.isEmpty)
        var optimiser = NParEGO(dimensions: dimensions, seed: seed, batchSize: batch)
        optimiser.tell(measured.map { Observation(parameters: $0.place, objectives: $0.values) })
        self.optimiser = optimiser
        self.prior = prior
        self.reference = reference
    }

    /// The places to test next.
    /// - Throws: `CancellationError`.
    package func batch(context: RunContext) throws -> [[Double]] {
        var optimiser = optimiser
        return try optimiser.ask(limit: optimiser.batchSize, prior: prior, context: context)
    }

    /// A policy with what is held of it.
    package struct Held: Sendable, Equatable {
        package let place: [Double]
        /// Oriented.
        package let values: [NoisyValue]
    }

    /// At most `count` places that together hold most of the front, by what is held of them.
    /// - Throws: `CancellationError`.
    package func recommended(count: Int, context: RunContext) throws -> [Held] {
        let places = try optimiser.recommended(prior: prior, context: context)
        let held = try held(places, context: context)
        guard held.count > count else { return held }
        let chosen = SubsetSelection(held.map { $0.values.map(\.value) }, count: count, reference: reference).indices
        // Nothing above the reference: the best of the first outcome.
        guard !chosen.isEmpty else {
            return held.max { $0.values[0].value < $1.values[0].value }.map { [$0] } ?? []
        }
        return chosen.map { held[$0] }
    }

    /// - Throws: `CancellationError`.
    package func held(_ places: [[Double]], context: RunContext) throws -> [Held] {
        let values = try optimiser.expected(places, prior: prior, context: context) ?? []
        return zip(places, values).map { Held(place: $0, values: $1) }
    }

    /// What a batch is expected to add to the hypervolume of a front, and how far that is from sure.
    package struct Gain: Sendable, Equatable {
        package let value: Double
        package let error: Double
        /// Of the front itself.
        package let hypervolume: Double

        /// Whether testing goes on for nothing that can be told from chance.
        package var isSmall: Bool { value < error }
    }

    private static let gainSamples = 200

    /// Over draws of what is held of the front and of the batch.
    /// - Parameter covariance: of the errors of the prior means, policies of the front and then of the batch, each with all its
    ///   outcomes; policies that are evaluated on the same units err together. nil where there are no means.
    package func gain(of batch: [Held], over front: [Held], covariance: DenseMatrix?, seed: UInt64) -> Gain {
        var stream = RandomStream(seed: seed, purpose: "gain of a batch")
        let factor = covariance.map { SemidefiniteFactor($0).matrix }
        var shared: [Double] = []
        func draw(_ held: [Held], from first: Int) -> [[Double]] {
            held.enumerated().map { index, held in
                held.values.enumerated().map { j, value in
                    let place = (first + index) * held.values.count + j
                    let error = shared.isEmpty ? 0 : shared[place]
                    return value.value + error + value.variance.squareRoot() * stream.normal()
                }
            }
        }
        var gains = Moments()
        var volumes = Moments()
        for _ in 0..<Self.gainSamples {
            if let factor { shared = factor * (0..<factor.columnCount).map { _ in stream.normal() } }
            let drawn = draw(front, from: 0)
            let volume = Hypervolume.of(drawn, reference: reference)
            gains.add(Hypervolume.of(drawn + draw(batch, from: front.count), reference: reference) - volume)
            volumes.add(volume)
        }
        return Gain(value: gains.mean, error: gains.standardDeviation, hypervolume: volumes.mean)
    }
}
