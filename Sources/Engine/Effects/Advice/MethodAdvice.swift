import Foundation
import Runtime

/// Which family of methods is likely to serve an experiment, and why, in words.
package struct MethodAdvice: Sendable, Equatable, Codable {
    package struct Family: Sendable, Equatable, Codable {
        package let family: MethodFamily
        package let level: MethodFamily.Level
        /// The smallest difference between the effects of two halves of the units for which it serves; nil without covariates.
        package let neededDifference: Double?
        /// What that figure is.
        package let basis: MethodFamily.Basis
        /// Whether the difference that matters is that large; nil where none was given.
        package let serves: Bool?
        package let inWords: String
    }

    package let size: ExperimentSize
    package let detectable: MinimumDetectableEffect
    /// The difference between the effects of two halves of the units that would matter.
    package let difference: Double?
    package let families: [Family]
    /// The level at which to decide who gets what; nil: everybody alike.
    package let level: MethodFamily.Level?
    /// The advice, a sentence each.
    package let sentences: [String]

    /// - Throws: `CancellationError`.
    package init(_ size: ExperimentSize, difference: Double?, context: RunContext = RunContext()) throws {
        let difference = difference.map(abs)
        self.size = size
        self.difference = difference
        detectable = MinimumDetectableEffect(size)
        families = try MethodFamily.allCases.map { family in
            let needed = try family.neededDifference(size, context: context)
            return Family(
                family: family, level: family.level, neededDifference: needed,
                basis: family.basis, serves: difference.map { given in needed.map { given >= $0 } ?? false },
                inWords: family.inWords)
        }
        let serving = Set(families.filter { $0.serves == true }.map(\.family))
        level = MethodFamily.Level.allCases.last { level in serving.contains { $0.level == level } }
        sentences = Self.words(size, detectable, difference, families, serving)
    }

    private static func words(
        _ size: ExperimentSize, _ detectable: MinimumDetectableEffect, _ difference: Double?, _ families: [Family],
        _ serving: Set<MethodFamily>
    ) -> [String] {
        var words = [
            "With \(size.units) units to estimate on the average effect of an arm is seen from \(text(detectable.average)) up; "
                + "that of a quarter of the units, named in advance, from \(text(detectable.subgroups[1].effect)) up."
                + (detectable.policyOnConfirm.map {
                    " The \(size.confirmUnits) units of the confirm split show that a policy is worth something from \(text($0)) a "
                        + "unit up, where it gives half of them the smallest arm."
                } ?? " Without a confirm split nothing says what a chosen policy is worth.")
        ]
        guard size.covariates > 0 else {
            return words + ["There are no covariates: compare arms on average, nothing else can be told apart."]
        }
        guard let difference else {
            return words + [
                "No method shows effects that spread by less than \(text(detectable.spread)) (standard deviation across units).",
                "Say which difference between two halves of the units would matter (--effect) to be told which family serves.",
            ]
        }
        let given = "If the effects of two halves of the units differ by \(text(difference))"
        if serving.contains(.metaLearner) {
            words.append(
                "\(given), there is enough data to give each unit its own effect: fit a meta-learner (x, r or dr) and decide "
                    + "member by member; the hybrid puts what it finds into rules.")
        } else if serving.contains(.linear) {
            words.append(
                "\(given), there is enough data for effects that are sums of the covariates: use DML member by member, with its "
                    + "intervals, and check on the Models screen whether a meta-learner does better.")
        } else if serving.contains(.causalTree) {
            words.append(
                "\(given), effects of single units would be mostly noise, those of a few segments are not: use a causal tree "
                    + "and decide cohort by cohort; with this much noise cohorts have done as well as or better than members (S0)."
            )
        } else if !serving.isEmpty {
            let names = families.filter { serving.contains($0.family) }.map(\.family.rawValue).joined(separator: " or ")
            words.append(
                "\(given), a search would not find them reliably: name one or two dimensions in advance and test those by \(names)."
            )
        } else {
            let least = families.compactMap(\.neededDifference).min() ?? 0
            words.append(
                "\(given), no family is likely to see it: the easiest needs \(text(least)). Decide by average effects, give all "
                    + "units one arm, or run the experiment with about "
                    + "\(Self.text((least / max(difference, 1e-300)) * (least / max(difference, 1e-300)))) times as many units."
            )
        }
        return words + [
            "Whatever is used, let the Models screen say first whether effects differ at all: in one company's 35 experiments "
                + "23% did (S3)."
        ]
    }

    /// Three significant digits.
    private static func text(_ value: Double) -> String { String(format: "%.3g", value) }
}
