import Texts

/// How good the index of an outcome by surrogates is, as its history shows.
package struct SurrogateNote: Sendable, Equatable {
    /// Of the spec.
    package let outcome: String
    package let spec: SurrogateSpec
    package let index: SurrogateIndex
    /// By arm of the past experiment; empty where the history is none.
    package let checks: [SurrogateCheck]

    package init(outcome: String, spec: SurrogateSpec, index: SurrogateIndex, checks: [SurrogateCheck]) {
        self.outcome = outcome
        self.spec = spec
        self.index = index
        self.checks = checks
    }

    /// What the health checks say of it.
    var finding: HealthFinding {
        let explained = HealthText.percent(max(0, index.heldOutExplained))
        let made =
            "\(outcome) is an index of \(HealthText.names(spec.columns)), fitted on \(HealthText.count(index.unitCount, "row")) of "
            + "\(DisplayText.quoted(spec.history)), which explains \(explained) of its variance in rows it was not fitted on"
        let details = [
            HealthFinding.Detail("heldOutError", index.heldOutError),
            HealthFinding.Detail("heldOutExplained", index.heldOutExplained),
        ]
        guard let worst = checks.max(by: { abs($0.z ?? 0) < abs($1.z ?? 0) }), let z = worst.z else {
            return HealthFinding(
                .outcomes, .note,
                made + "; no past experiment tells whether it carries the whole effect of an arm",
                remedy: "name the column of arms of a history that is an experiment with arm: in surrogate",
                details: details)
        }
        let told =
            "of the effect of \(DisplayText.quoted(worst.arm)) it misses \(HealthText.significant(worst.missed.value)) "
            + "(z = \(HealthText.significant(z)))"
        return HealthFinding(
            .outcomes, worst.isRefused ? .warning : .note,
            "\(made); \(told)\(worst.isRefused ? ": it does not carry the whole effect" : "; " + SurrogateCheck.noProof)",
            remedy: worst.isRefused
                ? "look for further surrogates with `espalier surrogates`, or wait for the outcome" : nil,
            details: details + [HealthFinding.Detail("z", z)])
    }
}
