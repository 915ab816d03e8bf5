import Effects
import Experiments
import Runtime
import Warehouses

extension WarehouseExperiment {
    /// The average effects adjusted by each outcome's own value before exposure, where the spec names one: theta is asked for first, then
    /// the sums of what is left of the outcome, rounded by unit as data in memory are.
    /// - Parameters:
    ///   - group: the units they are of.
    ///   - answer: to `AverageEffect.request` over these.
    ///   - plain: estimated from it.
    /// - Throws: `EspalierError`; `CancellationError`.
    /// - Complexity: two passes over the prepared table, or none.
    package func adjustedEffects(
        over group: UnitGroup, _ answer: SumsAnswer, plain: [AverageEffect], context: RunContext
    ) throws -> [AdjustedEffect] {
        let wanted = spec.outcomes.indices.filter { spec.outcomes[$0].preperiod != nil }
        guard !wanted.isEmpty else { return [] }
        let dialect = sums.connection.dialect
        let parts = group.parts.map(\.rawValue).sorted().map(String.init).joined(separator: ", ")
        func ask(_ terms: [String]) throws -> [[[Double]]] {
            let answer = try sums.connection.ask(
                "SELECT w, \(terms.joined(separator: ", ")) FROM \(EngineSums.table) WHERE g IN (\(parts)) GROUP BY w",
                [.integer] + terms.map { _ in .double }, cancellation: context.cancellation)
            var byArm = Array(repeating: Array(repeating: 0.0, count: terms.count), count: arms.count)
            for (row, arm) in answer[0].integers.enumerated() {
                guard let arm, byArm.indices.contains(arm) else { continue }
                byArm[arm] = terms.indices.map { answer[1 + $0].doubles[row] ?? 0 }
            }
            // By outcome, then arm.
            let width = terms.count / wanted.count
            return wanted.indices.map { place in byArm.map { Array($0[place * width..<(place + 1) * width]) } }
        }
        let moments = try ask(
            wanted.flatMap { j in
                let (x, y) = (dialect.double("p\(j)"), dialect.double("y\(j)"))
                return ["count(*)", "sum(\(x))", "sum(\(y))", "sum(\(x) * \(x))", "sum(\(x) * \(y))"].map(
                    dialect.double)
            })
        let slopes = moments.map(Self.slope)
        let left = try ask(
            zip(wanted, slopes).flatMap { j, slope in
                let theta = dialect.real(dialect.literal(Double(slope ?? 0)))
                let value = dialect.double(dialect.real("y\(j) - \(dialect.real("\(theta) * p\(j)"))"))
                return ["count(*)", "sum(\(value))", "sum(\(value) * \(value))"].map(dialect.double)
            })
        return wanted.indices.filter { slopes[$0] != nil }.flatMap { place in
            AdjustedEffect.cuped(
                outline.outcomes[wanted[place]], outcome: wanted[place],
                from: left[place].map { ArmSums(count: $0[0], value: $0[1], square: $0[2]) },
                beside: answer, plain: plain)
        }
    }

    /// The slope of y on x within arms, pooled; nil where x does not vary within any.
    /// - Parameter moments: by arm n and the sums of x, y, x² and xy.
    private static func slope(_ moments: [[Double]]) -> Float? {
        var (products, squares) = (0.0, 0.0)
        for arm in moments where arm[0] > 0 {
            squares += arm[3] - arm[1] * arm[1] / arm[0]
            products += arm[4] - arm[1] * arm[2] / arm[0]
        }
        return squares > 0 ? Float(products / squares) : nil
    }
}
