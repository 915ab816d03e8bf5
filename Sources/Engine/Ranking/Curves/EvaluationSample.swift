import Runtime

/// The units that judge a ranking: which arm they were in and what came of it. None of them may have trained the ranking.
package struct EvaluationSample: Sendable, Equatable {
    package let treated: [Bool]
    package let value: [Double]
    package let cost: [Double]
    /// 1 / P(T = own arm given x); nil where all units of an arm have the same.
    package let inversePropensity: [Double]?

    package var count: Int { treated.count }

    /// - Throws: `EspalierError` (.data) without units, or where all are in one arm.
    package init(treated: [Bool], value: [Double], cost: [Double], inversePropensity: [Double]? = nil) throws {
        precondition(value.count == treated.count && cost.count == treated.count)
        precondition(inversePropensity.map { $0.count == treated.count } ?? true)
        guard let first = treated.first else {
            throw EspalierError(.data, "there are no units to judge the ranking on")
        }
        guard treated.contains(!first) else {
            throw EspalierError(
                .data, "every unit is \(first ? "treated" : "in control"), so there is no difference to measure",
                remedy: "give the units of both arms")
        }
        self.treated = treated
        self.value = value
        self.cost = cost
        self.inversePropensity = inversePropensity
    }
}
