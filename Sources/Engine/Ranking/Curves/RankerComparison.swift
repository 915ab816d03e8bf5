import Runtime
import Statistics

/// Several rankers judged on the same units and the same bootstrap draws, so that their differences are paired.
package struct RankerComparison: Sendable {
    package let names: [String]
    package let estimates: [CurveEstimate]

    /// A difference between two rankers in area, with an interval.
    package struct Difference: Sendable, Equatable {
        package let ranker: Int
        /// What it is compared with; nil is a random order.
        package let reference: Int?
        package let value: Double
        /// nil where the bootstrap does not bound it.
        package let interval: Interval?
    }

    /// - Parameter scores: by ranker, one per unit of the sample.
    /// - Throws: `EspalierError` as the curve does; `CancellationError`.
    package init(
        names: [String], scores: [[Double]], sample: EvaluationSample, extraShares: [Double] = [],
        replicates: Int = 500, seed: UInt64 = 1, context: RunContext = RunContext()
    ) throws {
        precondition(names.count == scores.count)
        self.names = names
        self.estimates = try scores.enumerated().map { index, scores in
            context.report(Progress(phase: "cost curves", done: index, total: names.count, detail: names[index]))
            return try CurveEstimate(
                scores: scores, sample: sample, extraShares: extraShares, replicates: replicates, seed: seed,
                context: context)
        }
    }

    /// - Parameter estimates: by ranker, all of the same units, shares and bootstrap draws.
    package init(names: [String], estimates: [CurveEstimate]) {
        precondition(names.count == estimates.count)
        self.names = names
        self.estimates = estimates
    }

    /// The differences in area from one ranker, or from a random order, with intervals that hold jointly at the level: max-t
    /// over the bootstrap draws. A ranker whose area is undefined has none.
    package func differences(from reference: Int?, level: Double = 0.95) -> [Difference] {
        let referenceArea = reference.map { estimates[$0].curve.area } ?? 0.5
        guard let referenceArea else { return [] }
        let rankers = estimates.indices.filter { $0 != reference && estimates[$0].curve.area != nil }
        let values = rankers.map { estimates[$0].curve.area! - referenceArea }
        let draws = rankers.map { ranker in
            estimates[ranker].replicates.indices.map { draw -> Double in
                let other = reference.map { estimates[$0].replicates[draw].area } ?? 0.5
                return (estimates[ranker].replicates[draw].area ?? .nan) - (other ?? .nan)
            }
        }
        let stretch = estimates.first?.stretch(level: level) ?? 1
        let intervals = MaximumIntervals(values: values, draws: draws, level: level, stretch: stretch).intervals
        return rankers.indices.map {
            Difference(ranker: rankers[$0], reference: reference, value: values[$0], interval: intervals[$0])
        }
    }

    /// What a ranker brings beyond another for the same cost.
    /// - Returns: nil where one of them never costs so much.
    package func valueDifference(
        of ranker: Int, from reference: Int, atCost budget: Double, level: Double = 0.95
    ) -> (value: Double, interval: Interval?)? {
        let (own, other) = (estimates[ranker], estimates[reference])
        guard let value = own.curve.value(atCost: budget), let less = other.curve.value(atCost: budget) else {
            return nil
        }
        let draws = zip(own.replicates, other.replicates).map {
            ($0.value(atCost: budget) ?? .nan) - ($1.value(atCost: budget) ?? .nan)
        }
        return (value - less, own.interval(value - less, draws, level: level))
    }
}
