import Effects
import Experiments
import Foundation
import Runtime

/// Every subgroup of up to three crossed covariates, judged on the half that chooses, from sums by crossed cell.
struct SubgroupScreen: Sendable {
    struct Candidate: Sendable {
        let conditions: [Condition]
        /// How far the oriented effect stands from that of the other units, in standard errors beyond what the best of as many
        /// candidates without any effect would show; its sign is that of the difference.
        let score: Double

        static func precedes(_ a: Candidate, _ b: Candidate) -> Bool {
            abs(a.score) != abs(b.score) ? abs(a.score) > abs(b.score) : a.conditions.count < b.conditions.count
        }
    }

    private let pair: ContrastUnits
    private let dimensions: [Dimension]
    private let candidates: [[(groups: [Int], condition: Condition)]]
    private let groups: [[UInt8]]
    private let values: [Float]
    private let sign: Double
    /// Fewest units of either arm, inside and outside.
    let minimum: Double
    private let depth: Int

    /// Covariates crossed in pairs and in triples, at most.
    private static let widths = [Int.max, 60, 20]
    /// Candidates kept in either direction for each crossing.
    private static let kept = 12
    /// And in all.
    private static let keptInAll = 400

    init(
        _ experiment: Experiment, pair: ContrastUnits, dimensions: [Dimension], arm: Int, outcome: Int,
        settings: SubgroupSettings
    ) {
        self.pair = pair
        self.dimensions = dimensions
        candidates = dimensions.map(\.candidates)
        groups = dimensions.map { pair.gather($0.ofUnit) }
        let start = experiment.tune.lowerBound
        values = pair.places.map { experiment.outcomes[outcome].observed.values[start + Int($0)] }
        sign = experiment.outcomes[outcome].direction.sign
        let treated = pair.isTreated.count { $0 }
        let fewest = min(treated, pair.isTreated.count - treated)
        minimum = Double(settings.fewestUnits(ofArm: fewest))
        depth = settings.depth
    }

    /// - Returns: the most telling candidates, how many were looked at, and covariates crossed at each depth.
    func run(context: RunContext) throws -> (candidates: [Candidate], looked: Int, crossed: [Int]) {
        var order = dimensions.indices.filter { !candidates[$0].isEmpty }
        var found: [Candidate] = []
        var looked = 0
        var crossed: [Int] = []
        for level in 1...depth {
            let width = min(order.count, Self.widths[level - 1])
            let sets = Self.combinations(Array(order.prefix(width)).sorted(), level)
            crossed.append(width)
            guard !sets.isEmpty else { continue }
            let parts = try context.workers.map(sets.count) { index in
                try context.cancellation.check()
                return judge(sets[index])
            }
            context.report(Progress(phase: "searching subgroups", done: level, total: depth))
            let count = parts.reduce(0) { $0 + $1.looked }
            looked += count
            // The largest of so many standard normal draws is about this.
            let expected = (2 * log(Double(max(1, count)))).squareRoot()
            if level == 1 {
                let telling = Dictionary(
                    zip(sets.map { $0[0] }, parts.map { $0.found.map { abs($0.z) }.max() ?? 0 })
                ) { first, _ in first }
                order.sort { (telling[$1] ?? 0, $0) < (telling[$0] ?? 0, $1) }
            }
            found += parts.flatMap(\.found).map { entry in
                let size = abs(entry.z) - expected
                return Candidate(
                    conditions: entry.conditions, score: entry.z < 0 ? -Self.positive(size) : Self.positive(size))
            }
            for isBest in [true, false] {
                let side = found.filter { ($0.score > 0) == isBest }.sorted(by: Candidate.precedes)
                found.removeAll { ($0.score > 0) == isBest }
                found += side.prefix(Self.keptInAll)
            }
        }
        return (found, looked, crossed)
    }

    /// Keeps the order of sizes and a sign to tell the direction by, also where nothing stands out.
    private static func positive(_ size: Double) -> Double { size > 0 ? 1 + size : exp(size) }

    private struct ModelsReducer: Sendable {
        let conditions: [Condition]
        let z: Double
    }

    /// All candidates of one set of covariates.
    private func judge(_ set: [Int]) -> (found: [ModelsReducer], looked: Int) {
        let sizes = set.map { dimensions[$0].groups.count }
        let count = sizes.reduce(1, *)
        var cells = [Int32](repeating: 0, count: values.count)
        for (place, index) in set.enumerated() {
            let size = Int32(sizes[place])
            let own = groups[index]
            for unit in cells.indices { cells[unit] = cells[unit] * size + Int32(own[unit]) }
        }
        let sums = pair.sums(values, cells: cells, count: count)
        var total = (control: ArmSums(), treated: ArmSums())
        for cell in 0..<count {
            total.control += sums[2 * cell]
            total.treated += sums[2 * cell + 1]
        }
        var found: [ModelsReducer] = []
        var looked = 0
        func visit(_ depth: Int, _ cells: [Int], _ conditions: [Condition]) {
            guard depth < set.count else {
                var inside = (control: ArmSums(), treated: ArmSums())
                for cell in cells {
                    inside.control += sums[2 * cell]
                    inside.treated += sums[2 * cell + 1]
                }
                guard let z = distance(inside, total) else { return }
                looked += 1
                found.append(ModelsReducer(conditions: conditions, z: sign * z))
                return
            }
            for candidate in candidates[set[depth]] {
                let narrowed = cells.flatMap { cell in candidate.groups.map { cell * sizes[depth] + $0 } }
                visit(depth + 1, narrowed, conditions + [candidate.condition])
            }
        }
        visit(0, [0], [])
        found.sort { $0.z > $1.z }
        let best = found.prefix(Self.kept).filter { $0.z > 0 }
        let worst = found.suffix(Self.kept).filter { $0.z <= 0 }
        return (best + worst, looked)
    }

    /// The effect inside less that outside, in standard errors; nil where an arm has too few units on either side.
    private func distance(
        _ inside: (control: ArmSums, treated: ArmSums), _ total: (control: ArmSums, treated: ArmSums)
    ) -> Double? {
        let rest = (control: total.control - inside.control, treated: total.treated - inside.treated)
        guard min(inside.control.count, inside.treated.count, rest.control.count, rest.treated.count) >= minimum else {
            return nil
        }
        func variance(_ sums: ArmSums, _ whole: ArmSums) -> Double {
            let own = sums.meanVariance
            return own > 0 ? own : whole.variance * sums.squaredWeight / (sums.weight * sums.weight)
        }
        let spread =
            variance(inside.control, total.control) + variance(inside.treated, total.treated)
            + variance(rest.control, total.control) + variance(rest.treated, total.treated)
        guard spread > 0 else { return nil }
        let difference =
            inside.treated.mean - inside.control.mean - (rest.treated.mean - rest.control.mean)
        return difference / spread.squareRoot()
    }

    private static func combinations(_ items: [Int], _ size: Int) -> [[Int]] {
        guard size > 0 else { return [[]] }
        return items.indices.flatMap { index in
            combinations(Array(items[(index + 1)...]), size - 1).map { [items[index]] + $0 }
        }
    }
}
