import Runtime
import Statistics

/// Outcomes of all units that were randomised, where some were not seen: by weights 1/P(seen | arm, x).
///
/// With R = 1 where Y was seen, p(T, x) = P(R = 1 | T, x) and m(T, x) a model of Y, every unit gets
///
///     Y* = m(T, x) + R/p(T, x) (Y - m(T, x)).
///
/// If drop-out hangs on nothing but arm and covariates, E[Y* | T, x] = E[Y | T, x] as soon as p or m is right (Robins, Rotnitzky &
/// Zhao 1994; as an outcome to go on with, Rubin & van der Laan 2007). Whatever is linear in Y then estimates from Y* what it
/// would have estimated had nobody dropped out, a mean over *all* randomised units: averages, leaves and cohorts, v Y of SNIPS and
/// IPS, and scores, since with e the randomisation's own propensity
///
///     E[mu_i + [T = i]/e_i (Y* - mu_i) | x] = E[mu_i + [T = i]R/(e_i p) (Y - m) + [T = i]/e_i (m - mu_i) | x] = E[Y(i) | x].
///
/// Multiplying e by p instead would correct the last term alone: the mean over units would still be one over units that were
/// seen. The spread of Y* is that of the weighted estimate's influence function, so errors follow as for any outcome; those of p
/// and m enter by their product only. Both are fitted in each arm on training units of other folds.
package struct DropOutWeights: Sendable {
    /// A chance below this would give one outcome the weight of more than fifty.
    package static let smallestChance = 0.02
    /// Units that a model is fitted on at most, evenly spaced in the canonical order of hashed keys.
    private static let fittedUnits = 200_000
    /// Fewer units for each column leave the models more noise than they take away.
    private static let unitsPerColumn = 10

    /// Units of one arm and fold, with the models of the other folds.
    private struct Part: Sendable {
        let units: [Int]
        /// P(R = 1 | arm, x) of these units, at least `smallestChance`.
        let chances: [Double]
        /// Units of other folds that were seen, with their regression on the design.
        let fitted: [Int]
        let cholesky: ReducedCholesky
    }

    private let parts: [Part]
    private let isSeen: [Bool]
    /// A column of ones first.
    private let design: [[Float]]
    /// Units seen whose chance was raised to `smallestChance`.
    package let limitedCount: Int

    /// - Parameters:
    ///   - isSeen: whether a unit's outcome was seen.
    ///   - folds: of all units.
    ///   - training: the units that models are fitted on.
    /// - Throws: `CancellationError`.
    /// - Complexity: O(units x columns^2 x folds), parallel over arms and folds.
    package init(
        _ covariates: [Covariate], assignment: [UInt8], armCount: Int, isSeen: [Bool], folds: [UInt8], foldCount: Int,
        training: Range<Int>, context: RunContext
    ) throws {
        let ones = [Float](repeating: 1, count: assignment.count)
        let columns = Self.columns(
            covariates, fewest: Self.fewestSeen(assignment, armCount, isSeen, training, foldCount))
        let design = [ones] + columns
        let classes = isSeen.map { UInt8($0 ? 1 : 0) }
        let found = try context.workers.map(armCount * foldCount) { index -> (part: Part, limited: Int) in
            let (arm, fold) = (index / foldCount, index % foldCount)
            func thinned(_ units: [Int]) -> [Int] {
                let step = max(1, (units.count + Self.fittedUnits - 1) / Self.fittedUnits)
                return stride(from: 0, to: units.count, by: step).map { units[$0] }
            }
            let own = assignment.indices.filter { Int(assignment[$0]) == arm && Int(folds[$0]) == fold }
            let others = thinned(training.filter { Int(assignment[$0]) == arm && Int(folds[$0]) != fold })
            let fitted = others.filter { isSeen[$0] }
            var chances = [Double](repeating: 1, count: own.count)
            if fitted.count < others.count, !fitted.isEmpty {
                let model = try MultinomialLogit(
                    columns, rows: others, classes: classes, classCount: 2, cancellation: context.cancellation)
                chances = model.predict(columns, rows: own).map { $0[1] }
            }
            let limited = zip(own, chances).count { isSeen[$0] && $1 < Self.smallestChance }
            let rows = design.map { column in fitted.map { column[$0] } }
            let part = Part(
                units: own, chances: chances.map { max(Self.smallestChance, $0) }, fitted: fitted,
                cholesky: ReducedCholesky(try ColumnProducts.gram(rows, rows, workers: Workers(count: 1))))
            return (part, limited)
        }
        parts = found.map(\.part)
        limitedCount = found.reduce(0) { $0 + $1.limited }
        self.isSeen = isSeen
        self.design = design
    }

    /// Y* of every unit.
    /// - Parameter values: Y of every unit; whatever stands where it was not seen is not read.
    /// - Complexity: O(units x columns).
    package func completed(_ values: [Double]) -> [Double] {
        precondition(values.count == isSeen.count)
        // Centred, so that Float32 products lose nothing to a large mean.
        var (total, seen) = (0.0, 0.0)
        for (value, isSeen) in zip(values, isSeen) where isSeen {
            total += value
            seen += 1
        }
        let centre = total / max(1, seen)
        var completed = values
        for part in parts {
            let response = part.fitted.map { Float(values[$0] - centre) }
            let coefficients = part.cholesky.solve(
                design.map { column in ColumnProducts.dot(part.fitted.map { column[$0] }, response) })
            var predicted = [Double](repeating: centre, count: part.units.count)
            for (column, factor) in zip(design, coefficients) where factor != 0 {
                ColumnProducts.add(part.units.map { column[$0] }, times: factor, to: &predicted)
            }
            for (place, unit) in part.units.enumerated() {
                completed[unit] =
                    isSeen[unit]
                    ? predicted[place] + (values[unit] - predicted[place]) / part.chances[place] : predicted[place]
            }
        }
        return completed
    }

    /// The richest design that the smallest arm can bear.
    private static func columns(_ covariates: [Covariate], fewest: Int) -> [[Float]] {
        for isFlexible in [true, false] {
            let columns = CovariateDesign(covariates, isFlexible: isFlexible).columns
            if fewest >= unitsPerColumn * (columns.count + 1) { return columns }
        }
        return []
    }

    /// Units seen that a model of the smallest arm is fitted on.
    private static func fewestSeen(
        _ assignment: [UInt8], _ armCount: Int, _ isSeen: [Bool], _ training: Range<Int>, _ foldCount: Int
    ) -> Int {
        var counts = [Int](repeating: 0, count: armCount)
        for unit in training where isSeen[unit] { counts[Int(assignment[unit])] += 1 }
        return (counts.min() ?? 0) * (foldCount - 1) / foldCount
    }
}
