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

    /// What the cohorts are found from: the crossing of the trees over all units, with the tune units of every tuple.
    package static func request(_ trees: [CausalTree]) -> SumsRequest {
        request(crossing: trees.map(\.leafPaths))
    }

    static func request(crossing partitions: [[NodePath]]) -> SumsRequest {
        SumsRequest(.crossing(partitions), arms: nil, counted: [.tune, .confirm])
    }

    /// - Parameter answer: to `request`: every tuple that a unit has, the first group counted being tune.
    /// - Complexity: O(cohorts log cohorts).
    package init(_ answer: SumsAnswer) {
        let tuples = answer.tuples
        let units = tuples.indices.map { answer.count(cell: $0) }
        let order = tuples.indices.sorted { a, b in
            units[a] != units[b] ? units[a] > units[b] : tuples[a].lexicographicallyPrecedes(tuples[b])
        }
        self.init(tuples: order.map { tuples[$0] }, units: order.map { units[$0] })
    }

    /// The cohort with a tuple of leaves; nil where no unit of the sample has it.
    package func index(of tuple: [UInt16]) -> Int? { places[tuple] }

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
