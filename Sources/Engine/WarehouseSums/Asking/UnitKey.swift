import Experiments

/// A node, a part and an arm packed into one small number, by which sums are grouped.
struct UnitKey: Sendable {
    let armCount: Int
    /// Of the request; nil does not tell them apart.
    private let arms: [Int]?
    private let parts: [UnitPart]

    /// - Parameter armCount: of the experiment.
    init(_ request: SumsRequest, armCount: Int) {
        self.armCount = armCount
        arms = request.arms
        let wanted = (request.summed + request.counted).reduce(into: Set<UnitPart>()) { $0.formUnion($1.parts) }
        parts = UnitPart.allCases.filter(wanted.contains)
    }

    private var width: Int { UnitPart.allCases.count * (arms == nil ? 1 : armCount) }

    /// - Parameter node: a number from 0 on, negative for units of none.
    func text(node: String) -> String {
        let own = arms == nil ? "g" : "g * \(armCount) + w"
        return node == "0" ? own : "(\(node)) * \(width) + \(own)"
    }

    /// Whose units are asked for at all.
    var condition: String {
        var conditions: [String] = []
        if parts.count < UnitPart.allCases.count {
            conditions.append("g IN (\(parts.map { "\($0.rawValue)" }.joined(separator: ", ")))")
        }
        if let arms, arms.count < armCount {
            conditions.append("w IN (\(arms.map { "\($0)" }.joined(separator: ", ")))")
        }
        return conditions.isEmpty ? "true" : conditions.joined(separator: " AND ")
    }

    /// What a number stands for; nil for units of no node.
    func parse(_ number: Int) -> (node: Int, part: UnitPart, arm: Int)? {
        guard number >= 0 else { return nil }
        let (node, rest) = number.quotientAndRemainder(dividingBy: width)
        let arms = arms == nil ? 1 : armCount
        guard let part = UnitPart(rawValue: rest / arms) else { return nil }
        return (node, part, rest % arms)
    }
}
