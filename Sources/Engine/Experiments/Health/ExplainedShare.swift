/// How much of an outcome's variance within the arms a covariate explains.
enum ExplainedShare {
    /// So many units tell; tune units stand in the order of their hashed ids, so the first are a random sample.
    static let sampleSize = 20_000
    /// Groups of equal size that a numeric covariate is cut into.
    private static let bins = 20
    /// Units that must be left beyond the groups' means.
    private static let fewestLeft = 30

    /// The adjusted share explained by the groups of a covariate (its levels, or cuts of its numbers, and missing), or by a line
    /// in it, whichever is more; 0 where too few units tell.
    static func of(_ outcome: [Float], by covariate: Covariate, arms: [UInt8], units: Range<Int>) -> Double {
        let sample = units.prefix(sampleSize)
        let values = sample.map { Double(outcome[$0]) }
        let armOf = sample.map { Int(arms[$0]) }
        let covariates = sample.map { Double(covariate.values[$0]) }
        if case .categorical(let levels) = covariate.encoding {
            return grouped(values, armOf, groups: covariates.map { $0.isNaN ? levels.count : Int($0) })
        }
        return of(values, arms: armOf, numbers: covariates)
    }

    /// The same of numbers, NaN where missing.
    static func of(_ outcome: [Double], arms: [Int], numbers: [Double]) -> Double {
        max(grouped(outcome, arms, groups: cuts(numbers)), linear(outcome, arms, numbers))
    }

    /// Analysis of variance within arms: 1 - (residual / degrees) / (total / degrees).
    static func grouped(_ outcome: [Double], _ arms: [Int], groups: [Int]) -> Double {
        let armCount = (arms.max() ?? 0) + 1
        let groupCount = (groups.max() ?? 0) + 1
        let (total, totalFree) = within(outcome, arms, count: armCount)
        let cells = zip(arms, groups).map { $0 * groupCount + $1 }
        let (rest, restFree) = within(outcome, cells, count: armCount * groupCount)
        guard restFree >= fewestLeft, totalFree > 0, total > 0 else { return 0 }
        return 1 - (rest / Double(restFree)) / (total / Double(totalFree))
    }

    /// The sum of squares around the means of the groups, and its degrees of freedom.
    private static func within(_ values: [Double], _ groups: [Int], count: Int) -> (squares: Double, free: Int) {
        var sums = [Double](repeating: 0, count: count)
        var units = [Int](repeating: 0, count: count)
        for (value, group) in zip(values, groups) {
            sums[group] += value
            units[group] += 1
        }
        var squares = 0.0
        for (value, group) in zip(values, groups) {
            let deviation = value - sums[group] / Double(units[group])
            squares += deviation * deviation
        }
        return (squares, values.count - units.count { $0 > 0 })
    }

    /// Each number's cut, missing in one of its own.
    private static func cuts(_ numbers: [Double]) -> [Int] {
        let sorted = numbers.filter { !$0.isNaN }.sorted()
        guard !sorted.isEmpty else { return numbers.map { _ in 0 } }
        var edges: [Double] = []
        for cut in 1..<bins {
            let edge = sorted[sorted.count * cut / bins]
            if edge > edges.last ?? sorted[0] { edges.append(edge) }
        }
        return numbers.map { number in
            number.isNaN ? edges.count + 1 : edges.firstIndex { number < $0 } ?? edges.count
        }
    }

    /// The squared correlation within arms, over the units that have a number.
    private static func linear(_ outcome: [Double], _ arms: [Int], _ numbers: [Double]) -> Double {
        let there = numbers.indices.filter { !numbers[$0].isNaN }
        // A line through the few that have a number says nothing about the others.
        guard there.count > fewestLeft, 10 * there.count >= 9 * numbers.count else { return 0 }
        let armCount = (arms.max() ?? 0) + 1
        func centred(_ values: [Double]) -> [Double] {
            var sums = [Double](repeating: 0, count: armCount)
            var units = [Double](repeating: 0, count: armCount)
            for index in there {
                sums[arms[index]] += values[index]
                units[arms[index]] += 1
            }
            return there.map { values[$0] - sums[arms[$0]] / units[arms[$0]] }
        }
        let (x, y) = (centred(numbers), centred(outcome))
        var (xx, yy, xy) = (0.0, 0.0, 0.0)
        for index in x.indices {
            xx += x[index] * x[index]
            yy += y[index] * y[index]
            xy += x[index] * y[index]
        }
        return xx > 0 && yy > 0 ? xy * xy / (xx * yy) : 0
    }
}
