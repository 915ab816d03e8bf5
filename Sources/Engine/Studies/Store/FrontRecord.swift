import Frontier
import Policies

/// The front last searched: how, from where, and every policy on it. Only a readable handful of them are candidates.
package struct FrontRecord: Sendable, Equatable, Codable {
    /// Reference point in the outcomes' own units (not oriented), by outcome.
    package let reference: [String: Double]
    package let hypervolume: Double
    /// Ids of the candidates made of it, by descending first outcome.
    package let candidates: [Int]
    /// Number of the search, from 1.
    package let search: Int
    /// Every policy on the front, by descending first outcome; empty in studies of earlier versions, whose candidates are all
    /// there is.
    package let points: [FrontPoint]
    /// The front of the weights alone, all biases 0 (S1 figure 2); nil where it was not searched.
    package let weightsOnly: ParetoFront?
    /// How it was searched; nil in studies of earlier versions.
    package let settings: SearchSettings?

    package init(
        reference: [String: Double], hypervolume: Double, candidates: [Int], search: Int, points: [FrontPoint] = [],
        weightsOnly: ParetoFront? = nil, settings: SearchSettings? = nil
    ) {
        self.reference = reference
        self.hypervolume = hypervolume
        self.candidates = candidates
        self.search = search
        self.points = points
        self.weightsOnly = weightsOnly
        self.settings = settings
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        reference = try container.decode([String: Double].self, forKey: .reference)
        hypervolume = try container.decode(Double.self, forKey: .hypervolume)
        candidates = try container.decode([Int].self, forKey: .candidates)
        search = try container.decode(Int.self, forKey: .search)
        points = try container.decodeIfPresent([FrontPoint].self, forKey: .points) ?? []
        weightsOnly = try container.decodeIfPresent(ParetoFront.self, forKey: .weightsOnly)
        settings = try container.decodeIfPresent(SearchSettings.self, forKey: .settings)
    }

    /// The reference point in oriented outcomes.
    package func orientedReference(in space: PolicySpace) -> [Double] {
        space.outcomes.map { $0.sign * (reference[$0.name] ?? 0) }
    }
}

extension PolicySpace {
    /// Oriented values by outcome, in its own direction.
    func unoriented(_ values: [Double]) -> [String: Double] {
        Dictionary(uniqueKeysWithValues: zip(outcomes, values).map { ($0.name, $0.sign * $1) })
    }
}
