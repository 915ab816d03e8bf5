import Texts

extension SpecSections {
    /// `attrition: weights`.
    static func attrition(
        _ node: SpecNode, _ treatment: TreatmentSpec, _ outcomes: [OutcomeSpec]
    ) throws -> AttritionRule {
        let rule = try node.choice(AttritionRule.self)
        guard treatment.assignment.isRandomised else {
            throw node.error(
                "\(node.name) goes with arms that were randomised, and their propensities are estimated",
                remedy: "remove it, and say in words what drop-out may do to the effects")
        }
        guard outcomes.contains(where: { $0.missing == .drop }) else {
            throw node.error(
                "\(node.name) has no outcome to weight: none may be missing",
                remedy: "say missing: drop where outcomes are missing, or remove it")
        }
        return rule
    }
}
