import Experiments

/// A covariate cut into a few groups: numeric ones at quantiles of the units, categorical ones by level, missing values as a
/// group of their own.
package struct Dimension: Sendable {
    /// Index into the experiment's covariates.
    package let covariate: Int
    package let name: String
    /// One condition for each group; every unit meets exactly one.
    package let groups: [Condition]
    package let labels: [String]
    /// Group of each of the units.
    package let ofUnit: [UInt8]
    /// Groups before this index are in ascending order of their values; 0 for a categorical covariate.
    let orderedCount: Int

    /// Levels beyond the most frequent ones are one group.
    private static let levelLimit = 11

    /// - Parameters:
    ///   - counted: the units whose values decide the groups; nil takes the same.
    ///   - groupCount: of numeric values, at most; fewer where values repeat.
    /// - Complexity: O(units log units).
    package init(
        _ experiment: Experiment, covariate index: Int, units: Range<Int>, counting counted: Range<Int>? = nil,
        groupCount: Int = 4
    ) {
        let covariate = experiment.covariates[index]
        let all = covariate.values[units]
        let values = counted.map { covariate.values[$0] } ?? all
        var rules: [Condition.Rule]
        var ordered = 0
        switch covariate.encoding {
        case .numeric:
            rules = Self.quantiles(values, groupCount: groupCount)
            ordered = rules.count
        case .categorical(let levels):
            var counts = [Int](repeating: 0, count: levels.count)
            for value in values where !value.isNaN { counts[Int(value)] += 1 }
            let present = levels.indices.filter { counts[$0] > 0 }
            let frequent = present.sorted { (counts[$1], $0) < (counts[$0], $1) }
            let kept = present.count <= Self.levelLimit + 1 ? frequent : Array(frequent.prefix(Self.levelLimit))
            rules = kept.sorted().map { .levels([$0]) }
            if kept.count < present.count { rules.append(.levels(present.filter { !kept.contains($0) })) }
        }
        if all.contains(where: \.isNaN) { rules.append(.missing) }
        let groups = rules.map { Condition(covariate: index, rule: $0) }
        var byLevel: [UInt8] = []
        if case .categorical(let levels) = covariate.encoding {
            byLevel = levels.indices.map { code in
                UInt8(groups.firstIndex { $0.holds(Float(code)) } ?? 0)
            }
        }
        let missing = UInt8(max(0, groups.count - 1))
        let byLevelOfUnit = byLevel
        self.covariate = index
        name = covariate.name
        self.groups = groups
        labels = groups.map { $0.text(experiment.covariates) }
        orderedCount = ordered
        ofUnit = all.map { value in
            if value.isNaN { return missing }
            if !byLevelOfUnit.isEmpty { return byLevelOfUnit[Int(value)] }
            // A value that only units outside the counted ones have goes with the values above.
            return UInt8(groups.firstIndex { $0.holds(value) } ?? max(0, ordered - 1))
        }
    }

    /// The values themselves where they are few, else half-open intervals of about equal counts.
    private static func quantiles(_ values: ArraySlice<Float>, groupCount: Int) -> [Condition.Rule] {
        let sorted = values.filter { !$0.isNaN }.sorted()
        guard let last = sorted.last else { return [] }
        var distinct: [Float] = []
        for value in sorted where distinct.count <= groupCount && value != distinct.last { distinct.append(value) }
        if distinct.count <= groupCount { return distinct.map { .equal($0) } }
        var cuts: [Float] = []
        for part in 1..<max(2, groupCount) {
            let cut = sorted[min(sorted.count - 1, sorted.count * part / groupCount)]
            // A cut is the greatest value of its group; one below the first value that repeats beyond it.
            let place = sorted.firstIndex { $0 >= cut } ?? 0
            let end = sorted[place...].firstIndex { $0 > cut } ?? sorted.count
            let wanted = sorted.count * part / groupCount
            let chosen = place > 0 && wanted - place < end - wanted ? sorted[place - 1] : cut
            let greatest = cuts.last ?? -.infinity
            if greatest < chosen, chosen < last { cuts.append(chosen) }
        }
        guard let first = cuts.first, let final = cuts.last else { return [.atMost(last)] }
        return [.atMost(first)] + zip(cuts, cuts.dropFirst()).map { .between($0, $1) } + [.above(final)]
    }

    /// Conditions worth trying, as sets of groups: ordered groups from either end, missing values by themselves, and each
    /// level by itself and left out.
    var candidates: [(groups: [Int], condition: Condition)] {
        var found: [(groups: [Int], condition: Condition)] = []
        if orderedCount > 1 {
            for cut in 1..<orderedCount {
                guard let high = upperEnd(of: groups[cut - 1]) else { continue }
                found.append(
                    (Array(0..<cut), cut == 1 ? groups[0] : Condition(covariate: covariate, rule: .atMost(high))))
                let rest = Condition(covariate: covariate, rule: .above(high))
                found.append((Array(cut..<orderedCount), cut == orderedCount - 1 ? groups[cut] : rest))
            }
        }
        for index in orderedCount..<groups.count { found.append(([index], groups[index])) }
        let levels = groups.indices.filter { groups[$0].codes != nil }
        if levels.count > 2 {
            for index in levels {
                let others = levels.filter { $0 != index }
                let codes = others.flatMap { groups[$0].codes ?? [] }.sorted()
                found.append((others, Condition(covariate: covariate, rule: .levels(codes))))
            }
        }
        return found.filter { $0.groups.count < groups.count }
    }

    private func upperEnd(of condition: Condition) -> Float? {
        switch condition.rule {
        case .atMost(let high), .between(_, let high), .equal(let high): high
        default: nil
        }
    }
}
