import Policies
import Statistics
import Texts

/// Estimates and limits in the words of those who decide: the report and the card say the same.
package enum DecisionText {
    package static func figure(_ value: Double?) -> String {
        guard let value else { return "not estimable" }
        return value == 0 ? "0" : NumberText.significant(value, 3)
    }

    package static func signed(_ value: Double?) -> String {
        guard let value else { return "not estimable" }
        return (value > 0 ? "+" : "") + figure(value)
    }

    package static func interval(_ low: Double, _ high: Double) -> String { "\(signed(low)) to \(signed(high))" }

    /// "+5.5% ±0.6" where the outcome allows percent, else in its unit.
    package static func change(_ outcome: OutcomeEvaluation?) -> String {
        if let relative = outcome?.relative {
            let reach = relative.halfWidth().map { " ±" + NumberText.fixed(100 * $0, 1) } ?? ""
            return NumberText.percent(relative.value, 1, signed: true) + reach
        }
        guard let difference = outcome?.difference else { return "not estimable" }
        return signed(difference.value) + (difference.halfWidth().map { " ±" + figure($0) } ?? "")
    }

    package static func threshold(_ outcome: PolicySpace.Outcome) -> String {
        switch outcome.threshold {
        case nil: "no limit"
        case .relative(let least):
            outcome.sign > 0
                ? "change at least \(NumberText.percent(least, 1, signed: true))"
                : "change at most \(NumberText.percent(-least, 1, signed: true))"
        case .absolute(let least):
            outcome.sign > 0 ? "change at least \(signed(least))" : "change at most \(signed(-least))"
        }
    }
}
