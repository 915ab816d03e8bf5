/// How subgroups are searched for.
package struct SubgroupSettings: Sendable, Equatable, Codable {
    /// Most covariates crossed, 1...3.
    package var depth: Int
    /// Subgroups reported in either direction.
    package var count: Int
    /// Groups that a numeric covariate is cut into.
    package var groups: Int
    /// Fewest units of either arm in a subgroup, in the half that chooses; nil is 50, or 0.5% of the half's, or
    /// where the smaller arm has few a seventh of it, but at least 10.
    package var minimumUnits: Int?

    package init(depth: Int = 3, count: Int = 5, groups: Int = 4, minimumUnits: Int? = nil) {
        precondition((1...3).contains(depth) && count > 0 && (2...16).contains(groups))
        self.depth = depth
        self.count = count
        self.groups = groups
        self.minimumUnits = minimumUnits
    }

    /// Fewest units of either arm, where the smaller one has so many in the half that chooses.
    func fewestUnits(ofArm count: Int) -> Int {
        minimumUnits ?? max(min(50, max(10, count / 7)), count / 200)
    }
}
