import Experiments
import Frames
import Policies
import Statistics
import Studies
import Texts

/// Numbers and verdicts in the words of the report.
enum ReportText {
    static func figure(_ value: Double?) -> String { DecisionText.figure(value) }

    static func signed(_ value: Double?) -> String { DecisionText.signed(value) }

    static func percent(_ share: Double) -> String { NumberText.share(share) }

    static func interval(_ low: Double, _ high: Double) -> String { DecisionText.interval(low, high) }

    static func interval(_ estimate: Estimate?) -> String {
        guard let low = estimate?.low, let high = estimate?.high else { return "" }
        return interval(low, high)
    }

    static func change(_ outcome: OutcomeEvaluation?) -> String { DecisionText.change(outcome) }

    static func limit(_ verdict: LimitVerdict?) -> DataTable.Cell {
        switch verdict {
        case nil: .text("")
        case .inside: .mark("✓ inside", kind: "good")
        case .uncertain: .mark("? by the estimate only", kind: "doubt")
        case .outside: .mark("✗ outside", kind: "bad")
        }
    }

    static func threshold(_ outcome: PolicySpace.Outcome) -> String { DecisionText.threshold(outcome) }
}
