import Effects
import Experiments
import Statistics

/// Analysis of variance of an effect by one or two dimensions: does the effect differ between groups, and do the dimensions
/// act together (S3)? Tests are of the interactions of the arm with the groups, each given all terms that do not contain it
/// (type II), by robust covariance (HC3) with the degrees of freedom it has; weighted by 1/e where propensities vary by unit.
package struct EffectVariance: Sendable, Equatable, Codable {
    package struct Term: Sendable, Equatable, Codable {
        /// "zip_code", "zip_code x channel", or "recency, linear" with the values themselves (analysis of covariance).
        package let name: String
        package let robust: FTest
        /// With equal variances assumed, as textbooks have it; nil where units are weighted.
        package let classical: FTest?
    }

    package let arm: Int
    package let outcome: Int
    package let terms: [Term]
}

extension EffectVariance {
    /// - Parameters:
    ///   - dimensions: one or two, over `units`.
    /// - Complexity: O(units + cells x terms^2), with numeric covariates also O(units x groups^2).
    package static func analyse(
        _ experiment: Experiment, arm: Int, outcome: Int, by dimensions: [Dimension], units: Range<Int>
    ) throws -> EffectVariance {
        precondition((1...2).contains(dimensions.count))
        let pair = ContrastUnits(experiment, arm: arm, units: units)
        let observed = experiment.outcomes[outcome].observed.values
        let values = pair.places.map { observed[units.lowerBound + Int($0)] }
        return EffectVariance(
            arm: arm, outcome: outcome,
            terms: groupTerms(pair, values, dimensions)
                + (try slopeTerms(experiment, pair, values, dimensions, units)))
    }

    // MARK: Analysis of variance, from sums by cell

    private static func groupTerms(_ pair: ContrastUnits, _ values: [Float], _ dimensions: [Dimension]) -> [Term] {
        let sizes = dimensions.map(\.groups.count)
        let second = sizes.count > 1 ? sizes[1] : 1
        let cells = pair.places.map { place in
            let first = Int32(dimensions[0].ofUnit[Int(place)])
            return sizes.count > 1 ? first * Int32(second) + Int32(dimensions[1].ofUnit[Int(place)]) : first
        }
        let sums = pair.sums(values, cells: cells, count: sizes[0] * second)
        func design(_ cell: Int) -> (a: Int, b: Int, treated: Double) {
            (cell / 2 / second, cell / 2 % second, Double(cell % 2))
        }
        /// Indicators of all groups but the first, of either dimension or of both crossed.
        func groups(_ cell: Int, _ which: Set<Int>) -> [Double] {
            let (a, b, _) = design(cell)
            let first = (1..<max(1, sizes[0])).map { $0 == a ? 1.0 : 0 }
            let other = (1..<max(1, second)).map { $0 == b ? 1.0 : 0 }
            if which == [0] { return first }
            if which == [1] { return other }
            return first.flatMap { x in other.map { x * $0 } }
        }
        /// The last of the interactions is the one that is tested.
        func fit(_ terms: [Set<Int>], interactions: [Set<Int>]) -> RobustFit {
            var last = 0..<0
            let rows = sums.indices.map { cell -> [Double] in
                let treated = design(cell).treated
                var row = [1, treated]
                for term in terms { row += groups(cell, term) }
                for term in interactions {
                    let own = groups(cell, term).map { $0 * treated }
                    last = row.count..<row.count + own.count
                    row += own
                }
                return row
            }
            return RobustFit(rows: rows, sums: sums, testing: last)
        }
        let single: [Set<Int>] = sizes.count > 1 ? [[0], [1]] : [[0]]
        let all = sizes.count > 1 ? single + [[0, 1]] : single
        let full = fit(all, interactions: all)
        func term(_ name: String, _ tested: Set<Int>, given: [Set<Int>]) -> Term? {
            let larger = fit(all, interactions: given + [tested])
            guard let robust = larger.test else { return nil }
            var classical: FTest?
            if pair.weights == nil, full.residualFreedom > 0, full.residualSum > 0 {
                let smaller = fit(all, interactions: given)
                let freedom = larger.kept.count - smaller.kept.count
                let f =
                    (smaller.residualSum - larger.residualSum) / Double(max(1, freedom))
                    / (full.residualSum / full.residualFreedom)
                classical = FTest(
                    f: f, numerator: freedom, denominator: full.residualFreedom,
                    p: FisherF.survival(f, numerator: Double(freedom), denominator: full.residualFreedom))
            }
            return Term(name: name, robust: robust, classical: classical)
        }
        let names = dimensions.map(\.name)
        guard sizes.count > 1 else { return [term(names[0], [0], given: [])].compactMap { $0 } }
        return [
            term(names[0], [0], given: [[1]]), term(names[1], [1], given: [[0]]),
            term("\(names[0]) x \(names[1])", [0, 1], given: single),
        ].compactMap { $0 }
    }

