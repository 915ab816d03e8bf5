import Runtime
import Texts

/// What all tune units say of an outcome where those that are read are a sample of them: how it is made of its columns.
package struct WholeOutcome: Sendable, Equatable {
    /// Of a ratio; nil for other outcomes.
    package let ratio: LinearRatio?
    /// Of a ratio; nil for other outcomes, and where an arm's denominators are not above 0 on average.
    package let denominators: DenominatorNotes?
    /// nil where extreme values are left.
    package var winsorizing: Winsorizing?

    package init(ratio: LinearRatio? = nil, denominators: DenominatorNotes? = nil, winsorizing: Winsorizing? = nil) {
        self.ratio = ratio
        self.denominators = denominators
        self.winsorizing = winsorizing
    }
}

/// A ratio of sums as an outcome of each unit, linearised around the ratio of the control units of tune (METHODS section 0):
/// R0 + (numerator - R0 denominator) / mean(denominator).
package struct LinearRatio: Sendable, Equatable {
    /// R0 = sum(numerator) / sum(denominator).
    package let ratio: Double
    /// Of the denominators of all tune units.
    package let mean: Double

    /// nil where denominators sum to 0.
    /// - Parameters:
    ///   - control: sums over control.
    ///   - total: of the denominators of all arms.
    ///   - units: how many they are.
    package init?(control: (numerator: Double, denominator: Double), total: Double, units: Int) {
        guard control.denominator != 0, total != 0 else { return nil }
        ratio = control.numerator / control.denominator
        mean = total / Double(units)
    }

    package func value(_ numerator: Double, _ denominator: Double) -> Double {
        ratio + (numerator - ratio * denominator) / mean
    }

    /// Why there is none.
    package static func error(_ outcome: String, denominator: String, file: String) -> EspalierError {
        EspalierError(
            .data,
            "the outcome \(DisplayText.quoted(outcome)) has no ratio: \(DisplayText.quoted(denominator)) sums to 0 over the control "
                + "units of the tune split",
            file: file, remedy: "check the column or leave the outcome out")
    }
}
