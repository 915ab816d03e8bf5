/// What is done about units without an outcome (`attrition` in the spec).
package enum AttritionRule: String, Sendable, Codable, CaseIterable {
    /// Outcomes that were seen stand for those that were not, by the inverse of their chance of being seen: effects are of all
    /// units that were randomised.
    case weights
}
