import Runtime

/// How a unit's cohort is found: it walks every tree, and the leaves it comes to name the cohort (S0 Algorithm 1). Merged
/// cohorts have a tree for each arm and outcome, joint ones a single tree, heuristic ones a tree for each covariate.
package struct CohortRules: Sendable, Hashable, Codable {
    /// What the cohorts are, as it is asked for: `merged`, `joint`, `heuristic:visits:4`.
    package let kind: String
    package let trees: [RegionTree]
    /// The leaves of each cohort, tree by tree.
    package let cohorts: [[UInt16]]
    /// Each cohort in words.
    package let texts: [String]

    package init(kind: String, trees: [RegionTree], cohorts: [[UInt16]], texts: [String]) {
        precondition(cohorts.count == texts.count && cohorts.allSatisfy { $0.count == trees.count })
        self.kind = kind
        self.trees = trees
        self.cohorts = cohorts
        self.texts = texts
    }

    /// Names the rules: the same rules have the same name in every study.
    package var id: String {
        UnitRules.digest(self)
    }

    /// The cohort of every unit; `cohorts.count` for units whose leaves no unit of the sample came to.
    /// - Parameter columns: encoded covariates, in the order that the trees count them.
    /// - Throws: `CancellationError`.
    /// - Complexity: O(units x trees x depth).
    package func cohorts(of columns: [[Float]], unitCount: Int, context: RunContext) throws -> [UInt32] {
        let places = Dictionary(uniqueKeysWithValues: cohorts.enumerated().map { ($1, UInt32($0)) })
        let chunk = 4096
        return try context.workers.map((unitCount + chunk - 1) / chunk) { part in
            try context.cancellation.check()
            return (part * chunk..<min(unitCount, (part + 1) * chunk)).map { unit in
                places[trees.map { UInt16($0.leaf(of: unit, in: columns)) }] ?? UInt32(cohorts.count)
            }
        }.flatMap { $0 }
    }

    /// Covariates that the trees ask for, ascending.
    package var covariates: [Int] { trees.reduce(into: Set<Int>()) { $0.formUnion($1.covariates) }.sorted() }
}

extension CohortRules {
    private enum CodingKeys: String, CodingKey {
        case kind, trees, cohorts, texts
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        kind = try container.decode(String.self, forKey: .kind)
        trees = try container.decode([RegionTree].self, forKey: .trees)
        cohorts = try container.decode([[UInt16]].self, forKey: .cohorts)
        texts = try container.decode([String].self, forKey: .texts)
        let leaves = trees.map(\.leafCount)
        let areLeaves = cohorts.allSatisfy { tuple in
            tuple.count == leaves.count && zip(tuple, leaves).allSatisfy { Int($0) < $1 }
        }
        guard texts.count == cohorts.count, !cohorts.isEmpty, areLeaves, Set(cohorts).count == cohorts.count else {
            throw DecodingError.dataCorruptedError(
                forKey: .cohorts, in: container,
                debugDescription: "cohorts are different lists of leaves, one of every tree, each with its text")
        }
    }
}