    // MARK: Analysis of covariance, numeric dimensions by their values

    private static func slopeTerms(
        _ experiment: Experiment, _ pair: ContrastUnits, _ values: [Float], _ dimensions: [Dimension],
        _ units: Range<Int>
    ) throws -> [Term] {
        guard dimensions.contains(where: { $0.orderedCount > 1 }) else { return [] }
        let treated = pair.isTreated.map { Float($0 ? 1 : 0) }
        let blocks = dimensions.map { block($0, experiment, pair, units) }
        let ones = [Float](repeating: 1, count: values.count)
        func interaction(_ column: [Float]) -> [Float] { zip(column, treated).map { $0 * $1 } }
        return try dimensions.indices.filter { dimensions[$0].orderedCount > 1 }.compactMap { index in
            let others = dimensions.indices.filter { $0 != index }.flatMap { blocks[$0] }
            let own = blocks[index]
            let columns = [ones, treated] + blocks.flatMap { $0 } + others.map(interaction)
            let fit = try RobustFit(
                columns: columns + own.map(interaction), response: values, weights: pair.weights,
                testing: columns.count..<columns.count + own.count)
            guard let robust = fit.test else { return nil }
            var classical: FTest?
            if pair.weights == nil, fit.residualSum > 0 {
                let smaller = try RobustFit(columns: columns, response: values, weights: nil)
                let freedom = fit.kept.count - smaller.kept.count
                let f =
                    (smaller.residualSum - fit.residualSum) / Double(max(1, freedom))
                    / (fit.residualSum / fit.residualFreedom)
                classical = FTest(
                    f: f, numerator: freedom, denominator: fit.residualFreedom,
                    p: FisherF.survival(f, numerator: Double(freedom), denominator: fit.residualFreedom))
            }
            return Term(name: "\(dimensions[index].name), linear", robust: robust, classical: classical)
        }
    }

    /// The regressors of a dimension: its values, standardised, and whether they are missing; or its groups but the first.
    private static func block(
        _ dimension: Dimension, _ experiment: Experiment, _ pair: ContrastUnits, _ units: Range<Int>
    ) -> [[Float]] {
        let groups = pair.gather(dimension.ofUnit)
        guard dimension.orderedCount > 1 else {
            return (1..<max(1, dimension.groups.count)).map { group in groups.map { $0 == UInt8(group) ? 1 : 0 } }
        }
        let all = experiment.covariates[dimension.covariate].values
        let values = pair.places.map { all[units.lowerBound + Int($0)] }
        var moments = Moments()
        for value in values where !value.isNaN { moments.add(Double(value)) }
        let spread = moments.standardDeviation > 0 ? moments.standardDeviation : 1
        let slope = values.map { $0.isNaN ? 0 : Float((Double($0) - moments.mean) / spread) }
        let missing = values.map { Float($0.isNaN ? 1 : 0) }
        return missing.contains(1) ? [slope, missing] : [slope]
    }
}
