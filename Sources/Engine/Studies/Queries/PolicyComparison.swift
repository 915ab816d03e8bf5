import Policies
import Statistics

/// What changes from one policy to another; JSON of `compare`.
package struct PolicyComparison: Sendable, Equatable, Encodable {
    /// One outcome; each estimate is a difference, in the outcome's own unit.
    package struct Outcome: Sendable, Equatable, Encodable {
        package let name: String
        /// Of the first policy from control.
        package let from: Estimate?
        /// Of the second policy from control.
        package let to: Estimate?
        /// Of the second policy from the first.
        package let change: Estimate?
        /// Of the first policy from control as its own study estimates it; left out where both are of one study.
        package var fromByOwnFit: Estimate?
    }

    package struct Split: Sendable, Equatable, Encodable {
        package let split: EvaluationSplit
        /// Whether the change is that of each unit; else the two estimates are taken for independent.
        package let isPaired: Bool
        package private(set) var outcomes: [Outcome]

        package init(split: EvaluationSplit, isPaired: Bool, outcomes: [Outcome]) {
            self.split = split
            self.isPaired = isPaired
            self.outcomes = outcomes
        }

        func settingOwnFit(_ estimates: [Estimate?]?) -> Split {
            guard let estimates else { return self }
            var split = self
            for (j, estimate) in estimates.enumerated() { split.outcomes[j].fromByOwnFit = estimate }
            return split
        }
    }

    package struct Group: Sendable, Equatable, Encodable {
        package let rule: String
        package let moves: ArmMoves
    }

    /// Tune first, and confirm where both policies are picked.
    package let splits: [Split]
    /// Of the tune units.
    package let moves: ArmMoves
    /// By cohort, or by cell of the covariates.
    package let groups: [Group]
}

/// Who gets another arm from a second policy than from a first.
package struct ArmMoves: Sendable, Equatable, Encodable {
    package struct Move: Sendable, Equatable, Encodable {
        package let from: String
        package let to: String
        /// Of the units compared.
        package let share: Double
    }

    /// Units that both policies give an arm.
    package let units: Int
    /// Share of them whose arm changes; null without such units.
    package let changedShare: Double?
    /// Pairs of different arms that some unit moves between, the largest first.
    package let moves: [Move]

    /// - Parameters:
    ///   - from: the arm of each unit by the first policy; nil for units that it does not know.
    ///   - to: the arm of the same units by the second.
    init(from: [UInt8?], to: [UInt8], arms: [String]) {
        var counts = [Int](repeating: 0, count: arms.count * arms.count)
        for (before, after) in zip(from, to) {
            guard let before else { continue }
            counts[Int(before) * arms.count + Int(after)] += 1
        }
        let total = counts.reduce(0, +)
        let different = counts.indices.filter { counts[$0] > 0 && $0 / arms.count != $0 % arms.count }
        units = total
        changedShare = total == 0 ? nil : Double(different.reduce(0) { $0 + counts[$1] }) / Double(total)
        moves = different.sorted { (counts[$1], $0) < (counts[$0], $1) }.map {
            Move(from: arms[$0 / arms.count], to: arms[$0 % arms.count], share: Double(counts[$0]) / Double(total))
        }
    }

    private enum CodingKeys: String, CodingKey { case units, changedShare, moves }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(units, forKey: .units)
        try container.encode(changedShare, forKey: .changedShare)
        try container.encode(moves, forKey: .moves)
    }
}
