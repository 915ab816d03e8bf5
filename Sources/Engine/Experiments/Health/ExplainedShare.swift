/// How much of an outcome's variance a covariate explains in every arm.
///
/// What is a part of an outcome explains it whatever the arm. A covariate by which an effect differs may explain nearly all of
/// it in one arm; it does not in control.
enum ExplainedShare {
    /// So many units tell; tune units stand in the order of their hashed ids, so the first are a random sample.
    static let sampleSize = 20_000
    /// Groups of equal size that a numeric covariate is cut into.
    private static let bins = 20
    /// Units that must be left beyond the groups' means.
    private static let fewestLeft = 30

    /// The adjusted share explained by the groups of a covariate (its levels, or cuts of its numbers, and missing), or by a line
    /// in it, whichever is more, in the arm in which it is least; 0 where too few units tell in every arm.
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
        let groups = cuts(numbers)
        return least(outcome, arms) { units, values in
            [grouped(values, units.map { groups[$0] }), linear(values, units.map { numbers[$0] })].compactMap { $0 }
                .max()
        }
    }

    /// The same of groups, numbered from 0.
    static func grouped(_ outcome: [Double], _ arms: [Int], groups: [Int]) -> Double {
        least(outcome, arms) { units, values in grouped(values, units.map { groups[$0] }) }
    }

    /// The smallest share among the arms in which one can be told.
    private static func least(
        _ outcome: [Double], _ arms: [Int], share: (_ units: [Int], _ values: [Double]) -> Double?
    ) -> Double {
        var units = [[Int]](repeating: [], count: (arms.max() ?? 0) + 1)
        for (unit, arm) in arms.enumerated() { units[arm].append(unit) }
        return units.compactMap { own in share(own, own.map { outcome[$0] }) }.min() ?? 0
    }

    /// Analysis of variance: 1 - (residual / degrees) / (total / degrees); nil where too few units tell or nothing varies.
    private static func grouped(_ values: [Double], _ groups: [Int]) -> Double? {
        let (total, totalFree) = within(values, values.map { _ in 0 }, count: 1)
        let (rest, restFree) = within(values, groups, count: (groups.max() ?? 0) + 1)
        guard restFree >= fewestLeft, totalFree > 0, total > 0 else { return nil }
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

    /// The squared correlation over the units that have a number; nil where it does not tell.
    private static func linear(_ values: [Double], _ numbers: [Double]) -> Double? {
        let there = numbers.indices.filter { !numbers[$0].isNaN }
        // A line through the few that have a number says nothing about the others.
        guard there.count > fewestLeft, 10 * there.count >= 9 * numbers.count else { return nil }
        let count = Double(there.count)
        let (x, y) = (
            there.reduce(0) { $0 + numbers[$1] } / count, there.reduce(0) { $0 + values[$1] } / count
        )
        var (xx, yy, xy) = (0.0, 0.0, 0.0)
        for unit in there {
            let (dx, dy) = (numbers[unit] - x, values[unit] - y)
            xx += dx * dx
            yy += dy * dy
            xy += dx * dy
        }
        return xx > 0 && yy > 0 ? xy * xy / (xx * yy) : nil
    }
}
