import Effects
import Experiments

/// Merged cohorts (S0 Algorithm 1): each is a tuple of leaves, one of every tree, whose regions intersect.
///
/// They are mutually exclusive and exhaustive: a unit's cohort is found by walking the trees, so no look-up can fail.
package struct CohortPartition: Sendable, Equatable, Codable {
    /// The tuple of each cohort found, largest first (by tune units, then by tuple); those without tune units come last.
    package let tuples: [[UInt16]]
    /// Tune units of each cohort.
    package let units: [Int]
    /// The place of each tuple.
    private let places: [[UInt16]: Int]

    package init(tuples: [[UInt16]], units: [Int]) {
        precondition(tuples.count == units.count)
        self.tuples = tuples
        self.units = units
        places = Dictionary(uniqueKeysWithValues: tuples.enumerated().map { ($1, $0) })
    }

    /// Finds the cohorts of an experiment's units.
    /// - Parameter leaves: the leaf of every unit, one column per tree.
    /// - Returns: the partition, and the cohort of every unit.
    /// - Complexity: O(units x trees) time, O(cohorts x leaves of a tree) memory beside the result.
    package static func find(leaves: [[UInt16]], unitCount: Int, tuneCount: Int) -> (CohortPartition, of: [UInt32]) {
        // Cohorts are merged tree by tree: (cohort so far, leaf) -> cohort.
        var current = [UInt32](repeating: 0, count: unitCount)
        var tuples: [[UInt16]] = [[]]
        for column in leaves {
            let width = Int(column.max() ?? 0) + 1
            var known = [Int32](repeating: -1, count: tuples.count * width)
            var merged: [[UInt16]] = []
            for unit in 0..<unitCount {
                let key = Int(current[unit]) * width + Int(column[unit])
                if known[key] < 0 {
                    known[key] = Int32(merged.count)
                    merged.append(tuples[Int(current[unit])] + [column[unit]])
                }
                current[unit] = UInt32(known[key])
            }
            tuples = merged
        }
        if unitCount == 0 { tuples = [] }
        var units = [Int](repeating: 0, count: tuples.count)
        for unit in 0..<tuneCount { units[Int(current[unit])] += 1 }
        let order = tuples.indices.sorted { a, b in
            units[a] != units[b] ? units[a] > units[b] : tuples[a].lexicographicallyPrecedes(tuples[b])
        }
        var place = [UInt32](repeating: 0, count: tuples.count)
        for (position, index) in order.enumerated() { place[index] = UInt32(position) }
        let partition = CohortPartition(tuples: order.map { tuples[$0] }, units: order.map { units[$0] })
        return (partition, current.map { place[Int($0)] })
    }

    /// The cohort of a point, or its tuple where no unit of the sample has it: such a cohort has share 0 and the effects
    /// of its leaves (`CohortTable.effect(leaves:arm:outcome:)`).
    /// - Parameters:
    ///   - values: encoded covariate values, one per covariate.
    ///   - trees: in the order they were merged in.
    /// - Complexity: O(trees x depth).
    package func cohort(of values: [Float], trees: [CausalTree]) -> Membership {
        let tuple = trees.map { UInt16($0.leaf(of: values)) }
        return places[tuple].map(Membership.found) ?? .unseen(tuple)
    }

    package enum Membership: Sendable, Equatable {
        case found(Int)
        case unseen([UInt16])
    }
}

extension CohortPartition {
    private enum CodingKeys: String, CodingKey {
        case tuples, units
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let tuples = try container.decode([[UInt16]].self, forKey: .tuples)
        let units = try container.decode([Int].self, forKey: .units)
        guard tuples.count == units.count, Set(tuples).count == tuples.count else {
            throw DecodingError.dataCorruptedError(
                forKey: .tuples, in: container, debugDescription: "a partition names each tuple once, with its units")
        }
        self.init(tuples: tuples, units: units)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(tuples, forKey: .tuples)
        try container.encode(units, forKey: .units)
    }
}
