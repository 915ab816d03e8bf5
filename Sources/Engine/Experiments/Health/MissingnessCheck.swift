import Statistics
import Texts

/// Whether values are missing more often in some arms than in others.
enum MissingnessCheck {
    private static let alarm = 0.001
    /// The chi-square distribution is close enough from this expected count on, in each arm.
    private static let fewestExpected = 5.0

    /// Units that are left out change who the effects are of; beyond this share that wants more than a note.
    private static let manyDropped = 0.05

    static func examine(_ reading: ExperimentReading) -> [HealthFinding] {
        [dropped(reading)].compactMap { $0 } + missing(reading)
    }

    private static func dropped(_ reading: ExperimentReading) -> HealthFinding? {
        let (count, rows) = (reading.experiment.droppedCount, reading.notes.recordCount)
        guard count > 0, let most = reading.notes.missingOutcomes.max(by: { $0.total < $1.total }) else { return nil }
        let share = Double(count) / Double(max(1, rows))
        return HealthFinding(
            .missingByArm, share > manyDropped ? .warning : .note,
            "\(HealthText.count(count)) of \(HealthText.count(rows, "row")) (\(HealthText.percent(share))) are left out because an "
                + "outcome is missing, most often \(DisplayText.quoted(most.name))",
            remedy: "read effects as those of the units that are left, say attrition: weights for those of all, or set "
                + "missing: zero where nothing means 0",
            details: [HealthFinding.Detail("left out", Double(count)), HealthFinding.Detail("rows", Double(rows))])
    }

    private static func missing(_ reading: ExperimentReading) -> [HealthFinding] {
        let notes = reading.notes
        let all = notes.missingOutcomes.map { ("outcome", $0) } + notes.missingCovariates.map { ("covariate", $0) }
        let present = all.filter { $0.1.total > 0 }
        guard !present.isEmpty else {
            return [HealthFinding(.missingByArm, .ok, "no outcome and no covariate has a missing value")]
        }
        let total = HealthText.count(present.count, "column")
        if case .columns = reading.experiment.propensity {
            return [
                HealthFinding(
                    .missingByArm, .note,
                    "values are missing in \(total) (\(HealthText.names(present.map(\.1.name)))); whether evenly across arms "
                        + "was not tested, because the probabilities of the arms differ from unit to unit")
            ]
        }
        var tested: [(part: String, count: MissingCount, statistic: Double, p: Double)] = []
        var untested: [String] = []
        for (part, count) in present {
            if let (statistic, p) = test(count.byArm, of: notes.recordsByArm) {
                tested.append((part, count, statistic, p))
            } else {
                untested.append(count.name)
            }
        }
        var findings: [HealthFinding] = []
        for (column, p) in zip(tested, Holm.adjusted(tested.map(\.p))) where p < alarm {
            findings.append(differs(column.part, column.count, column.statistic, p, reading))
        }
        if findings.isEmpty, !tested.isEmpty {
            findings.append(
                HealthFinding(
                    .missingByArm, .ok,
                    "values are missing in \(total), and evenly across arms in the \(tested.count) that were tested "
                        + "(chi-square, Holm p >= \(alarm))"))
        }
        if !untested.isEmpty {
            findings.append(
                HealthFinding(
                    .missingByArm, .note,
                    "\(HealthText.names(untested)) \(untested.count == 1 ? "has" : "have") too few missing values, or too few "
                        + "that are not, to test whether they are missing evenly across arms"))
        }
        return findings
    }

    private static func differs(
        _ part: String, _ count: MissingCount, _ statistic: Double, _ p: Double, _ reading: ExperimentReading
    ) -> HealthFinding {
        let arms = reading.experiment.arms
        let shares = arms.indices.map { Double(count.byArm[$0]) / Double(max(1, reading.notes.recordsByArm[$0])) }
        let text = arms.indices.map { "\(HealthText.percent(shares[$0])) of \(DisplayText.quoted(arms[$0]))" }
        return HealthFinding(
            .missingByArm, .warning,
            "the \(part) \(DisplayText.quoted(count.name)) is missing unevenly: in \(text.joined(separator: ", ")) "
                + "(Holm p = \(HealthText.p(p)))",
            remedy: part == "outcome"
                ? "find out why before leaving units out, which would bias the effects"
                : "it was probably measured after exposure: leave it out",
            details: [HealthFinding.Detail("chiSquare", statistic), HealthFinding.Detail("p", p)]
                + arms.indices.map { HealthFinding.Detail("missing share \(arms[$0])", shares[$0]) })
    }

    /// Pearson's chi-square test of missing or not by arm; nil where an expected count is too small.
    private static func test(_ missing: [Int], of counts: [Int]) -> (statistic: Double, p: Double)? {
        let rate = Double(missing.reduce(0, +)) / Double(counts.reduce(0, +))
        var statistic = 0.0
        for (missing, count) in zip(missing, counts) {
            let expected = rate * Double(count)
            let rest = (1 - rate) * Double(count)
            guard expected >= fewestExpected, rest >= fewestExpected else { return nil }
            let difference = Double(missing) - expected
            statistic += difference * difference * (1 / expected + 1 / rest)
        }
        return (statistic, ChiSquare.survival(statistic, degreesOfFreedom: Double(counts.count - 1)))
    }
}
